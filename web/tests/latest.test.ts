import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Latest, latestOf, News, SETTLE_MS } from '../src/core/latest';
import { PATIENCE_MS } from '../src/core/turns';

type Asked = { answer: (rows: string[]) => void; fail: (fault: unknown) => void };

let asked: Asked[];
let shown: string[];
const ask = () => new Promise<string[]>((answer, fail) => asked.push({ answer, fail }));
const make = () => new Latest(ask, (rows) => (shown = rows));
/** All that can go on without an answer and without time passing has gone on. */
const quiet = () => vi.advanceTimersByTimeAsync(0);
/** A list whose first answer is on its way. */
async function makeLoading() {
  const list = make();
  const loading = list.load();
  await quiet();
  return { list, loading };
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, shown] = [[], ['nothing']];
});
afterEach(() => vi.useRealTimers());

test('an answer is put in its place, and whoever asked knows it', async () => {
  const { loading } = await makeLoading();
  asked[0]!.answer(['a']);
  await loading;
  expect(shown).toEqual(['a']);
});

test('those who ask while an answer is on its way get one more, all the same', async () => {
  const { list, loading: first } = await makeLoading();
  const more = [list.load(), list.load(), list.load()];
  await quiet();
  expect(asked).toHaveLength(1);
  asked[0]!.answer(['old']);
  await first;
  expect(shown).toEqual(['old']);
  await quiet();
  expect(asked).toHaveLength(2);
  asked[1]!.answer(['new']);
  await Promise.all(more);
  expect(shown).toEqual(['new']);
});

test('an answer that takes too long is overtaken, and who waits for it waits for the newer one', async () => {
  const { list, loading: first } = await makeLoading();
  void list.load();
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  expect(asked).toHaveLength(2);
  asked[0]!.answer(['old']);
  await quiet();
  expect(shown).toEqual(['nothing']);
  asked[1]!.answer(['new']);
  await first;
  expect(shown).toEqual(['new']);
  await quiet();
  expect(asked).toHaveLength(2);
});

test('another question is asked at once, and the answer to the old one does not count', async () => {
  const { list, loading: old } = await makeLoading();
  const now = list.anew();
  await quiet();
  expect(asked).toHaveLength(2);
  asked[1]!.answer(['new']);
  await now;
  asked[0]!.answer(['old']);
  await old;
  expect(shown).toEqual(['new']);
});

test('nor does the failure to answer it', async () => {
  const { list, loading: old } = await makeLoading();
  const now = list.anew();
  await quiet();
  asked[0]!.fail(new Error('no line'));
  asked[1]!.answer(['new']);
  await Promise.all([old, now]);
  expect(shown).toEqual(['new']);
});

test('a failure is told to those who waited for it, and to nobody after them', async () => {
  const { list, loading: failing } = await makeLoading();
  const next = list.load();
  asked[0]!.fail(new Error('no line'));
  await expect(failing).rejects.toThrow('no line');
  await quiet();
  asked[1]!.answer(['new']);
  await next;
  expect(shown).toEqual(['new']);
});

test('a change waits for an answer that was asked for before, and so does the next change', async () => {
  const list = make();
  void list.load();
  const one = list.change(ask, ([row]) => (shown = [...shown, row!]));
  const two = list.change(ask, ([row]) => (shown = [...shown, row!]));
  await quiet();
  asked[0]!.answer(['a']);
  await quiet();
  expect(asked).toHaveLength(2);
  asked[1]!.answer(['b']);
  await one;
  await quiet();
  asked[2]!.answer(['c']);
  await two;
  expect(shown).toEqual(['a', 'b', 'c']);
});

test('after a change that was overtaken all is asked for again', async () => {
  const list = make();
  const changing = list.change(ask, () => (shown = ['changed']));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  void list.load();
  await quiet();
  asked[1]!.answer(['before it, perhaps']);
  await quiet();
  asked[0]!.answer(['']);
  await quiet();
  expect(shown).toEqual(['before it, perhaps']);
  asked[2]!.answer(['with it']);
  await changing;
  expect(shown).toEqual(['with it']);
});

test('a change that the server refuses is told, and leaves what is shown', async () => {
  const list = make();
  const changing = list.change(ask, () => (shown = ['changed']));
  await quiet();
  asked[0]!.fail(new Error('refused'));
  await expect(changing).rejects.toThrow('refused');
  expect(shown).toEqual(['nothing']);
});

test('news are done at once, and once more over an answer that was asked for before', async () => {
  const list = make();
  const calls = vi.fn(() => (shown = [...shown.filter((row) => row !== 'news'), 'news']));
  list.heard(calls);
  expect(shown).toEqual(['nothing', 'news']);
  void list.load();
  await quiet();
  list.heard(calls);
  asked[0]!.answer(['a']);
  await quiet();
  expect(shown).toEqual(['a', 'news']);
  void list.load();
  await quiet();
  asked[1]!.answer(['b']);
  await quiet();
  expect(shown).toEqual(['b']);
});

test('what was counted twice, perhaps, is asked for again when it is quiet, at longer and longer pauses', async () => {
  const list = make();
  void list.load();
  for (let round = 0; round < 3; round += 1) {
    await quiet();
    list.heard(() => (shown = [...shown, '+1']), false);
    asked[round]!.answer(['5']);
    await quiet();
    expect(shown).toEqual(['5', '+1']);
    await vi.advanceTimersByTimeAsync(SETTLE_MS * 2 ** round - 1);
    expect(asked).toHaveLength(round + 1);
    await vi.advanceTimersByTimeAsync(SETTLE_MS * 2 ** round + 2);
    expect(asked).toHaveLength(round + 2);
  }
  asked[3]!.answer(['6']);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(shown).toEqual(['6']);
  expect(asked).toHaveLength(4);
});

test('each key has one of its own', async () => {
  const known = new Map<number, string>();
  const of = latestOf((key: number) => Promise.resolve(`answer ${key}`), (key, answer) => void known.set(key, answer));
  expect(of(1)).toBe(of(1));
  await Promise.all([of(1).load(), of(2).load()]);
  expect([...known]).toEqual([[1, 'answer 1'], [2, 'answer 2']]);
});

test('news go over every answer on its way, where answers do not replace each other', async () => {
  const news = new News();
  const [one, two] = [news.during(ask), news.during(ask)];
  const apply = vi.fn();
  news.heard(apply);
  asked[0]!.answer([]);
  asked[1]!.answer([]);
  for (const { replay } of [await one, await two]) replay();
  (await news.during(() => Promise.resolve(''))).replay();
  expect(apply).toHaveBeenCalledTimes(3);
});
