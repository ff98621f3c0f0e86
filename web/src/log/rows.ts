import { noticeOf, type Notice } from '../core/notices';
import type { Pending } from '../core/outbox';
import { MEDIA, type Entry } from '../core/types';
import { shownOf } from '../store/amendments';
import { windowOf, type Conversation, type Window } from '../store/conversations';

/** How far a message of ours came. */
export type Progress = 'uploading' | 'sending' | 'failed' | 'sent' | 'read';

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

export type Row =
  | MessageRow
  | { type: 'day'; id: string; time: number }
  | { type: 'unread'; id: string }
  | ({ type: 'notice'; id: string; seq: number; userid: number } & Notice);

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
  const rows: Row[] = [];
  let unread = unreadFrom || Infinity;
  let named = '';
  const nameDay = (time: number) => {
    const name = dayOf(time);
    // Where clocks disagree a day can come twice: the row above makes the name unique.
    if (name !== named) rows.push({ type: 'day', id: `day-${name}-${named && (rows.at(-1)?.id ?? '')}`, time });
    named = name;
  };
  for (const entry of shownOf(view?.entries ?? [], me)) {
    nameDay(entry.time);
    if (entry.seq >= unread) {
      rows.push({ type: 'unread', id: 'unread' });
      unread = Infinity;
    }
    rows.push(entry.media === MEDIA.notice || entry.recalled ? noticeRow(entry) : storedRow(entry, talk!, me));
  }
  for (const message of view?.newer ? [] : pending) {
    nameDay(message.time);
    rows.push(pendingRow(message, me));
  }
  joinRuns(rows);
  return rows;
}

/** The number of what a row shows; 0 where it has none. */
export function seqOf(row: Row | undefined): number {
  if (row?.type === 'notice') return row.seq;
  return row?.type === 'message' && 'seq' in row.message ? row.message.seq : 0;
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
  const read = talk.kind === 10 && entry.seq <= talk.peerReadSeq;
  return {
    type: 'message', id: rowId(entry.userid, entry.msgid, entry.seq), message: entry, own, userid: entry.userid,
    first: true, last: true, progress: own ? (read ? 'read' : 'sent') : null,
  };
}

function pendingRow(message: Pending, me: number): MessageRow {
  return {
    type: 'message', id: rowId(me, message.msgid, 0), message, own: true, userid: me, first: true, last: true,
    progress: message.state,
  };
}

function joinRuns(rows: Row[]): void {
  for (let at = 1; at < rows.length; at += 1) {
    const above = rows[at - 1];
    const row = rows[at];
    if (above?.type !== 'message' || row?.type !== 'message') continue;
    if (above.userid !== row.userid || row.message.time - above.message.time > RUN_MS) continue;
    above.last = false;
    row.first = false;
  }
}
