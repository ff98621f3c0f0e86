/** What pages load and change: an answer that was asked for before a change does not undo it. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import BlockedPage from '../src/components/BlockedPage.vue';
import DevicesPage from '../src/components/DevicesPage.vue';
import GroupHome from '../src/components/GroupHome.vue';
import MemberList from '../src/components/MemberList.vue';
import NoticeBar from '../src/components/NoticeBar.vue';
import { answerAll, answerNewest, asked, question, quiet, serve } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

const ids = (page: ReturnType<typeof mount>, id: string) => page.all(id).map(({ props }) => props['data-id']);
const member = (id: number) => ({ id, nickname: `m${id}`, alias: '', role: 'member', muted: '', avatar: '', online: 0 });
const group = (more = {}) => ({ id: 3, name: 'circle', members: 3, role: 'member', mode: 'open', alias: '', noticeseq: 0, noticeread: 0, waiting: 0, dissolved: '', ...more });

test('a device that was ended does not come back with the answer about another', async () => {
  let devices = [1, 2, 3];
  serve((path, { id }) => {
    if (path === '/user/enddevice') devices = devices.filter((one) => one !== id);
    return devices.map((one) => ({ id: one, device: `d${one}`, address: '', lastseen: '', current: false }));
  });
  const page = mount(DevicesPage, {});
  await answerAll();
  await page.press('device-end', 0);
  await answerNewest();
  await page.press('device-end', 1);
  await answerAll();
  expect(page.all('device-item')).toHaveLength(1);
});

test('nor does somebody whom one blocks no longer', async () => {
  let blocked = [1, 2, 3];
  serve((path, { dstid }) => {
    if (path === '/contact/block') blocked = blocked.filter((one) => one !== dstid);
    return path === '/contact/blocked' ? blocked.map(member) : [];
  });
  const page = mount(BlockedPage, {});
  await answerAll();
  await page.press('blocked-end', 0);
  await answerNewest();
  await answerNewest();
  await page.press('blocked-end', 1);
  await answerAll();
  expect(page.all('blocked-item')).toHaveLength(1);
});

test('who comes into a group while more of its members are asked for is there', async () => {
  let all = [1, 2, 3, 4];
  serve((_, { after }) => ({ rows: all.filter((id) => id > Number(after)).slice(0, 2).map(member), next: after === '' ? '2' : '' }));
  const props = reactive({ group: group({ members: 4 }) });
  const page = mount(MemberList, props);
  await answerAll();
  all = [0, ...all].map((id) => id + 0.5);
  props.group = group({ members: 5 });
  await nextTick();
  await page.press('members-more');
  await answerAll();
  expect(ids(page, 'member-item').slice(0, 2)).toEqual([0.5, 1.5]);
});

test('another question about members is asked at once, and the answer to the old one does not count', async () => {
  serve((_, { only }) => ({ rows: [member(only === 'read' ? 1 : 2)], next: '' }));
  const props = reactive({ group: group(), only: 'read' as 'read' | 'unread' });
  const page = mount(MemberList, props);
  await quiet();
  props.only = 'unread';
  await answerAll();
  expect(ids(page, 'member-item')).toEqual([2]);
});

test('the newest notice of a group is shown, whichever answer comes last', async () => {
  let text = 'old';
  serve(() => ({ text }));
  const props = reactive({ group: group({ noticeseq: 4 }) });
  const bar = mount(NoticeBar, props);
  await quiet();
  text = 'new';
  props.group = group({ noticeseq: 5 });
  await answerAll();
  expect(bar.text('notice-bar')).toContain('new');
});

test('what somebody types while their name in a group is being saved is not undone by the answer', async () => {
  const page = mount(GroupHome, { group: group() });
  await page.type('group-alias', 'Captain');
  await page.act('group-alias', 'onBlur', 0);
  const saving = await question('/community/alias');
  await page.type('group-alias', 'Captain of');
  saving.answer('Captain');
  await quiet();
  expect(page.all('group-alias')[0]!.value).toBe('Captain of');
});
