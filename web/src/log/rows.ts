import type { Entry } from '../core/types';
import type { Conversation, Outgoing } from './conversation';

/** How far a message of ours came. */
export type Progress = 'sending' | 'failed' | 'sent' | 'read';

export interface MessageRow {
  type: 'message';
  id: string;
  message: Entry | Outgoing;
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
  | { type: 'notice'; id: string; userid: number; content: string }
  | { type: 'gap'; id: string };

/** Messages of one person within this time are one run. */
const RUN_MS = 5 * 60_000;

/** What a conversation shows, oldest first. `unreadFrom` is the first number that was new when it was opened; 0 for none. */
export function rowsOf(talk: Conversation, me: number, unreadFrom = 0): Row[] {
  const rows: Row[] = [];
  let day = '';
  let end = 0;
  for (const [from, to] of talk.spans) {
    if (end) rows.push({ type: 'gap', id: `gap-${end}` });
    for (let seq = from; seq <= to; seq += 1) {
      const entry = talk.entries.get(seq);
      if (!entry) continue;
      day = pushDay(rows, day, entry.time);
      if (seq === unreadFrom) rows.push({ type: 'unread', id: 'unread' });
      rows.push(entry.media === 20 ? noticeRow(entry) : storedRow(entry, talk, me));
    }
    end = to;
  }
  for (const message of talk.outbox) {
    day = pushDay(rows, day, message.time);
    rows.push(outgoingRow(message, me));
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
  if (now !== day) rows.push({ type: 'day', id: `day-${now}`, time });
  return now;
}

function noticeRow(entry: Entry): Row {
  return { type: 'notice', id: `s-${entry.seq}`, userid: entry.userid, content: entry.content ?? '' };
}

function storedRow(entry: Entry, talk: Conversation, me: number): MessageRow {
  const own = entry.userid === me;
  const read = talk.cmd === 10 && entry.seq <= talk.peerReadSeq;
  return {
    type: 'message', id: rowId(entry.userid, entry.msgid, entry.seq), message: entry, own, userid: entry.userid,
    first: true, last: true, progress: own ? (read ? 'read' : 'sent') : null,
  };
}

function outgoingRow(message: Outgoing, me: number): MessageRow {
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

/** The newest message that a person wrote, or that waits to go out; null in an empty conversation. */
export function lastMessage(talk: Conversation): Entry | Outgoing | null {
  const waiting = talk.outbox[talk.outbox.length - 1];
  if (waiting) return waiting;
  const span = talk.spans[talk.spans.length - 1];
  return (span && talk.entries.get(span[1])) ?? null;
}
