import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, SyncedConversation } from '../src/core/types';
import {
  apply, empty, keyOf, missing, newest, unread, windowOf, type Change, type Conversation, type State,
} from '../src/store/conversations';

const ME = 7;
const PEER = 8;
const PAGE = 20;

function message(seq: number, userid = PEER, text = `text ${seq}`): Entry {
  const dstid = userid === ME ? PEER : ME;
  return { id: 1000 + seq, seq, time: seq * 1000, userid, cmd: 10, dstid, media: 1, content: text };
}

/** What the server would answer to a first sync when its log is `log`. */
function syncOf(log: readonly Entry[], readSeq = 0, peerReadSeq = 0, joinSeq = 0, peerDelivered = 0): SyncedConversation {
  const seen = log.filter((entry) => entry.seq > joinSeq);
  const entries = seen.slice(-PAGE);
  const last_seq = log.at(-1)?.seq ?? 0;
  return {
    cmd: 10, dstid: PEER, last_seq, join_seq: joinSeq, read_seq: Math.max(readSeq, joinSeq),
    peer_read_seq: peerReadSeq, peer_delivered_seq: Math.max(peerReadSeq, peerDelivered), delivered_seq: 0, unread: Math.max(0, last_seq - Math.max(readSeq, joinSeq)), mentioned: 0, entries,
    gap: seen.length > entries.length,
  };
}

function run(changes: readonly Change[], state: State = empty(ME)): State {
  return changes.reduce(apply, state);
}

function only(state: State): Conversation {
  expect([...state.conversations.keys()]).toEqual(['10:8']);
  return state.conversations.get('10:8')!;
}

const synced = (conversation: SyncedConversation): Change => ({ type: 'synced', conversations: [conversation] });
const live = (entry: Entry): Change => ({ type: 'entry', entry });
const logs = fc
  .array(fc.constantFrom(ME, PEER), { minLength: 1, maxLength: PAGE })
  .map((writers) => writers.map((userid, at) => message(at + 1, userid)));

describe('live events and syncs', () => {
  test('in any order, repeated, give the state of a fresh sync', () => {
    const scene = logs.chain((log) =>
      fc.record({
        log: fc.constant(log),
        cut: fc.integer({ min: 0, max: log.length }),
        read: fc.integer({ min: 0, max: log.length }),
        peerRead: fc.integer({ min: 0, max: log.length }),
        peerGot: fc.integer({ min: 0, max: log.length }),
        joined: fc.integer({ min: 0, max: log.length - 1 }),
        order: fc.shuffledSubarray(log.map((_, at) => at), { minLength: log.length }),
        repeats: fc.array(fc.integer({ min: 0, max: log.length - 1 }), { maxLength: 8 }),
        at: fc.integer({ min: 0, max: log.length + 8 }),
      }),
    );
    fc.assert(
      fc.property(scene, ({ log, cut, read, peerRead, peerGot, joined, order, repeats, at }) => {
        // One who joined later never gets what was said before.
        const changes: Change[] = [...order, ...repeats]
          .map((index) => log[index]!)
          .filter((entry) => entry.seq > joined)
          .map(live);
        changes.push({ type: 'read', kind: 10, dstid: PEER, userid: ME, seq: read });
        changes.push({ type: 'read', kind: 10, dstid: PEER, userid: PEER, seq: peerRead });
        changes.push({ type: 'delivered', dstid: PEER, seq: peerGot });
        changes.splice(at, 0, synced(syncOf(log.slice(0, Math.max(cut, joined)), 0, 0, joined)));
        expect(run(changes)).toEqual(run([synced(syncOf(log, read, peerRead, joined, peerGot))]));
      }),
    );
  });

  test('after lost events, history of what is missing gives the state of a fresh sync', () => {
    const scene = logs.chain((log) =>
      fc.record({
        log: fc.constant(log),
        cut: fc.integer({ min: 1, max: log.length }),
        heard: fc.subarray(log.map((_, at) => at)),
        limit: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(scene, ({ log, cut, heard, limit }) => {
        let state = run([synced(syncOf(log.slice(0, cut))), ...heard.map((at) => live(log[at]!))]);
        const known = log.slice(0, only(state).lastSeq);
        for (let hole = missing(only(state))[0]; hole; hole = missing(only(state))[0]) {
          const after = hole[0] - 1;
          const rest = known.filter((entry) => entry.seq > after);
          const page = rest.slice(0, limit);
          const gap = rest.length > page.length;
          state = apply(state, { type: 'history', kind: 10, dstid: PEER, entries: page, gap, after });
        }
        expect(state).toEqual(run([synced(syncOf(known))]));
      }),
    );
  });

  test('a fact known already leaves the very same state', () => {
    const state = run([synced(syncOf([message(1), message(2)], 1, 1))]);
    expect(apply(state, live(message(2)))).toBe(state);
    expect(apply(state, synced(syncOf([message(1), message(2)], 1, 1)))).toBe(state);
    expect(apply(state, { type: 'read', kind: 10, dstid: PEER, userid: ME, seq: 1 })).toBe(state);
  });

  test('what was shown is never changed in place', () => {
    const before = run([synced(syncOf([message(1)]))]);
    const shown = only(before).entries;
    apply(before, live(message(2)));
    expect(shown).toHaveLength(1);
    expect(only(before).lastSeq).toBe(1);
  });

  test('a conversation that only live frames spoke of is marked as guessed until a sync', () => {
    const guessed = run([live(message(41))]);
    expect(only(guessed)).toMatchObject({ guessed: true, joinSeq: 40, lastSeq: 41 });
    const log = Array.from({ length: 41 }, (_, at) => message(at + 1));
    const known = apply(guessed, synced(syncOf(log, 30)));
    expect(only(known)).toMatchObject({ guessed: false, joinSeq: 0, readSeq: 30 });
    expect(windowOf(only(known)).older).toBe(true);
  });
});

describe('addresses', () => {
  test('a message belongs to its sender for me, and to its receiver when it is mine', () => {
    expect(keyOf(message(1, PEER), ME)).toBe('10:8');
    expect(keyOf(message(1, ME), ME)).toBe('10:8');
    expect(keyOf({ cmd: 11, userid: 9, dstid: 3 }, ME)).toBe('11:3');
  });

  test('leaving takes the conversation away, and it comes back with its new beginning', () => {
    const left = run([synced(syncOf([message(1)])), { type: 'left', kind: 10, dstid: PEER }]);
    expect(left.conversations.size).toBe(0);
    const back = apply(left, synced(syncOf([message(1), message(2), message(3)], 0, 0, 2)));
    expect(only(back).entries.map((entry) => entry.seq)).toEqual([3]);
    expect(unread(only(back), ME)).toBe(1);
  });
});

describe('unread', () => {
  test('is the last number less the mark', () => {
    const log = [1, 2, 3, 4].map((seq) => message(seq));
    expect(unread(only(run([synced(syncOf(log, 1))])), ME)).toBe(3);
  });

  test('what I wrote, and what stood above it, is read', () => {
    const log = [message(1), message(2), message(3, ME), message(4)];
    expect(unread(only(run([synced(syncOf(log))])), ME)).toBe(1);
  });

  test('a mark never goes back', () => {
    const state = run([
      synced(syncOf([message(1), message(2)], 2)),
      { type: 'read', kind: 10, dstid: PEER, userid: ME, seq: 1 },
    ]);
    expect(only(state).readSeq).toBe(2);
  });

  test("the peer's mark is kept for one person and left out for groups", () => {
    const mark = { type: 'read', userid: PEER, seq: 2 } as const;
    const state = run([synced(syncOf([message(1), message(2)]))]);
    expect(only(apply(state, { ...mark, kind: 10, dstid: PEER })).peerReadSeq).toBe(2);
    expect(apply(state, { ...mark, kind: 11, dstid: 3 })).toBe(state);
  });
});

describe('the window that a reader scrolls through', () => {
  const log = Array.from({ length: 100 }, (_, at) => message(at + 1));
  const early = run([synced(syncOf(log.slice(0, 10)))]);
  const late = apply(early, synced(syncOf(log)));

  test('is the newest unbroken run', () => {
    const view = windowOf(only(late));
    expect([view.entries[0]!.seq, view.entries.at(-1)!.seq]).toEqual([81, 100]);
    expect(view).toMatchObject({ older: true, newer: false });
    expect(newest(only(late), ME)!.seq).toBe(100);
  });

  test('can be the run around an entry that was read before the gap', () => {
    const view = windowOf(only(late), 5);
    expect([view.entries[0]!.seq, view.entries.at(-1)!.seq]).toEqual([1, 10]);
    expect(view).toMatchObject({ older: false, newer: true });
    expect(missing(only(late))).toEqual([[11, 80]]);
  });

  test('grows upwards by pages until the beginning, also when the server leaves entries out', () => {
    const page = { type: 'history', kind: 10, dstid: PEER } as const;
    let state = apply(late, { ...page, entries: log.slice(30, 80), gap: true, before: 81 });
    expect(windowOf(only(state)).entries[0]!.seq).toBe(31);
    state = apply(state, { ...page, entries: log.slice(12, 30), gap: false, before: 31 });
    expect(windowOf(only(state))).toMatchObject({ older: false, newer: false });
    expect(missing(only(state))).toEqual([]);
  });

  test('a live message looks at few of a hundred thousand before it', () => {
    let looks = 0;
    const counted = (entry: Entry): Entry => Object.defineProperty(entry, 'seq', { enumerable: true, get: () => (looks += 1, entry.id - 1000) });
    const many = Array.from({ length: 100_000 }, (_, at) => counted(message(at + 1)));
    let state = apply(run([synced(syncOf([message(1)]))]), {
      type: 'history', kind: 10, dstid: PEER, entries: many, gap: false, after: 1,
    });
    looks = 0;
    for (let seq = 100_001; seq <= 100_100; seq++) state = apply(state, live(message(seq)));
    expect(only(state).entries).toHaveLength(100_100);
    expect(looks / 100).toBeLessThan(40);
  });
});
