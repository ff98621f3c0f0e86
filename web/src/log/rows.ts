import { noticeOf, type Notice } from '../core/notices';
import type { Pending } from '../core/outbox';
import { MEDIA, type Entry } from '../core/types';
import { shownOf } from '../store/amendments';
import type { Conversation } from '../store/conversations';
import { windowOf, type Window } from '../store/windows';

/** How far a message of ours came. */
export type Progress = 'uploading' | 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

export interface MessageRow {
  type: 'message';
  id: string;
  message: Entry | Pending;
  own: boolean;
  userid: number;
  /** First and last of a run of one person's messages: name and picture, and the bubble's corner. */
  first: boolean;
  last: boolean;
  progress: Progress | null;
}

export interface NoticeRow extends Notice {
  type: 'notice';
  id: string;
  seq: number;
  userid: number;
  /** Where several came in a row: who, first to last, and the number of the first; `seq` is the last one's. */
  joined?: readonly number[];
  from?: number;
}

export type Row =
  | MessageRow
  | { type: 'day'; id: string; time: number }
  | { type: 'unread'; id: string }
  /** Messages that are on their way come here. */
  | { type: 'hole'; id: string }
  | NoticeRow;

/** Messages of one person within this time are one run. */
const RUN_MS = 5 * 60_000;

/**
 * What a conversation shows, oldest first: an unbroken run of entries, and what waits to be sent under its end.
 * `unreadFrom` is the first number that was new when it was opened; 0 for none.
 */
export function rowsOf(
  talk: Conversation | undefined, pending: readonly Pending[], me: number, unreadFrom = 0,
  view: Window | undefined = talk && windowOf(talk),
): Row[] {
  return new RowBuilder().build(talk, pending, me, unreadFrom, view);
}

interface Built {
  entries: readonly Entry[];
  rows: readonly Row[];
  /** How many rows there are up to and with each entry. */
  ends: readonly number[];
  unreadFrom: number;
  older: boolean;
  marks: Marks;
}

/** How far the other person has read, and a device of theirs has received. */
type Marks = Pick<Conversation, 'peerReadSeq' | 'peerDeliveredSeq'>;

const NO_MARKS: Marks = { peerReadSeq: 0, peerDeliveredSeq: 0 };

/**
 * The same, for a list that changes: the rows of entries that are still there are taken from the last time, as
 * making a hundred thousand takes longer than a frame. Only what changed, and one entry on each side of it, is made.
 */
export class RowBuilder {
  private last: Built = { entries: [], rows: [], ends: [], unreadFrom: 0, older: false, marks: NO_MARKS };

  build(
    talk: Conversation | undefined, pending: readonly Pending[], me: number, unreadFrom: number, view: Window | undefined,
  ): Row[] {
    const entries = shownOf(view?.entries ?? [], me);
    const marks = talk ?? NO_MARKS;
    const older = view?.older ?? false;
    const { last } = this;
    const [above, below] = last.unreadFrom === unreadFrom && last.older === older ? kept(last, entries, marks) : [0, 0];
    const rows = last.rows.slice(0, last.ends[above - 1] ?? 0);
    const ends = last.ends.slice(0, above);
    const from = rows.length;
    let time: number | undefined = entries[above - 1]?.time;
    let unread = unreadFrom && !((entries[above - 1]?.seq ?? 0) >= unreadFrom) ? unreadFrom : Infinity;
    const add = (row: MessageRow | Row, at: number) => {
      // Above the first that is loaded there is no name while there are older ones: it would go when they come, and
      // what comes in its place is taken to be as high as it was, which pushes away what is being read.
      // Where clocks disagree a day can come twice: the row above makes the name unique.
      if (time === undefined ? !older : dayOf(at) !== dayOf(time)) {
        rows.push({ type: 'day', id: `day-${dayOf(at)}-${time === undefined ? '' : rows.at(-1)?.id}`, time: at });
      }
      time = at;
      rows.push(row);
    };
    for (let at = above; at < entries.length - below; at += 1) {
      const entry = entries[at]!;
      const row = entry.media === MEDIA.notice || entry.recalled ? noticeRow(entry) : storedRow(entry, talk!, me);
      if (entry.seq >= unread) {
        add({ type: 'unread', id: 'unread' }, entry.time);
        unread = Infinity;
      }
      add(row, entry.time);
      ends.push(rows.length);
    }
    const to = rows.length;
    if (below) {
      const start = last.ends[last.entries.length - below - 1] ?? 0;
      const moved = to - start;
      for (let at = start; at < last.ends.at(-1)!; at += 1) rows.push(last.rows[at]!);
      for (let at = last.entries.length - below; at < last.entries.length; at += 1) ends.push(last.ends[at]! + moved);
      time = entries.at(-1)?.time;
    }
    const stored = rows.length;
    for (const message of view?.newer ? [] : pending) add(pendingRow(message, me), message.time);
    joinRuns(rows, from, to);
    joinRuns(rows, stored, rows.length);
    this.last = { entries, rows, ends, unreadFrom, older, marks };
    return rows;
  }
}

/** How many entries at the beginning and at the end are as they were, less one where something else is next to them. */
function kept(last: Built, entries: readonly Entry[], marks: Marks): [number, number] {
  const old = last.entries;
  // Messages that arrived or were read meanwhile have another sign.
  const moved = (['peerReadSeq', 'peerDeliveredSeq'] as const).map((mark) => [last.marks[mark], marks[mark]].sort((a, b) => a - b));
  const same = (one: Entry | undefined, other: Entry | undefined) =>
    one !== undefined && one === other && moved.every(([least, most]) => one.seq <= least! || one.seq > most!);
  let above = 0;
  while (same(old[above], entries[above])) above += 1;
  let below = 0;
  while (below < entries.length - above && same(old[old.length - 1 - below], entries[entries.length - 1 - below])) below += 1;
  return [Math.max(0, above - 1), Math.max(0, below - 1)];
}

/** The number of what a row shows; 0 where it has none. */
export function seqOf(row: Row | undefined): number {
  if (row?.type === 'notice') return row.seq;
  return row?.type === 'message' && 'seq' in row.message ? row.message.seq : 0;
}

/** Whether this row stands for the entry with that number, alone or among others. */
export function holds(row: Row | undefined, seq: number): boolean {
  if (row?.type === 'notice' && row.from) return row.from <= seq && seq <= row.seq;
  return seq > 0 && seqOf(row) === seq;
}

/** The same for a message before and after it has a number, so that its row stays where it is. */
export function rowId(userid: number, msgid: string | undefined, seq: number): string {
  return msgid ? `m-${userid}-${msgid}` : `s-${seq}`;
}

/** The day that was named last, in ms: making dates of a hundred thousand times takes longer than all the rest. */
let day = { from: 0, to: 0, name: '' };

function dayOf(time: number): string {
  if (time >= day.from && time < day.to) return day.name;
  const midnight = new Date(time);
  midnight.setHours(0, 0, 0, 0);
  const next = new Date(midnight);
  next.setDate(next.getDate() + 1);
  day = { from: midnight.getTime(), to: next.getTime(), name: midnight.toDateString() };
  return day.name;
}

function noticeRow(entry: Entry): Row {
  return { type: 'notice', id: `s-${entry.seq}`, seq: entry.seq, userid: entry.recalled ?? entry.userid, ...noticeOf(entry) };
}

function storedRow(entry: Entry, talk: Conversation, me: number): MessageRow {
  const own = entry.userid === me;
  return {
    type: 'message', id: rowId(entry.userid, entry.msgid, entry.seq), message: entry, own, userid: entry.userid,
    first: true, last: true, progress: own ? progressOf(entry.seq, talk) : null,
  };
}

function progressOf(seq: number, { kind, peerReadSeq, peerDeliveredSeq }: Conversation): Progress {
  if (kind !== 10) return 'sent';
  if (seq <= peerReadSeq) return 'read';
  return seq <= peerDeliveredSeq ? 'delivered' : 'sent';
}

function pendingRow(message: Pending, me: number): MessageRow {
  return {
    type: 'message', id: rowId(me, message.msgid, 0), message, own: true, userid: me, first: true, last: true,
    progress: message.state,
  };
}

/** Marks the runs among the rows from `start` to `end` and with those beside them. */
function joinRuns(rows: readonly Row[], start: number, end: number): void {
  for (let at = Math.max(1, start); at <= end && at < rows.length; at += 1) {
    const above = rows[at - 1];
    const row = rows[at];
    if (above?.type !== 'message' || row?.type !== 'message') continue;
    if (above.userid !== row.userid || row.message.time - above.message.time > RUN_MS) continue;
    above.last = false;
    row.first = false;
  }
}
