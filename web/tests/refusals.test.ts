/** What the page shows while there is no line, and where the server refuses. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import GroupManage from '../src/components/GroupManage.vue';
import NoticesPage from '../src/components/NoticesPage.vue';
import { Failure } from '../src/core/api';
import { editing } from '../src/core/composing';
import { i18n } from '../src/core/i18n';
import type { SocketOptions } from '../src/core/socket';
import { toast } from '../src/core/toast';
import { MEDIA, type Friend, type Me } from '../src/core/types';
import words from '../src/locales/zh-CN.json';
import { useChat } from '../src/store/chat';
import { usePeople } from '../src/store/people';
import { question } from './asked';
import { mount } from './mount';

vi.mock('../src/components/MemberList.vue', () => ({ default: { render: () => null } }));
vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
let heard: SocketOptions;
let sent: { msgid?: string }[] = [];
vi.mock('../src/core/shared/socket', () => ({
  openLine: (_: number, options: SocketOptions) => {
    heard = options;
    return { open() {}, close() {}, send: (frame: object) => sent.push(frame), retryNow() {}, share() {} };
  },
}));

i18n.global.setLocaleMessage('zh-CN', words);

beforeEach(() => {
  sent = [];
  toast.value = '';
  editing.value = null;
  setActivePinia(createPinia());
  useChat().start(7);
  heard.onState('online');
});

const refuse = () => heard.onFrame({ cmd: 13, msgid: sent[0]!.msgid, error: 'too_late', msg: 'too late' });
const edit = { cmd: 20, kind: 10, dstid: 8, seq: 4, content: 'a long new text' } as const;

test('an edit that is refused gives back what was written, beside what the message says', () => {
  const chat = useChat();
  chat.dispatch({ type: 'entry', entry: { id: 4, seq: 4, time: 4, userid: 7, cmd: 10, dstid: 8, media: MEDIA.text, content: 'old' } });
  chat.act(edit);
  refuse();
  expect(toast.value).toBe('too late');
  expect(editing.value).toEqual({ key: '10:8', seq: 4, before: 'old', text: 'a long new text' });
});

test('but not into what is being written instead', () => {
  useChat().act(edit);
  const other = { key: '10:9', seq: 1, before: 'x', text: 'y' };
  editing.value = other;
  refuse();
  expect(editing.value).toBe(other);
});

test('what is wished for without a line is said to be done later', () => {
  heard.onState('waiting');
  useChat().act(edit);
  expect(toast.value).toBe(words.message.later);
});

test('nobody is said to be here while there is no line to hear of it', () => {
  const people = usePeople();
  people.friends = [{ id: 8, online: 1, devices: ['desktop'] } as unknown as Friend];
  heard.onState('waiting');
  expect(people.friends).toMatchObject([{ id: 8, online: 0, devices: [] }]);
});

test('a way of joining that the server refuses is not the one that is marked', async () => {
  const page = mount(GroupManage, { group: { id: 3, mode: 'open', role: 'owner', allmuted: '' } });
  const boxes = ['open', 'closed'].map((mode) => page.all(`mode-${mode}`)[0]!);
  boxes[1]!.checked = true; // as a browser does
  await page.act('mode-closed', 'onChange', 0);
  (await question('/community/mode')).fail(new Failure('not_allowed', 'you may not', 403));
  await vi.waitFor(() => expect(boxes.map(({ checked }) => checked)).toEqual([true, false]));
});

test('nor is a time of quiet hours that it refuses the one that is shown', async () => {
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', { getElementById: () => null });
  const notices = { enabled: true, preview: true, sound: true, quiet: true, quietfrom: 22 * 60, quietto: 7 * 60, quietdays: 127, zone: '', pauseduntil: 0 };
  usePeople().me = { id: 7, notices } as unknown as Me;
  const page = mount(NoticesPage, {});
  const box = { value: '23:15' };
  await page.act('notices-from', 'onChange', 0, { target: box });
  (await question('/settings/notices')).fail(new Failure('network', ''));
  await vi.waitFor(() => expect(box.value).toBe('22:00'));
  page.end();
  vi.unstubAllGlobals();
});
