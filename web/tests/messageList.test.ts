/** What could not be loaded is said where it is missing, and what comes above a place leads nobody away from it. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import MessageList from '../src/components/MessageList.vue';
import { Failure } from '../src/core/api';
import type { SocketOptions } from '../src/core/socket';
import { MEDIA, type Entry } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { asked, question, quiet } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
let heard: SocketOptions;
vi.mock('../src/core/shared/socket', () => ({
  openLine: (_: number, options: SocketOptions) => {
    heard = options;
    return { open() {}, close() {}, send: () => true, retryNow() {}, share() {} };
  },
}));
/** Where the list was led to. */
const led = vi.hoisted(() => vi.fn());
/** A list that stands at its beginning, and whose rows nobody draws. */
vi.mock('virtua/vue', () => ({
  VList: defineComponent((_, { expose }) => {
    expose({ scrollOffset: 0, scrollSize: 2_000, viewportSize: 500, findItemIndex: () => 0, scrollToIndex: led, scrollTo() {} });
    return () => h('div');
  }),
}));
vi.mock('../src/components/MessageRow.vue', () => ({ default: { render: () => null } }));

const HISTORY = '/message/history';
const message = (seq: number): Entry => ({ id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: 7, media: MEDIA.text, content: `text ${seq}` });

beforeEach(() => {
  asked.length = 0;
  led.mockClear();
  setActivePinia(createPinia());
  vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} });
  const chat = useChat();
  chat.start(7);
  const more = { read_seq: 42, join_seq: 0, mentioned: 0 };
  chat.dispatch({ type: 'synced', conversations: [{ cmd: 10, dstid: 8, last_seq: 42, gap: true, entries: [message(41), message(42)], ...more } as never] });
});
afterEach(() => vi.unstubAllGlobals());

test('where older messages could not be loaded the list says why, and asks again when told to, or when there is a line again', async () => {
  const list = mount(MessageList, { talkKey: '10:8', kind: 10, dstid: 8 });
  await quiet();
  await list.act('message-list', 'onScroll', 0);
  (await question(HISTORY)).fail(new Failure('server_busy', 'too much to do', 503));
  await vi.waitFor(() => expect(list.text('history-fault')).toContain('too much to do'));
  await list.press('history-retry');
  const again = await question(HISTORY);
  expect(list.all('history-fault')).toEqual([]);
  again.fail(new Failure('network', ''));
  await vi.waitFor(() => expect(list.all('history-fault')).toHaveLength(1));
  heard.onState('waiting');
  heard.onState('online');
  (await question(HISTORY)).answer({ rows: [message(40)], gap: false });
  await vi.waitFor(() => expect(list.all('history-fault')).toEqual([]));
});

test('opened at what is unread it stays there, whatever comes above before the list has come to rest', async () => {
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act));
  const news = { cmd: 10, dstid: 8, last_seq: 43, gap: true, entries: [message(41), message(42), message(43)], read_seq: 42, join_seq: 0, mentioned: 0 };
  useChat().dispatch({ type: 'synced', conversations: [news as never] });
  mount(MessageList, { talkKey: '10:8', kind: 10, dstid: 8 });
  const older = await question(HISTORY);
  const [before, how] = led.mock.lastCall!;
  expect(how).toEqual({ align: 'start' });
  older.answer({ rows: [message(39), message(40)], gap: true });
  await vi.waitFor(() => expect(led.mock.lastCall).toEqual([before + 2, how]));
});
