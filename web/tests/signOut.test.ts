/** Signing out: for good, or not at all. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import MePane from '../src/components/MePane.vue';
import { Failure } from '../src/core/api';
import { onOtherUser } from '../src/core/kept';
import { follow, leave } from '../src/core/leave';
import type { SocketOptions } from '../src/core/socket';
import type { Me } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { useDrafts } from '../src/store/drafts';
import { usePeople } from '../src/store/people';
import { asked, question, quiet } from './asked';
import { MemoryStorage } from './browser';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
const line = { open() {}, close: vi.fn(), send: () => false, retryNow() {}, share() {} };
/** The connection, as the page hears it. */
let heard: SocketOptions;
vi.mock('../src/core/shared/socket', () => ({
  openLine: (_: number, options: SocketOptions) => {
    heard = options;
    return line;
  },
}));
vi.mock('../src/core/leave', () => ({ leave: vi.fn(async () => {}), startOver: vi.fn(), follow: vi.fn() }));
vi.mock('../src/core/kept', async (actual) => ({ ...(await actual<object>()), onOtherUser: vi.fn() }));
vi.mock('../src/components/PasswordSheet.vue', () => ({ default: { render: () => null } }));
const SESSION_ENDED = 4501;

/** A page of Ann's with a message that waits and a draft that is not saved. */
function open() {
  usePeople().me = { id: 7, nickname: 'Ann', avatar: '' } as Me;
  const [chat, drafts] = [useChat(), useDrafts()];
  chat.start(7);
  heard.onState('online');
  chat.outbox!.put(10, 8, { media: 1, content: 'waits' });
  drafts.write('10:8', { text: 'half a thought', reply: 0 });
  return { page: mount(MePane, {}), chat, drafts };
}

beforeEach(() => {
  asked.length = 0;
  line.close.mockClear();
  vi.mocked(leave).mockClear();
  setActivePinia(createPinia());
  vi.stubGlobal('document', { getElementById: () => null, querySelector: () => null });
  vi.stubGlobal('localStorage', new MemoryStorage());
});
afterEach(() => vi.unstubAllGlobals());

test('a log-out that did not reach the server says so, and all goes on as before', async () => {
  const { page, chat, drafts } = open();
  await page.press('logout');
  expect(page.all('logout')[0]!.props.disabled).toBe(true);
  (await question('/user/logout')).fail(new Failure('network', ''));
  await vi.waitFor(() => expect(page.text('logout-fault')).toContain('尚未退出登录'));
  expect(page.all('logout')[0]!.props.disabled).toBe(false);
  expect([line.close, vi.mocked(leave)].map((one) => one.mock.calls.length)).toEqual([0, 0]);
  expect(chat.outbox!.pending).toMatchObject([{ content: 'waits' }]);
  expect([chat.link, drafts.read('10:8').text]).toEqual(['syncing', 'half a thought']);

  await page.press('logout');
  (await question('/user/logout')).answer(null);
  await vi.waitFor(() => expect(leave).toHaveBeenCalledOnce());
  expect(leave).toHaveBeenCalledWith(true);
  expect(line.close).toHaveBeenCalled();
  expect([chat.outbox!.pending, drafts.read('10:8').text]).toEqual([[], '']);
});

test('one whose answer is lost is over when the line says so, without a complaint', async () => {
  const { page, chat } = open();
  await page.press('logout');
  heard.onEnded!(SESSION_ENDED);
  (await question('/user/logout')).fail(new Failure('network', ''));
  await vi.waitFor(() => expect(leave).toHaveBeenCalledOnce());
  await quiet();
  expect([page.all('logout-fault'), chat.outbox!.pending]).toEqual([[], []]);
});

test('nor where another tab of this browser hears of it first and is gone', async () => {
  const { page, chat } = open();
  await page.press('logout');
  vi.mocked(onOtherUser).mock.lastCall![1]();
  expect(follow).toHaveBeenCalledOnce();
  expect(chat.outbox!.pending).toEqual([]);
});

test('who is signed out already is out', async () => {
  const { page } = open();
  await page.press('logout');
  (await question('/user/logout')).fail(new Failure('signed_out', '', 401));
  await vi.waitFor(() => expect(leave).toHaveBeenCalledOnce());
  expect(page.all('logout-fault')).toEqual([]);
});

test('a session that another device ended leaves what was written for the next visit', async () => {
  const { chat, drafts } = open();
  heard.onEnded!(SESSION_ENDED);
  await vi.waitFor(() => expect(leave).toHaveBeenCalledOnce());
  expect(leave).toHaveBeenCalledWith(false);
  expect(chat.outbox!.pending).toMatchObject([{ content: 'waits' }]);
  expect(drafts.read('10:8').text).toBe('half a thought');
});
