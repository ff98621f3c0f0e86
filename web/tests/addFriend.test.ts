import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { h } from 'vue';
import AddFriendSheet from '../src/components/AddFriendSheet.vue';
import { asked, question, quiet } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/AppSheet.vue', () => ({
  default: { render(this: { $slots: { default: () => unknown[] } }) { return h('div', this.$slots.default() as []); } },
}));

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

async function sought() {
  const sheet = mount(AddFriendSheet, {});
  await sheet.press('add-by-nickname');
  await sheet.type('add-friend-nickname', 'Bob');
  await sheet.submit();
  return { sheet, search: await question('/user/named') };
}

test('whoever has the nickname is shown', async () => {
  const { sheet, search } = await sought();
  search.answer([{ id: 8, nickname: 'Bob', avatar: '', memo: '' }]);
  await quiet();
  expect(sheet.all('found-item')).toHaveLength(1);
});

test('but not to who meanwhile looks for a number', async () => {
  const { sheet, search } = await sought();
  await sheet.press('add-by-number');
  search.answer([{ id: 8, nickname: 'Bob', avatar: '', memo: '' }]);
  await quiet();
  expect(sheet.all('found-item')).toHaveLength(0);
});
