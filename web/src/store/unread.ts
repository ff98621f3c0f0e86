/** What of a conversation is new to me. */
import { MEDIA } from '../core/types';
import { shownOf } from './amendments';
import type { Conversation } from './conversations';
import { firstAtLeast } from './entries';

/** The last seq that I have read, or written. */
export function readUpTo({ entries, readSeq, joinSeq }: Conversation, me: number): number {
  const mine = entries.findLast((entry) => entry.userid === me && entry.media < MEDIA.notice)?.seq ?? 0;
  return Math.max(readSeq, joinSeq, mine);
}

/** Messages that I have not read; notices are none. Whoever writes has read what stands above. */
export function unread(conversation: Conversation, me: number): number {
  const { entries, lastSeq, counted, countedSeq } = conversation;
  const read = readUpTo(conversation, me);
  if (lastSeq <= read) return 0;
  const news = entries.slice(firstAtLeast(entries, read + 1));
  const asides = news.filter((entry) => entry.media >= MEDIA.notice);
  const most = lastSeq - read - asides.length;
  if (news.length === lastSeq - read) return most;
  // Among those that are not here may be any number of notices; both count too many, never too few.
  const since = lastSeq - countedSeq - asides.filter((entry) => entry.seq > countedSeq).length;
  return Math.max(0, Math.min(most, counted + since));
}

/** Whether something unread that was not recalled mentions me or everybody. */
export function isMentioned(conversation: Conversation, me: number): boolean {
  const { entries, readSeq, joinSeq, mentioned } = conversation;
  const read = Math.max(readSeq, joinSeq);
  const first = entries[0]?.seq ?? Infinity;
  if (mentioned > read && mentioned < first) return true;
  return shownOf(entries, me).some(
    (entry) => entry.seq > read && entry.userid !== me && !entry.recalled && entry.at?.some((id) => id === me || id === 0),
  );
}
