import type { Content, Entry, Kind } from '../core/types';

/** How a conversation is named: `10/8` with person 8, `11/3` of group 3. */
export type Key = `${Kind}/${number}`;

/** Sequence numbers from and to, both included, all of which are here. */
export type Span = readonly [from: number, to: number];

/** A message of ours that has no number yet. */
export interface Outgoing extends Content {
  msgid: string;
  cmd: Kind;
  dstid: number;
  time: number;
  state: 'sending' | 'failed';
  error?: string;
  errorText?: string;
}

export interface Conversation {
  key: Key;
  cmd: Kind;
  dstid: number;
  /** By seq; every message that was ever shown stays. */
  entries: ReadonlyMap<number, Entry>;
  /** Which numbers were loaded: ascending, apart by at least one. Notices that are shown nowhere count too. */
  spans: readonly Span[];
  /** The newest number that exists. */
  lastSeq: number;
  /** What was here before we joined is not ours to see. */
  joinSeq: number;
  readSeq: number;
  /** How far the other side has read; only with one person. */
  peerReadSeq: number;
  outbox: readonly Outgoing[];
}

export function keyOf(cmd: Kind, dstid: number): Key {
  return `${cmd}/${dstid}`;
}

/** The conversation that a stored message belongs to, seen by `me`. */
export function keyOfEntry(entry: Entry, me: number): Key {
  if (entry.cmd === 11) return keyOf(11, entry.dstid);
  return keyOf(10, entry.userid === me ? entry.dstid : entry.userid);
}

export function newConversation(key: Key): Conversation {
  const [cmd, dstid] = key.split('/').map(Number) as [Kind, number];
  return {
    key, cmd, dstid, entries: new Map(), spans: [], lastSeq: 0, joinSeq: 0, readSeq: 0, peerReadSeq: 0, outbox: [],
  };
}

export function unreadOf(conversation: Conversation): number {
  return Math.max(0, conversation.lastSeq - Math.max(conversation.readSeq, conversation.joinSeq));
}

/** Adds a span to spans; touching ones become one. */
export function joinSpans(spans: readonly Span[], added: Span): readonly Span[] {
  let [from, to] = added;
  if (from > to) return spans;
  const apart: Span[] = [];
  for (const span of spans) {
    if (span[1] < from - 1 || span[0] > to + 1) apart.push(span);
    else [from, to] = [Math.min(from, span[0]), Math.max(to, span[1])];
  }
  return [...apart, [from, to] as Span].sort((a, b) => a[0] - b[0]);
}

/** The newest span: what the page shows, as anything older lies behind a hole. */
export function newestSpan(conversation: Conversation): Span | null {
  return conversation.spans[conversation.spans.length - 1] ?? null;
}

/** The hole to fill before the newest span may be shown as one piece with what is below it; null without one. */
export function holeOf(conversation: Conversation): { after: number; before: number } | null {
  const { spans, lastSeq } = conversation;
  const last = spans[spans.length - 1];
  if (!last) return null;
  if (last[1] < lastSeq) return { after: last[1], before: lastSeq + 1 };
  const earlier = spans[spans.length - 2];
  return earlier ? { after: earlier[1], before: last[0] } : null;
}

/** Whether older messages may be asked for. */
export function hasOlder(conversation: Conversation): boolean {
  const first = conversation.spans[0];
  if (!first) return conversation.lastSeq > conversation.joinSeq;
  return first[0] > conversation.joinSeq + 1;
}
