/** Whoever goes elsewhere while a page waits for an answer is not led away from there by it. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { h } from 'vue';
import GroupsPane from '../src/components/GroupsPane.vue';
import ProfilePage from '../src/components/ProfilePage.vue';
import type { Me } from '../src/core/types';
import { usePeople } from '../src/store/people';
import { answerAll, asked, question, quiet, serve } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/JoinGroupSheet.vue', () => ({
  default: { emits: ['done'], render(this: { $emit: (...words: unknown[]) => void }) {
    return h('button', { 'data-testid': 'entered', onClick: () => this.$emit('done', { id: 3 }) });
  } },
}));
vi.mock('../src/components/AppSheet.vue', () => ({ default: { render: () => null } }));

/** A browser's address, as far as the pages use it. */
function go(hash: string) {
  location.hash = hash;
  for (const hear of hearing) hear();
}
const hearing = vi.hoisted(() => {
  const all: (() => void)[] = [];
  const place = { hash: '#/groups', replace(hash: string) { place.hash = hash; all.forEach((hear) => hear()); } };
  const move = (_: unknown, __: string, hash: string) => (place.hash = hash);
  Object.assign(globalThis, {
    location: place, history: { state: { fastim: 'talk' }, pushState: move, replaceState: move, back: () => place.replace('#/back') },
    addEventListener: (name: string, hear: () => void) => name === 'hashchange' && all.push(hear), matchMedia: () => ({ matches: true }),
  });
  return all;
});

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  usePeople().me = { id: 7, nickname: 'Ann', avatar: '', sex: 'U', memo: '' } as Me;
});

test('a profile that is saved closes its page', async () => {
  go('#/me/profile');
  const page = mount(ProfilePage, {});
  await page.submit();
  (await question('/user/update')).answer({ id: 7 });
  await quiet();
  expect(location.hash).toBe('#/back');
});

test('but not where one went meanwhile', async () => {
  go('#/me/profile');
  const page = mount(ProfilePage, {});
  await page.submit();
  const saving = await question('/user/update');
  go('#/chats/10/8');
  saving.answer({ id: 7 });
  await quiet();
  expect(location.hash).toBe('#/chats/10/8');
});

test.each([['#/groups', '#/groups/11/3'], ['#/chats/10/8', '#/chats/10/8']])('a group that was joined opens where one waits for it: %s', async (at, ends) => {
  go('#/groups');
  serve(() => []);
  const page = mount(GroupsPane, {});
  await answerAll();
  await page.press('join-group-open');
  await page.press('entered');
  await quiet();
  go(at);
  await answerAll();
  expect(location.hash).toBe(ends);
});
