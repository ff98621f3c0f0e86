import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Entry, Friend, Group, Me } from '../src/core/types';
import { usePeople } from '../src/store/people';
import { asked, overtake, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const me = (receipts: boolean) => ({ id: 7, privacy: { receipts } }) as Me;
const friend = (online: number) => ({ id: 8, nickname: 'Bob', remark: '', online, devices: [], lastseen: '' }) as unknown as Friend;
const group = (more: Partial<Group> = {}) => ({ id: 3, name: 'circle', members: 10, role: 'member', waiting: 0, ...more }) as Group;
const entry = (content: string, more: Partial<Entry> = {}) =>
  ({ id: 1, seq: 40, time: 1, userid: 9, cmd: 11, dstid: 3, media: 20, content, ...more }) as Entry;
const came = { cmd: 16, userid: 8, online: 1, time: 5, devices: ['phone'] } as const;

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});
afterEach(() => vi.useRealTimers());

/** Somebody who is signed in, with whatever is answered to what a page asks. */
async function known(path = '/user/me', answer: unknown = me(true)) {
  const people = usePeople();
  const loading = path === '/user/me' ? people.loadMe() : path === '/contact/loadfriend' ? people.loadFriends() : people.loadGroups();
  (await question(path)).answer(answer);
  await loading;
  return people;
}

test('an answer that was asked for before a setting changed does not undo it', async () => {
  const people = await known();
  void people.loadMe();
  const old = await question('/user/me');
  const changing = people.change('privacy', { receipts: false });
  old.answer(me(true));
  (await question('/settings/privacy')).answer(me(false));
  await changing;
  expect(people.me).toEqual(me(false));
});

test('who I am is asked for after a setting that is being changed, not beside it', async () => {
  const people = await known();
  const changing = people.change('privacy', { receipts: false });
  const loading = people.loadMe();
  const change = await question('/settings/privacy');
  expect(asked).toEqual([]);
  change.answer(me(false));
  await changing;
  (await question('/user/me')).answer({ ...me(false), nickname: 'as another device named me' });
  expect((await loading).nickname).toBe('as another device named me');
  expect(people.me).toMatchObject({ nickname: 'as another device named me' });
});

test('of two changes the second is asked for when the first was answered, so that its answer knows both', async () => {
  const people = await known();
  void people.change('privacy', { receipts: false });
  const last = people.update({ lang: 'en' });
  const first = await question('/settings/privacy');
  expect(asked).toEqual([]);
  first.answer(me(false));
  (await question('/user/update')).answer({ ...me(false), lang: 'en' });
  await last;
  expect(people.me).toEqual({ ...me(false), lang: 'en' });
});

test('a change that is refused leaves the others their turn', async () => {
  const people = await known();
  const refused = people.update({ nickname: '' });
  const other = people.change('privacy', { receipts: false });
  (await question('/user/update')).fail(new Error('refused'));
  await expect(refused).rejects.toThrow('refused');
  (await question('/settings/privacy')).answer(me(false));
  await other;
  expect(people.me).toEqual(me(false));
});

test('a friend who came online while my friends were asked for stays online', async () => {
  const people = await known('/contact/loadfriend', [friend(0)]);
  const loading = people.loadFriends();
  const old = await question('/contact/loadfriend');
  people.setPresence(came);
  old.answer([friend(0)]);
  await loading;
  expect(people.friends[0]).toMatchObject({ online: 1, devices: ['phone'] });
});

test('of two answers about requests the one that was asked for last stands', async () => {
  const people = usePeople();
  await overtake(() => people.loadRequests(), [], (older) => older.answer([{ id: 1 }]));
  expect(people.requests).toEqual([]);
});

test('a name that a group took while the groups were asked for stays', async () => {
  const people = await known('/contact/loadcommunity', [group()]);
  const loading = people.loadGroups();
  const old = await question('/contact/loadcommunity');
  expect(people.hearOfGroup(entry('renamed', { memo: 'ring' }))).toBe(true);
  old.answer([group()]);
  await loading;
  expect(people.groups[0]).toMatchObject({ name: 'ring' });
});

test('what an entry does not tell is asked for again after an answer that may be older', async () => {
  const people = await known('/contact/loadcommunity', [group()]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  void people.loadGroups();
  await vi.advanceTimersByTimeAsync(0);
  expect(people.hearOfGroup(entry('mode', { memo: 'closed' }))).toBe(true);
  asked.shift()!.answer([group({ waiting: 2 })]);
  await vi.advanceTimersByTimeAsync(2_000);
  asked.shift()!.answer([group({ mode: 'closed' })]);
  await vi.advanceTimersByTimeAsync(0);
  expect(people.groups[0]).toMatchObject({ mode: 'closed', waiting: 0 });
});

test('who joins while the groups are asked for may be counted twice: it is asked for again', async () => {
  const people = await known('/contact/loadcommunity', [group()]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  void people.loadGroups();
  await vi.advanceTimersByTimeAsync(0);
  people.hearOfGroup(entry('joined'));
  asked.shift()!.answer([group({ members: 11 })]);
  await vi.advanceTimersByTimeAsync(2_000);
  asked.shift()!.answer([group({ members: 11 })]);
  await vi.advanceTimersByTimeAsync(0);
  expect(people.groups[0]).toMatchObject({ members: 11 });
});

test('somebody who could not be looked up without a line is looked up when they are shown again', async () => {
  const { Failure } = await import('../src/core/api');
  const people = usePeople();
  expect(people.nameOf(9)).toBe('#9');
  (await question('/user/find')).fail(new Failure('network', ''));
  await quiet();
  people.nameOf(9);
  (await question('/user/find')).fail(new Failure('not_found', ''));
  await quiet();
  people.nameOf(9);
  expect(asked).toEqual([]);
});
