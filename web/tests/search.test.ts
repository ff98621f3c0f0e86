import { effectScope, nextTick, type EffectScope } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import { messageSearch } from '../src/store/search';
import { asked } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

let scope: EffectScope;
beforeEach(() => {
  asked.length = 0;
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

const start = (talk?: string) => scope.run(() => messageSearch(talk))!;
const hit = (id: number) => ({ entry: { id }, text: `said ${id}`, ranges: [] });
/** All that was to be asked within this time. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
async function answer(ids: readonly number[], beside: { before?: number; behind?: boolean } = {}) {
  asked.shift()!.answer({ rows: ids.map(hit), before: 0, behind: false, ...beside });
  await pass(0);
}
const shown = (search: ReturnType<typeof start>) => search.hits.value.map(({ entry }) => entry.id);

async function searchFor(text: string) {
  const search = start();
  search.wanted.text = text;
  await pass(250);
  return search;
}

test('each condition alone is enough to look for, nothing at all is not', async () => {
  const search = start();
  for (const narrowed of [{ talk: '11:5' }, { media: 'file' }, { sender: 7 }, { since: '2026-11-25' }, { until: '2026-11-25' }]) {
    Object.assign(search.wanted, narrowed);
    await pass(250);
    expect(asked.length).toBe(1);
    await answer([1]);
    Object.assign(search.wanted, { talk: '', media: '', sender: 0, since: '', until: '' });
    await pass(250);
    expect([asked.length, shown(search)]).toEqual([0, []]);
  }
});

test('what one conversation is searched for is words', async () => {
  const search = start('11:5');
  expect(search.isNothing()).toBe(true);
  search.wanted.text = 'x';
  await pass(250);
  expect(asked[0]!.body).toMatchObject({ cmd: 11, dstid: 5, text: 'x' });
  search.wanted.text = '';
  await nextTick();
  expect(search.isNothing()).toBe(true);
});

test('an index that is behind is asked again until it is not, and nothing is called missing before', async () => {
  const search = await searchFor('just said');
  await answer([], { behind: true });
  expect(search.busy.value).toBe(true);
  await pass(300);
  await answer([1], { behind: true });
  expect([shown(search), search.busy.value]).toEqual([[1], false]);
  const list = search.hits.value;
  await pass(600);
  expect(search.busy.value).toBe(false);
  await answer([1]);
  expect(search.hits.value).toBe(list);
  await pass(60_000);
  expect(asked).toEqual([]);
});

test('an index that stays behind is asked three times more, then that is said', async () => {
  const search = await searchFor('just said');
  for (let more = 0; more < 4; more += 1) {
    expect(asked.length).toBe(1);
    await answer([], { behind: true });
    await pass(5_000);
  }
  expect([asked.length, search.busy.value, search.behind.value]).toEqual([0, false, true]);
});

test('whoever looks at older hits meanwhile goes on with those', async () => {
  const search = await searchFor('said');
  await answer([9, 8], { before: 8, behind: true });
  const more = search.more();
  await answer([7]);
  await more;
  await pass(5_000);
  expect([asked.length, shown(search)]).toEqual([0, [9, 8, 7]]);
});

test('a second question that fails leaves what the first one found', async () => {
  const search = await searchFor('said');
  await answer([9], { behind: true });
  await pass(300);
  asked.shift()!.fail(new Failure('too_often', 'too often'));
  await pass(5_000);
  expect([asked.length, shown(search), search.fault.value]).toEqual([0, [9], '']);
});

test('answers without a hit are gone on from, while there are older messages', async () => {
  const search = await searchFor('said');
  await answer([], { before: 500 });
  expect(search.busy.value).toBe(true);
  expect(asked[0]!.body['before']).toBe(500);
  await answer([], { before: 300 });
  expect(asked[0]!.body['before']).toBe(300);
  await answer([3], { before: 3 });
  expect([shown(search), search.before.value, search.busy.value]).toEqual([[3], 3, false]);
});

test('signs alone are nothing to complain of', async () => {
  const search = await searchFor('...');
  asked.shift()!.fail(new Failure('nothing_sought', 'Say what to look for'));
  await pass(0);
  expect([search.fault.value, search.busy.value]).toEqual(['', false]);
});
