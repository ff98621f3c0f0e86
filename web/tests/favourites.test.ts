import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { useChat } from '../src/store/chat';
import { favouriteList } from '../src/store/favourites';
import { asked, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const PAGE = '/message/favourites';
const page = (ids: number[], gap = false) => ({ rows: ids.map((id) => ({ id })), gap });

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

async function shown(ids: number[], gap = false) {
  const list = effectScope().run(favouriteList)!;
  (await question(PAGE)).answer(page(ids, gap));
  await quiet();
  return { ...list, ids: () => list.rows.value.map(({ id }) => id) };
}

test('one that I drop does not come back with a page that was asked for before', async () => {
  const list = await shown([9, 8], true);
  useChat().favouritesChanged += 1;
  await nextTick();
  const old = await question(PAGE);
  void list.drop(9);
  old.answer(page([9, 8], true));
  (await question('/message/unfavourite')).answer(null);
  await quiet();
  expect(list.ids()).toEqual([8]);
});

test('pages follow each other, whatever is dropped meanwhile', async () => {
  const list = await shown([9, 8], true);
  void list.loadMore();
  void list.drop(8);
  const next = await question(PAGE);
  expect(next.body).toMatchObject({ before: 8 });
  next.answer(page([7]));
  (await question('/message/unfavourite')).answer(null);
  await quiet();
  expect(list.ids()).toEqual([9, 7]);
  expect(list.more.value).toBe(false);
});

test('other words are asked for at once, and an answer to the old ones does not count', async () => {
  const list = await shown([9]);
  useChat().favouritesChanged += 1;
  await nextTick();
  const old = await question(PAGE);
  list.words.value = 'fire';
  const now = await question(PAGE);
  expect(now.body).toMatchObject({ q: 'fire' });
  now.answer(page([5]));
  await quiet();
  old.answer(page([9]));
  await quiet();
  expect(list.ids()).toEqual([5]);
});
