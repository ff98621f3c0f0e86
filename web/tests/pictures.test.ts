/** The worker is told in which messages pictures are looked at, wherever they are: with these they have to go. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { h } from 'vue';
import FavouritesSheet from '../src/components/FavouritesSheet.vue';
import MessageBubble from '../src/components/MessageBubble.vue';
import QuoteBlock from '../src/components/QuoteBlock.vue';
import { dropPictures } from '../src/core/pictures';
import { MEDIA, type Entry, type RecordItem } from '../src/core/types';
import { asked, question, quiet } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/AppSheet.vue', () => ({
  default: { render(this: { $slots: { default: () => unknown[] } }) { return h('div', this.$slots.default() as []); } },
}));

const told: unknown[] = [];
const picture = (seq: number) => ({ media: MEDIA.picture, url: `/resource/${seq}.png`, pic: `/resource/${seq}.png?thumb=1` });
const paths = (...seqs: number[]) => seqs.flatMap((seq) => [`/resource/${seq}.png`, `/resource/${seq}.png?thumb=1`]);
const item = (more: Partial<RecordItem>) => ({ userid: 8, name: 'Bob', time: 1, media: MEDIA.text, ...more });
const entry = (seq: number, more: Partial<Entry>): Entry => ({ id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: 7, media: MEDIA.text, ...more });
/** A record of a picture, a text, and a record of another picture. */
const record = entry(5, {
  media: MEDIA.record, memo: 'of two', record: [item(picture(1)), item({ content: 'a' }), item({ media: MEDIA.record, record: [item(picture(2))] })],
});

beforeEach(() => {
  asked.length = told.length = 0;
  setActivePinia(createPinia());
  vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve({ active: { postMessage: (word: unknown) => told.push(word) } }) } });
});
afterEach(() => vi.unstubAllGlobals());

test('those of a record are those of the message that it is, and go with it', async () => {
  const row = { type: 'message', id: 's-5', message: record, own: false, userid: 8, first: true, last: true, progress: null };
  const page = mount(MessageBubble, { row, kind: 10, talkKey: '10:8' });
  await quiet();
  expect(told).toEqual([{ shown: [['10:8/5', paths(1, 2)]] }]);
  dropPictures([{ key: '10:8', seqs: new Set([5]) }], [record]);
  await quiet();
  expect(told[1]).toEqual({ gone: paths(1, 2), recalled: ['10:8/5'] });
  page.end();
});

test('a favourite is of the conversation in which it was said', async () => {
  const page = mount(FavouritesSheet, {});
  const rows = [
    { id: 9, dstid: 3, saved: 1, entry: entry(4, { cmd: 11, dstid: 3, ...picture(4) }) },
    { id: 8, dstid: 8, saved: 1, entry: entry(6, { userid: 7, dstid: 8, ...picture(6) }) },
    { id: 7, dstid: 8, saved: 1, entry: entry(2, {}) },
  ];
  (await question('/message/favourites')).answer({ rows });
  await quiet();
  expect(told).toEqual([{ shown: [['11:3/4', paths(4)]] }, { shown: [['10:8/6', paths(6)]] }]);
  page.end();
});

test('a message that is quoted is noted though it is not here itself', async () => {
  const page = mount(QuoteBlock, { talkKey: '10:8', seq: 4 });
  (await question('/message/entries')).answer([entry(4, picture(4))]);
  await quiet();
  expect(told).toEqual([{ shown: [['10:8/4', paths(4)]] }]);
  page.end();
});
