/** Who is to be chosen from a list that could not be loaded is told so, and can ask for it again. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { h, type Component } from 'vue';
import CardPicker from '../src/components/CardPicker.vue';
import ContactsPane from '../src/components/ContactsPane.vue';
import ForwardSheet from '../src/components/ForwardSheet.vue';
import GroupHome from '../src/components/GroupHome.vue';
import GroupInvite from '../src/components/GroupInvite.vue';
import GroupsPane from '../src/components/GroupsPane.vue';
import MemberList from '../src/components/MemberList.vue';
import MentionPicker from '../src/components/MentionPicker.vue';
import SenderPick from '../src/components/SenderPick.vue';
import { Failure } from '../src/core/api';
import words from '../src/locales/zh-CN.json';
import { answerAll, asked, quiet, serve } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/AppSheet.vue', () => ({
  default: { render(this: { $slots: { default: () => unknown[] } }) { return h('div', this.$slots.default() as []); } },
}));
vi.mock('../src/components/SearchField.vue', () => ({ default: { render: () => null, methods: { focus() {} } } }));

const group = { id: 3, name: 'circle', icon: '', members: 2, role: 'member', mode: 'open', alias: '', noticeseq: 0, noticeread: 0, waiting: 0, dissolved: '' };
const bob = { id: 8, nickname: 'Bob', alias: '', remark: '', role: 'member', muted: '', avatar: '', online: 0, memo: '', tags: [] };

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  vi.stubGlobal('document', { getElementById: () => null });
});
afterEach(() => vi.unstubAllGlobals());

const lists: [name: string, component: Component, props: Record<string, unknown>, item: string, count?: number][] = [
  ['members', MemberList, { group }, 'member-item'],
  ['whom an @ may mean', MentionPicker, { dstid: 3, word: 'b' }, 'mention-item'],
  ['whose messages to search', SenderPick, { talk: '11:3' }, 'pick-sender-item'],
  ['friends to invite', GroupInvite, { group }, 'invite-friend'],
  ['contacts', ContactsPane, {}, 'friend-item'],
  ['groups', GroupsPane, {}, 'group-item'],
  ['cards to send', CardPicker, {}, 'card-item', 2],
  ['to whom to forward', ForwardSheet, { kind: 10, dstid: 8, seqs: [4] }, 'forward-target', 2],
];

for (const [name, component, props, item, count = 1] of lists) {
  test(`${name}: nobody is shown to be there where nobody could be asked for`, async () => {
    serve((path) => (path === '/contact/loadcommunity' ? [group] : path === '/contact/requests' ? [] : path === '/contact/loadfriend' ? [bob] : { rows: [bob], next: '' }));
    const page = mount(component, props);
    await vi.waitFor(() => expect(asked).not.toEqual([]));
    for (const one of asked.splice(0)) one.fail(new Failure('network', ''));
    await quiet();
    expect(page.text('fault-line')).toContain(words.fault.network);
    for (const none of [words.group.nobody, words.contacts.empty, words.contacts.none]) expect(page.drawn()).not.toContain(none);
    const before = page.all(item).length;
    await page.press('fault-retry');
    await answerAll();
    expect([page.all('fault-line').length, page.all(item).length]).toEqual([0, before + count]);
    page.end();
  });
}

test('who has chosen as many as a message goes to at once is told so, and may take one back', async () => {
  serve((path) => (path === '/contact/loadfriend' ? Array.from({ length: 11 }, (_, at) => ({ ...bob, id: 20 + at, nickname: `friend ${at}` })) : []));
  const page = mount(ForwardSheet, { kind: 10, dstid: 8, seqs: [4] });
  await vi.waitFor(() => expect(asked).not.toEqual([]));
  await answerAll();
  const free = () => page.all('forward-target').filter((one) => !one.props.disabled).length;
  for (let at = 0; at < 8; at += 1) await page.press('forward-target', at);
  expect([free(), page.drawn().includes(words.forward.most.replace('{count}', '9'))]).toEqual([11, false]);
  await page.press('forward-target', 8);
  expect([free(), page.drawn().includes(words.forward.most.replace('{count}', '9'))]).toEqual([9, true]);
  await page.press('forward-target', 0);
  expect(free()).toBe(11);
  page.end();
});

test('more members that could not be loaded are what is asked for again', async () => {
  serve((_, { after }) => ({ rows: [{ ...bob, id: after ? 9 : 8 }], next: after ? '' : '8' }));
  const page = mount(MemberList, { group });
  await answerAll();
  await page.press('members-more');
  await quiet();
  asked.pop()!.fail(new Failure('server_busy', '', 503));
  await quiet();
  await page.press('fault-retry');
  await answerAll();
  expect(page.all('member-item').map(({ props }) => props['data-id'])).toEqual([8, 9]);
});

test('a group whose faces could not be loaded says so, and goes on otherwise', async () => {
  serve(() => ({ rows: [bob], next: '' }));
  const page = mount(GroupHome, { group });
  await quiet();
  asked.pop()!.fail(new Failure('network', ''));
  await quiet();
  expect(page.text('fault-line')).toContain(words.fault.network);
  await page.press('fault-retry');
  await answerAll();
  expect(page.all('fault-line')).toEqual([]);
});
