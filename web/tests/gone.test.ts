import { expect, test } from 'vitest';
import { apply, empty } from '../src/store/conversations';
import { goneWith } from '../src/store/gone';
import { MEDIA, type Entry } from '../src/core/types';

const ME = 7;
const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: ME, media: MEDIA.picture, url: `/resource/${seq}.png`, ...more,
});
const state = [1, 2, 3].reduce((now, seq) => apply(now, { type: 'entry', entry: entry(seq) }), empty(ME));
const gone = (change: Parameters<typeof goneWith>[1]) => goneWith(state, change).map((one) => one.seq);

test('a recall names the message that goes, live, in a sync, and as history shows it', () => {
  const recall = entry(4, { media: MEDIA.recalled, target: 2, url: undefined });
  expect(gone({ type: 'entry', entry: recall })).toEqual([2]);
  const synced = { cmd: 10, dstid: 8, entries: [recall] } as never;
  expect(gone({ type: 'synced', conversations: [synced] })).toEqual([2]);
  const shown = entry(3, { recalled: 8, url: undefined });
  expect(gone({ type: 'history', kind: 10, dstid: 8, entries: [shown], gap: false })).toEqual([3]);
});

test('so does a deletion, and nothing else does, nor in another conversation', () => {
  expect(gone({ type: 'erased', erased: [{ kind: 10, dstid: 8, seqs: [1, 9] }] })).toEqual([1]);
  expect(gone({ type: 'erased', erased: [{ kind: 11, dstid: 8, seqs: [1] }] })).toEqual([]);
  expect(gone({ type: 'entry', entry: entry(5) })).toEqual([]);
});
