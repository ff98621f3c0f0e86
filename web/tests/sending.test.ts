/** Whatever was sent ends as a message, or as one that says that it failed, where it was sent. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MEDIA, type StoredFile } from '../src/core/types';
import words from '../src/locales/zh-CN.json';
import type { useChat } from '../src/store/chat';
import { MemoryLocks, MemoryStorage } from './browser';
import { quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/core/shared/socket', () => ({
  openLine: () => ({ open() {}, close() {}, send: () => false, retryNow() {}, share() {} }),
}));
/** Uploads that go on until the test ends them. */
const uploads = vi.hoisted(() => [] as { file: File; done: (stored: Partial<StoredFile>) => void }[]);
vi.mock('../src/core/upload', () => ({ upload: (file: File) => new Promise((done) => uploads.push({ file, done })) }));
const films = vi.hoisted(() => [] as ((film: object | null) => void)[]);
vi.mock('../src/core/film', () => ({ readFilm: () => new Promise((read) => films.push(read)) }));
/** What IndexedDB has; `slow` keeps it from taking anything. */
const disk = vi.hoisted(() => ({ files: new Map<string, { msgid: string; time: number }>(), slow: null as Promise<void> | null }));
vi.mock('../src/core/kept-uploads', async (actual) => ({
  ...(await actual<object>()),
  keptUploads: {
    async put(upload: { msgid: string; time: number }) {
      await disk.slow;
      disk.files.set(upload.msgid, upload);
    },
    has: async (msgid: string) => disk.files.has(msgid),
    drop: async (msgid: string) => void disk.files.delete(msgid),
    of: async () => [...disk.files.values()],
  },
}));

/** A page with what the browser keeps; the one before is gone. */
async function open() {
  vi.resetModules();
  setActivePinia(createPinia());
  (await import('../src/core/i18n')).i18n.global.setLocaleMessage('zh-CN', words);
  const sending = await import('../src/core/sending');
  const chat = (await import('../src/store/chat')).useChat() as ReturnType<typeof useChat>;
  chat.start(7);
  return { ...sending, shown: () => chat.outbox!.pending };
}

const never = new Promise<void>(() => {});
const file = (type: string, name = 'a.bin') => new File(['abc'], name, { type });

beforeEach(() => {
  uploads.length = films.length = 0;
  disk.files.clear();
  disk.slow = null;
  vi.stubGlobal('localStorage', new MemoryStorage());
  vi.stubGlobal('navigator', { locks: new MemoryLocks() });
  // Never told how large it is.
  vi.stubGlobal('Image', class {});
});
afterEach(() => vi.unstubAllGlobals());

test('all kinds of files are shown at once, in the order in which they were chosen, before anything is known of them', async () => {
  const { sendFiles, shown } = await open();
  for (const [type, plain] of [['image/png', false], ['video/mp4', false], ['text/plain', false], ['image/png', true]] as const) {
    sendFiles(10, 8, [file(type)], plain);
  }
  expect(shown().map(({ media, dstid, state }) => [media, dstid, state])).toEqual(
    [MEDIA.picture, MEDIA.video, MEDIA.file, MEDIA.file].map((media) => [media, 8, 'uploading']),
  );
});

test('a film that this browser cannot play goes out as a file', async () => {
  const { sendFiles, shown } = await open();
  sendFiles(10, 8, [file('video/mp4', 'old.mp4')]);
  await vi.waitFor(() => expect(films).toHaveLength(1));
  films[0]!(null);
  await vi.waitFor(() => expect(shown()).toMatchObject([{ media: MEDIA.file, memo: 'old.mp4', amount: 3 }]));
  await vi.waitFor(() => expect(uploads).toHaveLength(1));
  uploads[0]!.done({ url: '/resource/old.mp4', kind: 'file', bytes: 3 });
  await vi.waitFor(() => expect(shown()).toMatchObject([{ media: MEDIA.file, state: 'sending', url: '/resource/old.mp4' }]));
});

test('one that it can play has its size, length and still before it is up', async () => {
  const { sendFiles, shown } = await open();
  sendFiles(10, 8, [file('video/mp4')]);
  await vi.waitFor(() => expect(films).toHaveLength(1));
  films[0]!({ width: 640, height: 360, seconds: 12, poster: file('image/jpeg') });
  await vi.waitFor(() => expect(shown()).toMatchObject([{ media: MEDIA.video, memo: '640x360', amount: 12, state: 'uploading' }]));
  expect(shown()[0]!.preview).toMatch(/^blob:/);
});

test('a file whose page went before the browser had it is shown as one that failed, until it is deleted', async () => {
  disk.slow = never;
  const { sendFiles } = await open();
  sendFiles(11, 3, [file('text/plain', 'plan.txt')]);
  vi.stubGlobal('navigator', { locks: new MemoryLocks() }); // its page held the old ones
  const next = await open();
  await next.resumeUploads();
  expect(next.shown()).toMatchObject([{ kind: 11, dstid: 3, media: MEDIA.file, memo: 'plan.txt', state: 'failed', reason: words.fault.lost }]);
  next.resend(next.shown()[0]!.msgid);
  expect(next.shown()).toMatchObject([{ state: 'failed', error: 'lost' }]);
  next.cancelUpload(next.shown()[0]!.msgid);
  const last = await open();
  await last.resumeUploads();
  expect(last.shown()).toEqual([]);
});

test('but not by another tab while the first one is still giving it to the browser', async () => {
  let had = () => {};
  disk.slow = new Promise((resolve) => (had = resolve));
  const { sendFiles } = await open();
  sendFiles(10, 8, [file('text/plain')]);
  await vi.waitFor(() => expect(uploads).toHaveLength(1));
  const other = await open();
  await other.resumeUploads();
  expect(other.shown()).toEqual([]);
  had();
  await quiet();
  await other.resumeUploads();
  expect(other.shown()).toEqual([]); // the first tab has it in hand
});

test('one that the browser has goes on in the next page', async () => {
  const { sendFiles } = await open();
  sendFiles(10, 8, [file('text/plain')]);
  await quiet();
  vi.stubGlobal('navigator', { locks: new MemoryLocks() });
  const next = await open();
  await next.resumeUploads();
  expect(next.shown()).toMatchObject([{ state: 'uploading' }]);
});
