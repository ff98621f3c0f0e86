/** One conversation, of 7 with 8, and what a server tells of it: `run` makes a state of that, `only` takes the conversation out. */
import { expect } from 'vitest';
import type { Entry, SyncedConversation } from '../src/core/types';
import { apply, empty, type Change, type Conversation, type State } from '../src/store/conversations';

export const ME = 7;
export const PEER = 8;
export const PAGE = 20;

export function message(seq: number, userid = PEER, text = `text ${seq}`): Entry {
  const dstid = userid === ME ? PEER : ME;
  return { id: 1000 + seq, seq, time: seq * 1000, userid, cmd: 10, dstid, media: 1, content: text };
}

/** What the server would answer to a first sync when its log is `log`. */
export function syncOf(log: readonly Entry[], readSeq = 0, peerReadSeq = 0, joinSeq = 0, peerDelivered = 0): SyncedConversation {
  const seen = log.filter((entry) => entry.seq > joinSeq);
  const entries = seen.slice(-PAGE);
  const last_seq = log.at(-1)?.seq ?? 0;
  return {
    cmd: 10, dstid: PEER, last_seq, join_seq: joinSeq, read_seq: Math.max(readSeq, joinSeq),
    peer_read_seq: peerReadSeq, peer_delivered_seq: Math.max(peerReadSeq, peerDelivered), delivered_seq: 0, unread: Math.max(0, last_seq - Math.max(readSeq, joinSeq)), mentioned: 0, entries,
    gap: seen.length > entries.length,
  };
}

export function run(changes: readonly Change[], state: State = empty(ME)): State {
  return changes.reduce(apply, state);
}

export function only(state: State): Conversation {
  expect([...state.conversations.keys()]).toEqual(['10:8']);
  return state.conversations.get('10:8')!;
}

export const synced = (conversation: SyncedConversation): Change => ({ type: 'synced', conversations: [conversation] });
export const live = (entry: Entry): Change => ({ type: 'entry', entry });
