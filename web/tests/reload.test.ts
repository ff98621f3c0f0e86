import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import type { SocketOptions } from '../src/core/socket';
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
const take = (path: string) => asked.splice(asked.findIndex((one) => one.path === path), 1)[0]!;

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
