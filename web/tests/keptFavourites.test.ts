/** Favourites without a network: those that the server listed last, of nobody else, and none that was recalled. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { Failure } from '../src/core/api';
import { i18n } from '../src/core/i18n';
import { dropFavourites, readFavourites } from '../src/core/keptFavourites';
import type { Favourite } from '../src/core/types';
import words from '../src/locales/zh-CN.json';
import { empty } from '../src/store/conversations';
import { useChat } from '../src/store/chat';
import { favouriteList, followFavourites } from '../src/store/favourites';
import { asked, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const ME = 7;
/** What is in the browser's database of each user, and whose things are here. */
const browser = vi.hoisted(() => ({ rows: new Map<number, unknown>(), user: 0 }));
vi.mock('../src/core/kept', async (actual) => ({
  ...(await actual<object>()),
  lastUser: () => browser.user,
  openKept: async (me: number) => ({
    transaction: () => ({
      objectStore: () => ({ get: () => browser.rows.get(me), put: (rows: unknown) => browser.rows.set(me, rows) }),
    }),
    close() {},
  }),
  done: async (answer: unknown) => answer,
}));

i18n.global.setLocaleMessage('zh-CN', words);
const PAGE = '/message/favourites';
const favourite = (id: number, content: string, media = 1) =>
  ({ id, dstid: 8, entry: { cmd: 10, seq: id, media, content, userid: 8, dstid: ME } }) as unknown as Favourite;
const SOAP = [favourite(3, 'Soap and bread'), favourite(2, '', 4), favourite(1, 'the harbour')];
const away = () => new Failure('network', '');
let sheet = effectScope();
/** Opens the sheet anew. */
function list() {
  sheet.stop();
  sheet = effectScope();
  return sheet.run(favouriteList)!;
}
const ids = (rows: readonly Favourite[]) => rows.map(({ id }) => id);

beforeEach(() => {
  sheet.stop();
  asked.length = 0;
  browser.rows.clear();
  browser.user = ME;
  setActivePinia(createPinia());
  useChat().state = empty(ME);
});

/** As after the sheet was looked at with a network. */
async function looked() {
  list();
  (await question(PAGE)).answer({ rows: SOAP });
  await quiet();
}

test('those that were listed last are shown and narrowed, and are nobody else’s', async () => {
  await looked();
  const { rows, old, fault, words: sought, media } = list();
  (await question(PAGE)).fail(away());
  await quiet();
  expect([ids(rows.value), old.value, fault.value]).toEqual([[3, 2, 1], true, '']);
  sought.value = ' soap';
  (await question(PAGE)).fail(away());
  await quiet();
  expect(ids(rows.value)).toEqual([3]);
  [sought.value, media.value] = ['', 4];
  (await question(PAGE)).fail(away());
  await quiet();
  expect(ids(rows.value)).toEqual([2]);

  browser.user = 9;
  expect([await readFavourites(ME), await readFavourites(9)]).toEqual([[], []]);
});

test('the server’s answer takes their place; where there are none the fault is told', async () => {
  const first = list();
  (await question(PAGE)).fail(away());
  await quiet();
  expect([first.fault.value !== '', first.old.value]).toEqual([true, false]);
  asked.length = 0;

  await looked();
  const { rows, old } = list();
  (await question(PAGE)).fail(away());
  await quiet();
  useChat().favouritesChanged += 1;
  (await question(PAGE)).answer({ rows: SOAP.slice(1) });
  await quiet();
  expect([ids(rows.value), old.value]).toEqual([[2, 1], false]);
  expect(ids(await readFavourites(ME))).toEqual([2, 1]);
});

test('one that was recalled is kept no longer, nor one that another device dropped while nobody looked', async () => {
  await looked();
  dropFavourites([{ key: '10:8', seqs: new Set([2]) }, { key: '11:8', seqs: new Set([1]) }]);
  await vi.waitFor(async () => expect(ids(await readFavourites(ME))).toEqual([3, 1]));

  asked.length = 0;
  effectScope().run(followFavourites);
  useChat().synced = true;
  await nextTick();
  (await question(PAGE)).answer({ rows: SOAP.slice(2) });
  await vi.waitFor(async () => expect(ids(await readFavourites(ME))).toEqual([1]));
});
