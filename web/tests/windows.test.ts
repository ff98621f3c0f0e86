import { describe, expect, test } from 'vitest';
import { apply } from '../src/store/conversations';
import { missing, newest, windowOf } from '../src/store/windows';
import { ME, message, only, PEER, run, synced, syncOf } from './facts';

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
});
