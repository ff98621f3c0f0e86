/**
 * What is known of all conversations, as a pure function of what the server said.
 *
 * The same facts in any order, any number of times, give the same state: live frames may come before the
 * sync's answer, twice, or not at all, and the next sync repairs it. No Vue, no clock, no network here.
 *
 *   empty(me)                       nothing known yet
 *   apply(state, change)            the state with a fact added; the same object if it says nothing new
 *   keyOf / keyFor                  the name of a conversation: "10:8" a person, "11:3" a group
 *
 * What the pages show of a conversation is in `windows.ts` and `unread.ts`.
 */
import type { Entry, Erased, Kind, SyncedConversation } from '../core/types';
import { merge } from './entries';
import { cover, cutBelow, holes, type Spans } from './spans';

export interface Conversation {
  readonly key: string;
  readonly kind: Kind;
  /** The person or the group, as frames to it are addressed. */
  readonly dstid: number;
  /** Ascending by seq, each once. Holes are possible: `spans` says what is complete. */
  readonly entries: readonly Entry[];
  readonly spans: Spans;
  /** What came while we were not told. It may say what became of the entries below, so it has to be fetched. */
  readonly behind: Spans;
  readonly lastSeq: number;
  /** Entries up to here were before my time. */
  readonly joinSeq: number;
  readonly readSeq: number;
  readonly peerReadSeq: number;
  /** What a device of the other person has received; what was read is that too. */
  readonly peerDeliveredSeq: number;
  /** Only live frames spoke of it yet, so `joinSeq` is a guess: sync again. */
  readonly guessed: boolean;
  /** The newest entry that the server knew to mention me, unread then. */
  readonly mentioned: number;
  /** So many messages up to `countedSeq` were unread when the server counted last, which also knows of entries that are not here. */
  readonly counted: number;
  readonly countedSeq: number;
  /** What I deleted for myself and may still be told of. */
  readonly erased: ReadonlySet<number>;
}

export interface State {
  readonly me: number;
  readonly conversations: ReadonlyMap<string, Conversation>;
}

export type Change =
  | { type: 'entry'; entry: Entry }
  | { type: 'synced'; conversations: readonly SyncedConversation[] }
  | HistoryPage
  | { type: 'read'; kind: Kind; dstid: number; userid: number; seq: number }
  | { type: 'delivered'; dstid: number; seq: number }
  | { type: 'erased'; erased: readonly Omit<Erased, 'cmd' | 'revision'>[] }
  | { type: 'left'; kind: Kind; dstid: number };

/** An answer of /message/history; `gap` is the envelope's: more follow in that direction. */
export interface HistoryPage {
  type: 'history';
  kind: Kind;
  dstid: number;
  entries: readonly Entry[];
  gap: boolean;
  /** What was asked; one of both, exclusive. */
  before?: number;
  after?: number;
}

export function empty(me: number): State {
  return { me, conversations: new Map() };
}

export function keyFor(kind: Kind, dstid: number): string {
  return `${kind}:${dstid}`;
}

/** A message to me belongs to its sender's conversation, every other one to whom it was sent. */
export function keyOf(entry: Pick<Entry, 'cmd' | 'dstid' | 'userid'>, me: number): string {
  return keyFor(entry.cmd, peerOf(entry, me));
}

function peerOf(entry: Pick<Entry, 'cmd' | 'dstid' | 'userid'>, me: number): number {
  return entry.cmd === 10 && entry.userid !== me ? entry.userid : entry.dstid;
}

export function apply(state: State, change: Change): State {
  switch (change.type) {
    case 'entry':
      return addEntry(state, change.entry);
    case 'synced':
      return change.conversations.reduce(addSynced, state);
    case 'history':
      return addPage(state, change);
    case 'read':
      return addMark(state, change);
    case 'delivered': {
      const old = open(state, 10, change.dstid);
      return change.seq > old.peerDeliveredSeq ? put(state, { ...old, peerDeliveredSeq: change.seq }) : state;
    }
    case 'erased':
      return change.erased.reduce(erase, state);
    case 'left':
      return remove(state, keyFor(change.kind, change.dstid));
  }
}

function addEntry(state: State, entry: Entry): State {
  const old = open(state, entry.cmd, peerOf(entry, state.me));
  const joinSeq = old.guessed ? Math.min(old.joinSeq, entry.seq - 1) : old.joinSeq;
  const spans = entry.seq > joinSeq ? cover(old.spans, entry.seq, entry.seq) : old.spans;
  return put(state, {
    ...old,
    joinSeq,
    lastSeq: Math.max(old.lastSeq, entry.seq),
    entries: merge(old.entries, [entry], joinSeq, old.erased),
    spans,
    behind: stillBehind(old, spans, entry.seq),
  });
}

function addSynced(state: State, synced: SyncedConversation): State {
  const old = open(state, synced.cmd, synced.dstid);
  const joinSeq = old.guessed ? synced.join_seq : Math.max(old.joinSeq, synced.join_seq);
  const first = synced.gap ? (synced.entries[0]?.seq ?? synced.last_seq + 1) : joinSeq + 1;
  // The answer's own entries may reach beyond its last_seq by a message that came meanwhile.
  const last = Math.max(synced.last_seq, synced.entries.at(-1)?.seq ?? 0);
  const spans = cover(cutBelow(old.spans, joinSeq), first, last);
  const isCounted = synced.last_seq > old.countedSeq || (synced.last_seq === old.countedSeq && synced.unread < old.counted);
  return put(state, {
    ...old,
    ...(isCounted && { counted: synced.unread, countedSeq: synced.last_seq }),
    guessed: false,
    joinSeq,
    lastSeq: Math.max(old.lastSeq, last),
    readSeq: Math.max(old.readSeq, synced.read_seq, joinSeq),
    peerReadSeq: Math.max(old.peerReadSeq, synced.peer_read_seq ?? 0),
    peerDeliveredSeq: Math.max(old.peerDeliveredSeq, synced.peer_delivered_seq ?? 0, synced.peer_read_seq ?? 0),
    mentioned: Math.max(old.mentioned, synced.mentioned),
    entries: merge(old.entries, synced.entries, joinSeq, old.erased),
    spans,
    behind: stillBehind(old, spans, first),
  });
}

/** Between what was here and news that begin at `first` something may be missing. */
function stillBehind(old: Conversation, spans: Spans, first: number): Spans {
  const before = old.spans.findLast((span) => span[1] < first);
  return holesWithin(before ? cover(old.behind, before[1] + 1, first - 1) : old.behind, spans);
}

function holesWithin(ranges: Spans, spans: Spans): Spans {
  return ranges.length ? ranges.flatMap(([from, to]) => holes(spans, from, to)) : ranges;
}

function addPage(state: State, page: HistoryPage): State {
  const old = state.conversations.get(keyFor(page.kind, page.dstid));
  if (!old) return state;
  let from: number;
  let to: number;
  if (page.after !== undefined) {
    from = page.after + 1;
    to = page.gap ? (page.entries.at(-1)?.seq ?? page.after) : Math.max(old.lastSeq, page.entries.at(-1)?.seq ?? 0);
  } else {
    to = (page.before ?? old.lastSeq + 1) - 1;
    from = page.gap ? (page.entries[0]?.seq ?? to + 1) : old.joinSeq + 1;
  }
  const spans = cover(old.spans, Math.max(from, old.joinSeq + 1), to);
  return put(state, {
    ...old,
    lastSeq: Math.max(old.lastSeq, page.entries.at(-1)?.seq ?? 0),
    entries: merge(old.entries, page.entries, old.joinSeq, old.erased),
    spans,
    behind: holesWithin(old.behind, spans),
  });
}

/** Marks only grow. Those of other members of a group are not kept yet. */
function addMark(state: State, mark: Extract<Change, { type: 'read' }>): State {
  const mine = mark.userid === state.me;
  if (!mine && mark.kind !== 10) return state;
  const old = open(state, mark.kind, mark.dstid);
  if (mine) return mark.seq > old.readSeq ? put(state, { ...old, readSeq: mark.seq }) : state;
  if (mark.seq <= old.peerReadSeq) return state;
  return put(state, { ...old, peerReadSeq: mark.seq, peerDeliveredSeq: Math.max(old.peerDeliveredSeq, mark.seq) });
}

function erase(state: State, { kind, dstid, seqs }: Omit<Erased, 'cmd' | 'revision'>): State {
  const old = open(state, kind, dstid);
  const news = seqs.filter((seq) => !old.erased.has(seq));
  if (!news.length) return state;
  const erased = new Set([...old.erased, ...news]);
  return put(state, { ...old, erased, entries: old.entries.filter((entry) => !erased.has(entry.seq)) });
}

function remove(state: State, key: string): State {
  if (!state.conversations.has(key)) return state;
  const conversations = new Map(state.conversations);
  conversations.delete(key);
  return { ...state, conversations };
}

/** The conversation, or a blank one that knows nothing but its name. */
function open(state: State, kind: Kind, dstid: number): Conversation {
  const key = keyFor(kind, dstid);
  return (
    state.conversations.get(key) ?? {
      key, kind, dstid, entries: [], spans: [], behind: [], lastSeq: 0, joinSeq: Infinity, readSeq: 0, peerReadSeq: 0,
      peerDeliveredSeq: 0, guessed: true, mentioned: 0, counted: 0, countedSeq: 0, erased: NONE,
    }
  );
}

const NONE: ReadonlySet<number> = new Set();

function put(state: State, next: Conversation): State {
  const old = state.conversations.get(next.key);
  if (old && (Object.keys(next) as (keyof Conversation)[]).every((field) => old[field] === next[field])) return state;
  return { ...state, conversations: new Map(state.conversations).set(next.key, next) };
}
