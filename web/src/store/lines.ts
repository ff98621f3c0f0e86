/** The list of conversations, as a pure function of what is known: pinned on top, then the newest first. */
import type { Pending } from '../core/outbox';
import { MEDIA, type Entry, type Kind } from '../core/types';
import { shownOf } from './amendments';
import { keyFor, type Conversation, type State } from './conversations';
import { isMentioned, unread } from './unread';
import { newest } from './windows';
import type { Settings } from './settings';

export interface TalkLine {
  key: string;
  kind: Kind;
  dstid: number;
  last: Entry | Pending | undefined;
  unread: number;
  /** Something unread mentions me. */
  mentioned: boolean;
  pinned: boolean;
  muted: boolean;
  archived: boolean;
  /** Marked as unread by hand. */
  marked: boolean;
  draft: string;
}

export function linesOf(state: State, pending: readonly Pending[], settings: Settings): TalkLine[] {
  const found = new Map<string, TalkLine>();
  const add = (kind: Kind, dstid: number, talk: Conversation | undefined, last: TalkLine['last']) => {
    const key = keyFor(kind, dstid);
    const set = settings.byKey.get(key);
    found.set(key, {
      key, kind, dstid, last, unread: talk ? unread(talk, state.me) : 0, mentioned: !!talk && isMentioned(talk, state.me),
      pinned: !!set?.pinned, muted: !!set?.muted, archived: !!set?.archived, marked: !!set?.unread, draft: set?.draft ?? '',
    });
  };
  for (const talk of state.conversations.values()) {
    const hidden = settings.byKey.get(talk.key)?.hidden ?? 0;
    if (talk.lastSeq && (!hidden || lastSaid(talk, state.me) > hidden)) add(talk.kind, talk.dstid, talk, newest(talk, state.me));
  }
  for (const message of pending) {
    const key = keyFor(message.kind, message.dstid);
    add(message.kind, message.dstid, state.conversations.get(key), message);
  }
  return [...found.values()].sort((a, b) => Number(b.pinned) - Number(a.pinned) || (b.last?.time ?? 0) - (a.last?.time ?? 0));
}

/** What waits for me, without the conversations that I muted. */
export function unreadIn(lines: readonly TalkLine[]): number {
  return lines.reduce((sum, line) => sum + (line.muted ? 0 : line.unread), 0);
}

/** The last entry that is a message: what brings a hidden conversation back. */
function lastSaid(talk: Conversation, me: number): number {
  return shownOf(talk.entries, me).findLast((entry) => entry.media < MEDIA.notice)?.seq ?? 0;
}
