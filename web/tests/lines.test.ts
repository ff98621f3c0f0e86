import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry, SyncedConversation, TalkSettings } from '../src/core/types';
import { apply, empty, type Change, type State } from '../src/store/conversations';
import { isMentioned } from '../src/store/unread';
import { linesOf, unreadIn } from '../src/store/lines';
import { noSettings, withRevision, withSettings, type Settings } from '../src/store/settings';

const ME = 7;

function entry(peer: number, seq: number, parts: Partial<Entry> = {}): Entry {
  return { id: peer * 100 + seq, seq, time: peer * 100 + seq, userid: peer, cmd: 10, dstid: ME, media: 1, content: 'x', ...parts };
}

const synced = (peer: number, entries: Entry[], mentioned = 0): SyncedConversation => ({
  cmd: 10, dstid: peer, last_seq: entries.at(-1)?.seq ?? 0, join_seq: 0, read_seq: 0, peer_read_seq: 0, delivered_seq: 0, peer_delivered_seq: 0, unread: 0, mentioned, entries,
  gap: false,
});

function stateOf(...conversations: SyncedConversation[]): State {
  return apply(empty(ME), { type: 'synced', conversations });
}

const set = (dstid: number, revision: number, parts: Partial<TalkSettings> = {}): TalkSettings => ({ cmd: 10, dstid, revision, ...parts });
const settings = (...rows: TalkSettings[]): Settings => withSettings(noSettings, rows);
const keys = (state: State, now: Settings) => linesOf(state, [], now).map((line) => line.dstid);

test('pinned ones stand on top, the others by their newest message', () => {
  const state = stateOf(synced(1, [entry(1, 1)]), synced(2, [entry(2, 1)]), synced(3, [entry(3, 1)]));
  expect(keys(state, noSettings)).toEqual([3, 2, 1]);
  expect(keys(state, settings(set(1, 1, { pinned: 99 }), set(2, 2, { pinned: 9 })))).toEqual([2, 1, 3]);
});

test('a hidden conversation comes back with the next message, not with a reaction', () => {
  const now = settings(set(1, 1, { hidden: 1 }));
  const reacted = entry(1, 2, { media: 23, target: 1, content: '👍', amount: 1 });
  expect(keys(stateOf(synced(1, [entry(1, 1)])), now)).toEqual([]);
  expect(keys(stateOf(synced(1, [entry(1, 1), reacted])), now)).toEqual([]);
  expect(keys(stateOf(synced(1, [entry(1, 1), reacted, entry(1, 3)])), now)).toEqual([1]);
});

test('muted conversations do not count', () => {
  const state = stateOf(synced(1, [entry(1, 1)]), synced(2, [entry(2, 1), entry(2, 2)]));
  expect(unreadIn(linesOf(state, [], settings(set(2, 1, { muted: true }))))).toBe(1);
});

test('settings in any order, repeated, are those of the highest revision', () => {
  const rows = Array.from({ length: 8 }, (_, at) => set(1 + (at % 2), at + 1, { draft: `text ${at}` }));
  fc.assert(
    fc.property(fc.shuffledSubarray([...rows, ...rows], { minLength: 16 }), (order) => {
      const now = order.reduce((all, row) => withSettings(all, [row]), noSettings);
      expect([now.byKey.get('10:1'), now.byKey.get('10:2')]).toEqual([rows[6], rows[7]]);
    }),
  );
});

test('a frame that leaves a revision out asks for a sync', () => {
  const first = withRevision(noSettings, 1)!;
  expect(first.revision).toBe(1);
  expect(withRevision(first, 1)).toBe(first);
  expect(withRevision(first, 3)).toBeNull();
});

test('what I deleted is gone, whatever comes first', () => {
  const changes: Change[] = [
    { type: 'synced', conversations: [synced(1, [entry(1, 1), entry(1, 2), entry(1, 3)])] },
    { type: 'erased', erased: [{ kind: 10, dstid: 1, seqs: [2] }] },
    { type: 'entry', entry: entry(1, 2) },
    { type: 'history', kind: 10, dstid: 1, entries: [entry(1, 1), entry(1, 2)], gap: false, before: 3 },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(changes, { minLength: 4 }), (order) => {
      const talk = order.reduce(apply, empty(ME)).conversations.get('10:1')!;
      expect(talk.entries.map(({ seq }) => seq)).toEqual([1, 3]);
    }),
  );
});

test('a mention counts until it is read or recalled', () => {
  const at = (parts: Partial<Entry> = {}) => entry(1, 2, { at: [ME], ...parts });
  const one = (entries: Entry[], mentioned = 0) => stateOf(synced(1, entries, mentioned));
  const mentions = (state: State) => isMentioned(state.conversations.get('10:1')!, ME);
  const state = one([entry(1, 1), at()]);
  expect(mentions(state)).toBe(true);
  expect(mentions(one([entry(1, 1), at({ at: [0] })]))).toBe(true);
  expect(mentions(one([entry(1, 1), at({ at: [9] })]))).toBe(false);
  expect(mentions(apply(state, { type: 'read', kind: 10, dstid: 1, userid: ME, seq: 2 }))).toBe(false);
  expect(mentions(apply(state, { type: 'entry', entry: entry(1, 3, { media: 21, target: 2 }) }))).toBe(false);
  // One that is not loaded: the server says so.
  expect(mentions(one([entry(1, 50)], 40))).toBe(true);
});
