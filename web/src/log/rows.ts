import type { Pending } from '../core/outbox';
import { noticeOf } from '../core/summary';
import { MEDIA, type Entry } from '../core/types';
import { shownOf } from '../store/amendments';
import type { Conversation } from '../store/conversations';

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
  | { type: 'notice'; id: string; userid: number; content: string; memo: string }
  | { type: 'gap'; id: string };

/** Messages of one person within this time are one run. */
const RUN_MS = 5 * 60_000;

/**
 * What a conversation shows, oldest first. Everything that is here is shown, with a mark where some between is
 * still missing. `unreadFrom` is the first number that was new when it was opened; 0 for none.
 */
export function rowsOf(talk: Conversation | undefined, pending: readonly Pending[], me: number, unreadFrom = 0): Row[] {
  const rows: Row[] = [];
  const spans = talk?.spans ?? [];
  let day = '';
  let at = 0;
  for (const entry of shownOf(talk?.entries ?? [], me)) {
    const end = spans[at]?.[1] ?? Infinity;
    if (entry.seq > end) {
      rows.push({ type: 'gap', id: `gap-${end}` });
      while ((spans[at]?.[1] ?? Infinity) < entry.seq) at += 1;
    }
    day = pushDay(rows, day, entry.time);
    if (entry.seq === unreadFrom) rows.push({ type: 'unread', id: 'unread' });
    rows.push(entry.media === MEDIA.notice || entry.recalled ? noticeRow(entry) : storedRow(entry, talk!, me));
  }
  for (const message of pending) {
    day = pushDay(rows, day, message.time);
    rows.push(pendingRow(message, me));
  }
  joinRuns(rows);
  return rows;
}

/** The same for a message before and after it has a number, so that its row stays where it is. */
export function rowId(userid: number, msgid: string | undefined, seq: number): string {
  return msgid ? `m-${userid}-${msgid}` : `s-${seq}`;
}

function pushDay(rows: Row[], day: string, time: number): string {
  const now = new Date(time).toDateString();
  // Where clocks disagree a day can come twice: the row above makes the name unique.
  if (now !== day) rows.push({ type: 'day', id: `day-${now}-${day && (rows.at(-1)?.id ?? '')}`, time });
  return now;
}

function noticeRow(entry: Entry): Row {
  return { type: 'notice', id: `s-${entry.seq}`, userid: entry.recalled ?? entry.userid, ...noticeOf(entry) };
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
