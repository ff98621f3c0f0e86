import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { usePeople } from '../src/store/people';

/** Answers that are given when the test says so, in the order of the questions. */
const asked: { path: string; answer: (data: unknown) => void }[] = [];
vi.mock('../src/core/api', () => ({
  post: (path: string) => new Promise((answer) => asked.push({ path, answer })),
  list: (path: string) => new Promise((answer) => asked.push({ path, answer })),
}));

const me = (receipts: boolean) => ({ id: 7, privacy: { receipts } });
const question = (path: string) => vi.waitFor(() => asked.find((one) => one.path === path) ?? Promise.reject(new Error(path)));

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

async function known() {
  const people = usePeople();
  const loading = people.loadMe();
  (await question('/user/me')).answer(me(true));
  await loading;
  asked.length = 0;
  return people;
}

test('an answer that was asked for before a setting changed does not undo it', async () => {
  const people = await known();
  const loading = people.loadMe();
  const old = await question('/user/me');
  const changing = people.change('privacy', { receipts: false });
  (await question('/settings/privacy')).answer(me(false));
  await changing;
  old.answer(me(true));
  await loading;
  expect(people.me).toEqual(me(false));
});

test('nor one that was asked for while it changed', async () => {
  const people = await known();
  const changing = people.change('privacy', { receipts: false });
  const loading = people.loadMe();
  const old = await question('/user/me');
  (await question('/settings/privacy')).answer(me(false));
  await changing;
  old.answer(me(true));
  await loading;
  expect(people.me).toEqual(me(false));
});

test('one that was asked for afterwards counts', async () => {
  const people = await known();
  const loading = people.loadMe();
  (await question('/user/me')).answer(me(false));
  await loading;
  expect(people.me).toEqual(me(false));
});
