import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import type { SocketOptions } from '../src/core/socket';
import { MEDIA, type Entry } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { usePeople } from '../src/store/people';
import { asked } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
/** The connection, as the page hears it. */
let heard: SocketOptions;
vi.mock('../src/core/shared/socket', () => ({
  openLine: (_: number, options: SocketOptions) => {
    heard = options;
    return { open() {}, close() {}, send: () => true, retryNow() {}, share() {} };
  },
}));

const REQUESTS = '/contact/requests';
const GROUPS = '/contact/loadcommunity';
const invited = { id: 5, seq: 5, time: 5, userid: 8, cmd: 11, dstid: 3, media: MEDIA.notice, content: 'invited', memo: '7' } as Entry;
const synced = { cmd: 11, dstid: 3, last_seq: 5, join_seq: 4, read_seq: 4, mentioned: 0, entries: [invited], gap: false };
const take = (path: string) => asked.splice(asked.findIndex((one) => one.path === path), 1)[0]!;
async function answer(path: string, said: unknown) {
  await vi.advanceTimersByTimeAsync(0);
  take(path).answer(said);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('what a busy server did not answer is asked for again, as long as there is a line', async () => {
  useChat().start(7);
  heard.onState('online');
  heard.onFrame({ cmd: 17, what: 'requests' });
  await vi.advanceTimersByTimeAsync(0);
  take(REQUESTS).fail(new Failure('server_busy', '', 503));
  await vi.advanceTimersByTimeAsync(6_000);
  take(REQUESTS).answer([{ id: 1 }]);
  await vi.advanceTimersByTimeAsync(0);
  expect(usePeople().requests).toEqual([{ id: 1 }]);

  heard.onFrame({ cmd: 17, what: 'requests' });
  await vi.advanceTimersByTimeAsync(0);
  heard.onState('waiting');
  take(REQUESTS).fail(new Failure('network', ''));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.filter(({ path }) => path === REQUESTS)).toEqual([]);
});

test.each(['sync', 'live'])('a group that one comes into while groups are asked for keeps what was said in it: by %s', async (how) => {
  const chat = useChat();
  chat.start(7);
  heard.onState('online');
  heard.onHello({ userid: 7, limits: {} } as never);
  await vi.advanceTimersByTimeAsync(0);
  const before = take(GROUPS);
  if (how === 'live') heard.onFrame(invited);
  else heard.onFrame({ cmd: 17, what: 'communities' });
  await answer('/message/sync', { conversations: [synced], erased: [], settings: [], heard: [], cursor: 'c', more: false });
  before.answer([]);
  await answer(GROUPS, [{ id: 3 }]);
  expect(chat.talkOf('11:3')?.entries).toEqual([invited]);
  heard.onFrame({ cmd: 17, what: 'communities' });
  await answer(GROUPS, []);
  expect(chat.talkOf('11:3')).toBeUndefined();
});

test('a group that one has left while groups are asked for goes with the next answer, whatever was said there last', async () => {
  const chat = useChat();
  chat.start(7);
  heard.onState('online');
  chat.dispatch({ type: 'synced', conversations: [synced as never] });
  heard.onFrame({ cmd: 17, what: 'communities' });
  await vi.advanceTimersByTimeAsync(0);
  heard.onFrame({ ...invited, id: 6, seq: 6, media: MEDIA.text, content: 'bye' });
  await answer(GROUPS, []);
  await answer(GROUPS, []);
  expect(chat.talkOf('11:3')).toBeUndefined();
});
