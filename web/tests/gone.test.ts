import { createPinia, setActivePinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { sheet, type OpenSheet } from '../src/core/sheets';
import { useChat } from '../src/store/chat';
import { apply, empty, type Change } from '../src/store/conversations';
import { goneFrom, goneWith } from '../src/store/gone';
import { MEDIA, type Entry } from '../src/core/types';

vi.mock('../src/core/shared/socket', () => ({
  openLine: () => ({ open() {}, close() {}, send: () => false, retryNow() {}, share() {} }),
}));

const ME = 7;
const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: ME, media: MEDIA.picture, url: `/resource/${seq}.png`, ...more,
});
const recall = entry(4, { media: MEDIA.recalled, target: 2, url: undefined });
const state = [1, 2, 3].reduce((now, seq) => apply(now, { type: 'entry', entry: entry(seq) }), empty(ME));
const gone = (change: Change) => goneFrom(state, goneWith(change, ME)).map((one) => one.seq);

afterEach(() => vi.unstubAllGlobals());

test('a recall names the message that goes, live, in a sync, and as history shows it', () => {
  expect(gone({ type: 'entry', entry: recall })).toEqual([2]);
  const synced = { cmd: 10, dstid: 8, entries: [recall] } as never;
  expect(gone({ type: 'synced', conversations: [synced] })).toEqual([2]);
  const shown = entry(3, { recalled: 8, url: undefined });
  expect(gone({ type: 'history', kind: 10, dstid: 8, entries: [shown], gap: false })).toEqual([3]);
});

test('so does a deletion, and nothing else does, nor in another conversation', () => {
  expect(gone({ type: 'erased', erased: [{ kind: 10, dstid: 8, seqs: [1, 9] }] })).toEqual([1]);
  expect(gone({ type: 'erased', erased: [{ kind: 11, dstid: 8, seqs: [1] }] })).toEqual([]);
  expect(gone({ type: 'entry', entry: entry(5) })).toEqual([]);
});

test.each<[string, Change]>([
  ['live', { type: 'entry', entry: recall }],
  ['by sync', { type: 'synced', conversations: [{ cmd: 10, dstid: 8, last_seq: 4, join_seq: 0, read_seq: 0, mentioned: 0, gap: true, entries: [recall] } as never] }],
  ['with the history', { type: 'history', kind: 10, dstid: 8, entries: [entry(2, { recalled: 8, url: undefined })], gap: false }],
  ['by deletion', { type: 'erased', erased: [{ kind: 10, dstid: 8, seqs: [2] }] }],
])('the worker is told which message took its pictures along, though the page has it no more: %s', async (_, change) => {
  const told: unknown[] = [];
  vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve({ active: { postMessage: (word: unknown) => told.push(word) } }) } });
  setActivePinia(createPinia());
  const chat = useChat();
  chat.start(ME);
  chat.dispatch(change);
  await vi.waitFor(() => expect(told).toEqual([{ gone: [], recalled: ['10:8/2'] }]));
});

const inner = [{ userid: 9, name: 'Cat', time: 1, media: MEDIA.text, content: 'said elsewhere' }];
const outer = [{ userid: 8, name: 'Bob', time: 1, media: MEDIA.record, record: inner }];

test.each<[string, (message: Entry) => OpenSheet]>([
  ['a record', () => ({ type: 'record', title: '', record: outer })],
  ['a record within it', () => ({ type: 'record', title: '', record: inner })],
  ['what it said before', (message) => ({ type: 'versions', kind: 10, dstid: 8, talkKey: '10:8', message })],
])('a sheet over a message that is recalled is closed, and stays where another one is: %s', (_, opened) => {
  vi.stubGlobal('navigator', {});
  setActivePinia(createPinia());
  const chat = useChat();
  chat.start(ME);
  const message = entry(2, { media: MEDIA.record, url: undefined, record: outer });
  for (const one of [entry(1), message]) chat.dispatch({ type: 'entry', entry: one });
  sheet.value = opened(message);
  chat.dispatch({ type: 'erased', erased: [{ kind: 10, dstid: 8, seqs: [1] }] });
  expect(sheet.value).not.toBeNull();
  chat.dispatch({ type: 'entry', entry: recall });
  expect(sheet.value).toBeNull();
});
