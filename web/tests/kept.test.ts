import { describe, expect, test } from 'vitest';
import { KEPT_CONVERSATIONS, KEPT_ENTRIES, trimmed, worthKeeping } from '../src/core/kept';
import type { Entry, SyncedConversation } from '../src/core/types';
import { apply, empty, type State } from '../src/store/conversations';
import { missing, windowOf } from '../src/store/windows';

const ME = 7;

function message(seq: number, peer = 8): Entry {
  return { id: peer * 10_000 + seq, seq, time: seq, userid: peer, cmd: 10, dstid: ME, media: 1, content: `text ${seq}` };
}

function synced(peer: number, from: number, to: number): SyncedConversation {
  const entries = Array.from({ length: to - from + 1 }, (_, at) => message(from + at, peer));
  return {
    cmd: 10, dstid: peer, last_seq: to, join_seq: 0, read_seq: 0, peer_read_seq: 0, delivered_seq: 0, peer_delivered_seq: 0, unread: 0, entries, gap: from > 1,
    mentioned: 0,
  } as SyncedConversation;
}

const told = (state: State, ...conversations: SyncedConversation[]) => apply(state, { type: 'synced', conversations });
const only = (state: State) => [...state.conversations.values()][0]!;

describe('what is kept for the next start', () => {
  test('is the end of the newest run, and says that there is more', () => {
    const kept = trimmed(only(told(empty(ME), synced(8, 1, 500))));
    expect(kept.entries.map((entry) => entry.seq)).toEqual(Array.from({ length: KEPT_ENTRIES }, (_, at) => 441 + at));
    expect(windowOf(kept)).toMatchObject({ from: 441, to: 500, older: true, newer: false });
  });

  test('is the whole of a short one, to its beginning', () => {
    const kept = trimmed(only(told(empty(ME), synced(8, 1, 3))));
    expect(windowOf(kept)).toMatchObject({ from: 1, to: 3, older: false });
  });

  test('grows into what a page that never slept has, once what was missed is fetched', () => {
    const before = told(empty(ME), synced(8, 1, 100));
    const kept: State = { ...empty(ME), conversations: new Map([['10:8', trimmed(only(before))]]) };
    let woken = told(kept, synced(8, 150, 200));
    expect(missing(only(woken))).toEqual([[101, 149]]);
    const page = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
    woken = apply(woken, { type: 'history', kind: 10, dstid: 8, entries: page(101, 149), gap: true, after: 100 });
    woken = apply(woken, { type: 'history', kind: 10, dstid: 8, entries: page(1, 40), gap: false, before: 41 });
    expect(woken).toEqual(told(empty(ME), synced(8, 1, 200)));
  });

  test('leaves out what is known by hearsay only, and the oldest where there are too many', () => {
    const many = Array.from({ length: KEPT_CONVERSATIONS + 5 }, (_, at) => synced(100 + at, 1, 2));
    const state = apply(told(empty(ME), ...many), { type: 'entry', entry: message(9, 99_999) });
    const kept = worthKeeping(state).map((talk) => talk.dstid);
    expect(kept).toHaveLength(KEPT_CONVERSATIONS);
    expect(kept[0]).toBe(100 + KEPT_CONVERSATIONS + 4);
    expect(kept).not.toContain(99_999);
  });
});
