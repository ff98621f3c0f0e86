import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import type { Entry } from '../src/core/types';
import { loadMembers } from '../src/store/groupMembers';
import { useGroupNames } from '../src/store/groupNames';
import { asked, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const member = (alias: string) => ({ id: 8, nickname: 'Bob', alias });
const named = (memo: string) => ({ id: 1, seq: 40, time: 1, userid: 8, cmd: 11, dstid: 3, media: 20, content: 'aliased', memo }) as Entry;

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

test('a name that somebody takes in a group while names are asked for stays', async () => {
  const names = useGroupNames();
  expect(names.nameIn(3, 8)).toBe('#8');
  const old = await question('/contact/members');
  names.told(named('Captain'));
  old.answer([member('Bobby')]);
  await quiet();
  expect(names.nameIn(3, 8)).toBe('Captain');
});

test('while a list of members is asked for, too, also one that is given up', async () => {
  const names = useGroupNames();
  const loading = loadMembers(3, {});
  const old = await question('/contact/members');
  names.told(named(''));
  old.answer({ rows: [member('Bobby')] });
  await loading;
  expect(names.nameIn(3, 8)).toBe('Bob');
});

test('names that could not be asked for without a line are asked for when they are shown again', async () => {
  const names = useGroupNames();
  names.nameIn(3, 8);
  (await question('/contact/members')).fail(new Failure('network', ''));
  (await question('/user/find')).fail(new Failure('network', ''));
  await quiet();
  names.nameIn(3, 8);
  (await question('/contact/members')).answer([member('Bobby')]);
  await quiet();
  expect(names.nameIn(3, 8)).toBe('Bobby');
});
