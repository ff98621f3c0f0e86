import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Entry } from '../src/core/types';
import type { SocketOptions } from '../src/core/socket';
import { useChat } from '../src/store/chat';
import { asked } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
let heard: SocketOptions;
vi.mock('../src/core/offline', async (actual) => ({ ...(await actual<object>()), lookForNews() {} }));
vi.mock('../src/core/shared/socket', () => ({
  openLine: (_: number, options: SocketOptions) => {
    heard = options;
    return { open() {}, close() {}, send: () => true, retryNow() {}, share() {} };
  },
}));

const message = (seq: number) => ({ id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: 7, media: 1, content: `said ${seq}` }) as Entry;
const talk = { cmd: 10, dstid: 8, last_seq: 5, join_seq: 0, read_seq: 0, mentioned: 0, entries: [message(4), message(5)], gap: true };
const syncs = () => asked.filter(({ path }) => path === '/message/sync');
function answer(conversations: object[]) {
  const sync = syncs()[0]!;
  asked.splice(asked.indexOf(sync), 1);
  sync.answer({ conversations, erased: [], settings: [], heard: [], cursor: 'c', more: false });
  return vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('what only a sync can explain is asked for also where it is told while another sync is on its way', async () => {
  const chat = useChat();
  chat.start(7);
  const attach = async () => {
    heard.onState('online');
    heard.onHello({ userid: 7, limits: {} } as never);
    await vi.advanceTimersByTimeAsync(0);
  };
  await attach();
  await answer([]);
  await attach();
  heard.onFrame(message(5));
  await vi.advanceTimersByTimeAsync(1_000);
  await answer([]);
  expect(chat.talkOf('10:8')).toMatchObject({ guessed: true });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(syncs()).toHaveLength(1);
  await answer([talk]);
  expect(chat.talkOf('10:8')).toMatchObject({ guessed: false, joinSeq: 0 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(syncs()).toHaveLength(0);
});
