import { expect, test } from 'vitest';
import type { Entry, Group } from '../src/core/types';
import { afterNews, mutedUntil } from '../src/store/groupNews';

const ME = 7;
const group: Group = {
  id: 3, name: 'circle', ownerid: 1, icon: '', cate: 0, memo: '', createat: '', members: 10, role: 'member', alias: '',
  mode: 'open', allmuted: '', muted: '', dissolved: '', noticeseq: 0, noticeread: 0, waiting: 0,
};
const entry = (content: string, more: Partial<Entry> = {}): Entry =>
  ({ id: 1, seq: 40, time: 1_795_435_691_723, userid: 1, cmd: 11, dstid: 3, media: 20, content, ...more });
const after = (content: string, more: Partial<Entry> = {}) => afterNews(group, entry(content, more), ME);

test('people who come and go are counted, without asking', () => {
  expect(after('joined', { userid: 9 })?.members).toBe(11);
  expect(after('invited', { memo: '8 9 10' })?.members).toBe(13);
  expect(after('left', { userid: 9 })?.members).toBe(9);
  expect(after('removed', { amount: 9 })?.members).toBe(9);
});

test('what concerns myself is asked for', () => {
  for (const news of [
    after('joined', { userid: ME }), after('invited', { memo: `8 ${ME}` }), after('left', { userid: ME }),
    after('removed', { amount: ME }), after('promoted', { amount: ME }), after('transferred', { amount: ME }), after('unheard of'),
  ]) expect(news).toBeNull();
  expect(after('promoted', { amount: 9 })).toBe(group);
});

test('names, pictures, ways in and notices are taken from the entry', () => {
  expect(after('renamed', { memo: 'ring' })?.name).toBe('ring');
  expect(after('described', { memo: '' })?.memo).toBe('');
  expect(after('pictured', { memo: '/resource/x' })?.icon).toBe('/resource/x');
  expect(after('mode', { memo: 'closed' })?.mode).toBe('closed');
  expect(after('transferred', { amount: 9 })?.ownerid).toBe(9);
  expect(after('notice', { memo: 'read me' })).toMatchObject({ noticeseq: 40, noticeread: 0 });
  expect(after('notice', { memo: 'mine', userid: ME })).toMatchObject({ noticeseq: 40, noticeread: 40 });
  expect(after('notice')?.noticeseq).toBe(0);
  expect(after('aliased', { userid: ME, memo: 'Cap' })?.alias).toBe('Cap');
});

test('a mute is of one, or of all but those who lead', () => {
  const now = 1_795_435_691_723;
  const hour = { memo: String(now + 3_600_000) };
  expect(mutedUntil(after('muted', { ...hour, amount: ME })!)).toBe(now + 3_600_000);
  expect(mutedUntil(after('muted', { ...hour, amount: 9 })!)).toBe(0);
  const quiet = after('muted', hour)!;
  expect(mutedUntil(quiet)).toBe(now + 3_600_000);
  expect(mutedUntil({ ...quiet, role: 'admin' })).toBe(0);
  expect(mutedUntil(afterNews(quiet, entry('unmuted'), ME)!)).toBe(0);
  expect(mutedUntil(after('dissolved')!)).toBe(Infinity);
});
