import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pending } from '../src/core/outbox';
import type { Entry, SyncedConversation } from '../src/core/types';
import { RowBuilder, rowsOf, seqOf, type MessageRow, type Row } from '../src/log/rows';
import { beginsOtherwise, isAnotherRun } from '../src/log/runs';
import { apply, empty, type Change, type Conversation } from '../src/store/conversations';
import { windowOf } from '../src/store/windows';

const ME = 7;
const PEER = 8;
const NOON = new Date(2026, 4, 20, 12).getTime();
const MINUTE = 60_000;

function message(seq: number, userid = PEER, time = NOON + seq * 1000, parts: Partial<Entry> = {}): Entry {
  const dstid = userid === ME ? PEER : ME;
  return { id: seq, seq, time, userid, cmd: 10, dstid, media: 1, content: `text ${seq}`, ...parts };
}

function talkOf(entries: readonly Entry[], peerReadSeq = 0): Conversation {
  const last_seq = entries.at(-1)?.seq ?? 0;
  const synced: SyncedConversation = {
    cmd: 10, dstid: PEER, last_seq, join_seq: 0, read_seq: 0, peer_read_seq: peerReadSeq, delivered_seq: 0, peer_delivered_seq: peerReadSeq, unread: 0, mentioned: 0, gap: true, entries: [],
  };
  const changes: Change[] = [{ type: 'synced', conversations: [synced] }];
  for (const entry of entries) changes.push({ type: 'entry', entry });
  const state = changes.reduce(apply, empty(ME));
  return state.conversations.get('10:8')!;
}

function waiting(msgid: string, time = NOON): Pending {
  return { msgid, kind: 10, dstid: PEER, time, state: 'sending', media: 1, content: 'new' };
}

const kinds = (rows: readonly Row[]) => rows.map((row) => row.type);
const messages = (rows: readonly Row[]) => rows.filter((row): row is MessageRow => row.type === 'message');

describe('rows', () => {
  test('a day begins with its name, and each row has a name of its own', () => {
    const rows = rowsOf(talkOf([message(1), message(2), message(3, PEER, NOON + 24 * 60 * MINUTE)]), [], ME);
    expect(kinds(rows)).toEqual(['day', 'message', 'message', 'day', 'message']);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  });

  test('of a day that older messages may belong to the name comes with them, so that they push nothing away', () => {
    const entries = [message(4), message(5), message(6, PEER, NOON + 24 * 60 * MINUTE)];
    const all = [message(2, PEER, NOON - 24 * 60 * MINUTE), message(3), ...entries];
    const builder = new RowBuilder();
    const build = (shown: readonly Entry[], older: boolean) =>
      builder.build({ ...talkOf([]), entries: shown }, [], ME, 0, { entries: shown, from: shown[0]!.seq, to: 6, older, newer: false });
    const before = build(entries, true);
    expect(kinds(before)).toEqual(['message', 'message', 'day', 'message']);
    const after = build(all, true);
    expect(kinds(after)).toEqual(['message', 'day', 'message', 'message', 'message', 'day', 'message']);
    expect(after.slice(-before.length).map((row) => row.id)).toEqual(before.map((row) => row.id));
    expect(kinds(build(all, false))).toEqual(['day', ...kinds(after)]);
  });

  test("one person's messages within minutes are one run", () => {
    const rows = messages(
      rowsOf(talkOf([message(1), message(2), message(3, ME), message(4, ME, NOON + 20 * MINUTE)]), [], ME),
    );
    expect(rows.map(({ first, last }) => [first, last])).toEqual([[true, false], [false, true], [true, true], [true, true]]);
  });

  test('mine are sent, then read; those of others have no mark', () => {
    const rows = messages(rowsOf(talkOf([message(1, ME), message(2), message(3, ME)], 2), [], ME));
    expect(rows.map((row) => row.progress)).toEqual(['read', null, 'sent']);
  });

  test('a message keeps its row when it gets its number', () => {
    const before = rowsOf(talkOf([message(1)]), [waiting('m')], ME).at(-1)!;
    const after = rowsOf(talkOf([message(1), message(2, ME, NOON, { msgid: 'm' })]), [], ME).at(-1)!;
    expect(before).toMatchObject({ own: true, progress: 'sending' });
    expect(after).toMatchObject({ own: true, progress: 'sent', id: before.id });
  });

  test('one run is shown at a time: the newest with what waits under it, or the one around a place', () => {
    const talk = talkOf([message(1), message(2), message(5), message(9)]);
    expect(rowsOf(talk, [waiting('m')], ME).map(seqOf)).toEqual([9, 0]);
    expect(rowsOf(talk, [waiting('m')], ME, 0, windowOf(talk, 2)).map(seqOf)).toEqual([0, 1, 2]);
  });

  test('where the first new entry is none to show, the line stands above the next one', () => {
    const edit = message(3, PEER, NOON, { media: 22, target: 1, content: 'other' });
    const rows = rowsOf(talkOf([message(1), message(2), edit, message(4)]), [], ME, 3);
    expect(kinds(rows)).toEqual(['day', 'message', 'message', 'unread', 'message']);
  });

  test('what the server wrote is a notice, and new messages begin with a line', () => {
    const notice = message(2, PEER, NOON, { media: 20, content: 'joined' });
    expect(kinds(rowsOf(talkOf([message(1), notice, message(3)]), [], ME, 3))).toEqual([
      'day', 'message', 'notice', 'unread', 'message',
    ]);
  });

  test('nothing known shows nothing, and what waits is shown all the same', () => {
    expect(rowsOf(undefined, [], ME)).toEqual([]);
    expect(kinds(rowsOf(undefined, [waiting('m')], ME))).toEqual(['day', 'message']);
  });
});

describe('rows of a list that changes', () => {
  const HOUR = 60 * MINUTE;
  const step = fc.oneof(
    fc.record({ do: fc.constant('newer' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('older' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('edit' as const), count: fc.integer({ min: 0, max: 30 }) }),
    fc.record({ do: fc.constant('read' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ do: fc.constant('write' as const), count: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ do: fc.constantFrom('jump' as const, 'arrive' as const), count: fc.integer({ min: 0, max: 3 }) }),
  );

  test('are those that are made anew each time, and most of them the very same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.integer({ min: 0, max: 110 }), (steps, unreadFrom) => {
        const at = (seq: number) => message(seq, seq % 4 ? PEER : ME, NOON + seq * HOUR * (seq % 3 ? 0.01 : 0.4));
        let [from, to, read, got] = [100, 103, 0, 0];
        let entries = [100, 101, 102, 103].map(at);
        let pending: Pending[] = [];
        const builder = new RowBuilder();
        for (const { do: what, count } of steps) {
          if (what === 'newer') for (let n = 0; n < count; n++) entries = [...entries, at((to += 1))];
          if (what === 'older') for (let n = 0; n < count; n++) entries = [at((from -= 1)), ...entries];
          if (what === 'edit') entries = entries.map((one, n) => (n === count ? { ...one, edited: NOON } : one));
          if (what === 'read') read += count * 25;
          if (what === 'arrive') got += count * 25;
          if (what === 'write') pending = Array.from({ length: count }, (_, n) => waiting(`w${n}`, NOON + to * HOUR));
          if (what === 'jump') entries = entries.slice(count);
          if (entries.length) from = entries[0]!.seq;
          const talk = { ...talkOf([]), entries, peerReadSeq: read, peerDeliveredSeq: Math.max(got, read) };
          const view = { entries, from, to, older: true, newer: false };
          expect(builder.build(talk, pending, ME, unreadFrom, view)).toEqual(rowsOf(talk, pending, ME, unreadFrom, view));
        }
      }),
    );
  });

  test('of a hundred thousand are taken over when one more comes at either end', () => {
    let entries = Array.from({ length: 100_000 }, (_, n) => message(n + 100, n % 3 ? PEER : ME));
    const builder = new RowBuilder();
    const build = () =>
      builder.build({ ...talkOf([]), entries }, [], ME, 0, { entries, from: 1, to: 1e6, older: false, newer: false });
    const before = new Set(build());
    entries = [...entries, message(entries.length + 100)];
    expect(build().filter((row) => !before.has(row)).length).toBeLessThan(4);
    entries = [message(99), ...entries];
    expect(build().filter((row) => !before.has(row)).length).toBeLessThan(7);
  });
});

describe('a run of entries', () => {
  const FIRST_UNREAD = 10;
  const run = (from: number, to: number, day = 0) => {
    const entries = Array.from({ length: to - from + 1 }, (_, at) => message(from + at, PEER, NOON + day * 24 * 60 * MINUTE + (from + at) * 1000));
    return rowsOf(talkOf(entries), [], ME, FIRST_UNREAD);
  };

  test('is another one where it has nothing of what was said, though it has the line above what is unread too', () => {
    const [one, other] = [run(10, 14), run(30, 34)];
    expect([one[0]!.id, other[0]!.id]).toEqual(['unread', 'unread']);
    expect(isAnotherRun(one, other)).toBe(true);
  });

  test('is the same one as long as one end or the middle of it is there', () => {
    for (const rows of [run(10, 34), run(2, 10), run(14, 20), run(12, 12)]) expect(isAnotherRun(run(10, 14), rows)).toBe(false);
    expect(isAnotherRun([], run(10, 14))).toBe(false);
  });

  test('begins otherwise where more came above it, though its first line names the same day', () => {
    const [before, longer] = [run(20, 24), run(15, 24)];
    expect(longer[0]!.id).toBe(before[0]!.id);
    expect(beginsOtherwise(before, longer)).toBe(true);
    const lacking = before.filter((row) => !row.id.endsWith('22'));
    expect(lacking.length).toBe(before.length - 1);
    expect(beginsOtherwise(lacking, before)).toBe(false);
  });
});
