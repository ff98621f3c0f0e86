/** A sheet, a page of one, or a panel says what it could not load, and asks for it again when told to. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { h, type Component } from 'vue';
import BlockedPage from '../src/components/BlockedPage.vue';
import CardSheet from '../src/components/CardSheet.vue';
import CodePage from '../src/components/CodePage.vue';
import DevicesPage from '../src/components/DevicesPage.vue';
import FavouritesSheet from '../src/components/FavouritesSheet.vue';
import GroupLinks from '../src/components/GroupLinks.vue';
import GroupNotice from '../src/components/GroupNotice.vue';
import GroupRequests from '../src/components/GroupRequests.vue';
import LinkedPerson from '../src/components/LinkedPerson.vue';
import ReactionsSheet from '../src/components/ReactionsSheet.vue';
import ReadersSheet from '../src/components/ReadersSheet.vue';
import StickerPanel from '../src/components/StickerPanel.vue';
import VersionsSheet from '../src/components/VersionsSheet.vue';
import { Failure } from '../src/core/api';
import type { Entry, Me } from '../src/core/types';
import { usePeople } from '../src/store/people';
import words from '../src/locales/zh-CN.json';
import { answerAll, asked, quiet, serve } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/AppSheet.vue', () => ({
  default: { render(this: { $slots: { default: () => unknown[] } }) { return h('div', this.$slots.default() as []); } },
}));

const message = { id: 4, seq: 4, time: 4, userid: 8, cmd: 10, dstid: 7, media: 1, content: 'aye' } as Entry;
const group = { id: 3, name: 'circle', icon: '', members: 2, role: 'owner', mode: 'open', alias: '', noticeseq: 2, noticeread: 2, waiting: 1, dissolved: '' };
const bob = { id: 8, nickname: 'Bob', avatar: '', memo: '', mobile: '' };
const of = { kind: 10, dstid: 8, message };

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  usePeople().me = { id: 7, nickname: 'Ann', avatar: '' } as Me;
  vi.stubGlobal('location', { origin: 'http://localhost', hash: '' });
  vi.stubGlobal('fetch', async () => Response.json([])); // packs of stickers, which are files
});
afterEach(() => vi.unstubAllGlobals());

const sheets: [name: string, component: Component, props: Record<string, unknown>, answer: unknown, shows: string][] = [
  ['who has read a message', ReadersSheet, of, { read: [8], unread: [], hidden: 0 }, 'readers-read'],
  ['who reacted to it', ReactionsSheet, of, [{ emoji: '👍', users: [8] }], 'who-reacted'],
  ['what it said before', VersionsSheet, of, [{ time: 1, content: 'yes' }], 'version'],
  ['whom a card shows', CardSheet, { entry: message }, { of: 'person', ...bob, name: 'Bob', picture: '', known: false }, 'card-name'],
  ['whom a link leads to', LinkedPerson, { code: 'x' }, bob, 'person-add'],
  ['what I keep', FavouritesSheet, {}, { rows: [{ id: 1, dstid: 8, entry: message }], gap: false }, 'favourite'],
  ['my stickers', StickerPanel, {}, [{ url: '/resource/x', width: 72, height: 72 }], 'sticker-item'],
  ['the links into a group', GroupLinks, { group }, [{ id: 1, code: 'x', maker: 8, createat: '', expires: '', most: 0, used: 0 }], 'link-item'],
  ['its notice', GroupNotice, { group }, { seq: 2, text: 'at nine', author: 8, createat: '2026-11-29T09:00:00Z', readers: 0 }, 'notice-shown'],
  ['who waits to be let in', GroupRequests, { group }, [{ id: 1, user: bob, inviter: 0, note: '' }], 'join-request'],
  ['my devices', DevicesPage, {}, [{ id: 1, device: 'Phone', address: '', lastseen: '', current: false }], 'device-item'],
  ['the link to me', CodePage, {}, { code: 'x' }, 'code-link'],
  ['whom I blocked', BlockedPage, {}, [bob], 'blocked-item'],
];

test.each(sheets)('%s', async (_, component, props, answer, shows) => {
  serve((path) => (path === '/contact/loadfriend' ? [] : answer));
  const page = mount(component, props);
  await quiet();
  for (const one of asked.splice(0)) one.fail(new Failure('network', ''));
  await quiet();
  expect(page.text('fault-line')).toContain(words.fault.network);
  expect(page.drawn()).not.toContain(words.group.noNotice);
  await page.press('fault-retry');
  await answerAll();
  expect([page.all('fault-line').length, page.all(shows).length]).toEqual([0, 1]);
  page.end();
});
