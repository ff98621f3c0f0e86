import type { Entry, Kind, SyncedConversation } from '../core/types';
import {
  joinSpans, keyOf, keyOfEntry, newConversation, type Conversation, type Key, type Outgoing,
} from './conversation';

/** Everything that is known of the conversations. A value: each change makes a new one. */
export interface Log {
  me: number;
  conversations: ReadonlyMap<Key, Conversation>;
}

export type Event =
  | { type: 'live'; entry: Entry }
  | { type: 'synced'; conversations: readonly SyncedConversation[] }
  | { type: 'history'; cmd: Kind; dstid: number; entries: readonly Entry[]; after?: number; before?: number; gap: boolean }
  | { type: 'ack'; msgid: string; id: number; seq: number; time: number }
  | { type: 'refused'; msgid: string; error: string; text: string }
  | { type: 'send'; message: Outgoing }
  | { type: 'again'; msgid: string }
  | { type: 'dropped'; msgid: string }
  | { type: 'read'; cmd: Kind; dstid: number; userid: number; seq: number }
  | { type: 'opened'; cmd: Kind; dstid: number }
  | { type: 'removed'; cmd: Kind; dstid: number };

export function emptyLog(me: number): Log {
  return { me, conversations: new Map() };
}

/** The log after an event. Pure: the same events in any order that a network can give end in the same log. */
export function reduce(log: Log, event: Event): Log {
  switch (event.type) {
    case 'live':
      return change(log, keyOfEntry(event.entry, log.me), (talk) => withLive(talk, event.entry, log.me));
    case 'synced':
      return event.conversations.reduce(
        (now, synced) => change(now, keyOf(synced.cmd, synced.dstid), (talk) => withSynced(talk, synced, log.me)), log);
    case 'history':
      return change(log, keyOf(event.cmd, event.dstid), (talk) => withHistory(talk, event, log.me));
    case 'ack':
      return changeHolder(log, event.msgid, (talk, message) => withAck(talk, message, event, log.me));
    case 'refused':
      return changeHolder(log, event.msgid, (talk) =>
        withOutgoing(talk, event.msgid, { state: 'failed', error: event.error, errorText: event.text }));
    case 'send':
      return change(log, keyOf(event.message.cmd, event.message.dstid), (talk) => withSend(talk, event.message));
    case 'again':
      return changeHolder(log, event.msgid, (talk) =>
        withOutgoing(talk, event.msgid, { state: 'sending', error: undefined, errorText: undefined }));
    case 'dropped':
      return changeHolder(log, event.msgid, (talk) => ({ ...talk, outbox: without(talk.outbox, event.msgid) }));
    case 'read':
      return changeKnown(log, keyOf(event.cmd, event.dstid), (talk) => withRead(talk, event.userid, event.seq, log.me));
    case 'opened':
      return change(log, keyOf(event.cmd, event.dstid), (talk) => talk);
    case 'removed':
      return removed(log, keyOf(event.cmd, event.dstid));
  }
}

type Step = (talk: Conversation) => Conversation;

function change(log: Log, key: Key, step: Step): Log {
  const before = log.conversations.get(key);
  const after = step(before ?? newConversation(key));
  if (after === before) return log;
  return { ...log, conversations: new Map(log.conversations).set(key, after) };
}

function changeKnown(log: Log, key: Key, step: Step): Log {
  return log.conversations.has(key) ? change(log, key, step) : log;
}

function changeHolder(log: Log, msgid: string, step: (talk: Conversation, message: Outgoing) => Conversation): Log {
  for (const [key, talk] of log.conversations) {
    const message = talk.outbox.find((one) => one.msgid === msgid);
    if (message) return change(log, key, (now) => step(now, message));
  }
  return log;
}

function removed(log: Log, key: Key): Log {
  const conversations = new Map(log.conversations);
  return conversations.delete(key) ? { ...log, conversations } : log;
}

/** Adds entries; one that is here already stays as it is, and ours leave the outbox. */
function withEntries(talk: Conversation, added: readonly Entry[], me: number): Conversation {
  if (added.length === 0) return talk;
  const entries = new Map(talk.entries);
  let { outbox, readSeq, lastSeq } = talk;
  for (const entry of added) {
    if (!entries.has(entry.seq)) entries.set(entry.seq, entry);
    lastSeq = Math.max(lastSeq, entry.seq);
    if (entry.userid !== me || entry.media === 20) continue;
    // Whoever answers has read what came before; the server counts the same way.
    readSeq = Math.max(readSeq, entry.seq);
    if (entry.msgid) outbox = without(outbox, entry.msgid);
  }
  return { ...talk, entries, outbox, readSeq, lastSeq };
}

function withLive(talk: Conversation, entry: Entry, me: number): Conversation {
  const grown = withEntries(talk, [entry], me);
  return { ...grown, spans: joinSpans(talk.spans, [entry.seq, entry.seq]) };
}

function withSynced(talk: Conversation, synced: SyncedConversation, me: number): Conversation {
  const grown = withEntries(talk, synced.entries, me);
  const newest = synced.entries[synced.entries.length - 1]?.seq ?? 0;
  const oldest = synced.entries[0]?.seq ?? 0;
  // Without a gap the entries reach back to the first that is ours to see.
  const from = synced.gap ? oldest : synced.join_seq + 1;
  return {
    ...grown,
    spans: newest ? joinSpans(talk.spans, [from, newest]) : talk.spans,
    lastSeq: Math.max(grown.lastSeq, synced.last_seq),
    joinSeq: Math.max(grown.joinSeq, synced.join_seq),
    readSeq: Math.max(grown.readSeq, synced.read_seq),
    peerReadSeq: Math.max(grown.peerReadSeq, synced.peer_read_seq ?? 0),
  };
}

function withHistory(talk: Conversation, event: Event & { type: 'history' }, me: number): Conversation {
  const grown = withEntries(talk, event.entries, me);
  const first = event.entries[0]?.seq;
  const last = event.entries[event.entries.length - 1]?.seq;
  const { after, before } = event;
  // The answer is whole between what was asked and where it ends; with no gap it ends at the log's own end.
  const from = after !== undefined ? after + 1 : event.gap || first === undefined ? first : Math.min(first, talk.joinSeq + 1);
  const to = before !== undefined ? before - 1 : last ?? after;
  if (from === undefined || to === undefined) {
    return before === undefined ? grown : { ...grown, spans: joinSpans(grown.spans, [talk.joinSeq + 1, before - 1]) };
  }
  return { ...grown, spans: joinSpans(grown.spans, [from, to]) };
}

function withAck(talk: Conversation, message: Outgoing, ack: { id: number; seq: number; time: number }, me: number): Conversation {
  const { state: _s, error: _e, errorText: _t, ...content } = message;
  return withLive(talk, { ...content, id: ack.id, seq: ack.seq, time: ack.time, userid: me }, me);
}

function withSend(talk: Conversation, message: Outgoing): Conversation {
  if (talk.outbox.some((one) => one.msgid === message.msgid)) return talk;
  return { ...talk, outbox: [...talk.outbox, message] };
}

function withOutgoing(talk: Conversation, msgid: string, part: Partial<Outgoing>): Conversation {
  return { ...talk, outbox: talk.outbox.map((one) => (one.msgid === msgid ? { ...one, ...part } : one)) };
}

function withRead(talk: Conversation, userid: number, seq: number, me: number): Conversation {
  if (userid === me) return seq > talk.readSeq ? { ...talk, readSeq: seq } : talk;
  if (talk.cmd !== 10 || seq <= talk.peerReadSeq) return talk;
  return { ...talk, peerReadSeq: seq };
}

function without(outbox: readonly Outgoing[], msgid: string): readonly Outgoing[] {
  return outbox.some((one) => one.msgid === msgid) ? outbox.filter((one) => one.msgid !== msgid) : outbox;
}
