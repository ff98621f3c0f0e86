import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../src/core/types';
import { apply, keyOf, type Change, type State } from '../src/store/conversations';
import { unread } from '../src/store/unread';
import { missing, windowOf } from '../src/store/windows';
import { live, ME, message, only, PAGE, PEER, run, synced, syncOf } from './facts';

const logs = fc
  .array(fc.constantFrom(ME, PEER), { minLength: 1, maxLength: PAGE })
  .map((writers) => writers.map((userid, at) => message(at + 1, userid)));

/** What is shown of it; when the server counted last says nothing of that. */
function shown(state: State) {
  const { counted, countedSeq, ...talk } = only(state);
  return { ...talk, unread: unread(only(state), ME) };
}

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
        expect(shown(run(changes))).toEqual(shown(run([synced(syncOf(log, read, peerRead, joined, peerGot))])));
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
        expect(shown(state)).toEqual(shown(run([synced(syncOf(known))])));
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

describe('marks', () => {
  test('never go back', () => {
    const state = run([
      synced(syncOf([message(1), message(2)], 2)),
      { type: 'read', kind: 10, dstid: PEER, userid: ME, seq: 1 },
    ]);
    expect(only(state).readSeq).toBe(2);
  });

  test('of a peer are kept for one person and left out for groups', () => {
    const mark = { type: 'read', userid: PEER, seq: 2 } as const;
    const state = run([synced(syncOf([message(1), message(2)]))]);
    expect(only(apply(state, { ...mark, kind: 10, dstid: PEER })).peerReadSeq).toBe(2);
    expect(apply(state, { ...mark, kind: 11, dstid: 3 })).toBe(state);
  });
});
