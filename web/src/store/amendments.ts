/**
 * What became of messages, as a pure function of entries: recalls, edits and reactions are entries of their own.
 *
 *   isAmendment(entry)              whether it changes another and is not shown itself
 *   shownOf(entries, me)            the messages and notices as they are now
 *   withoutRecalled(entries)        the entries without what recalled messages said
 *
 * A message as the server gives it shows every change up to its `rev` already; the entries above that are applied
 * in their order. So it does not matter which of them came first, nor how.
 */
import { MEDIA, type Entry, type Reaction } from '../core/types';

export function isAmendment(entry: Entry): boolean {
  return entry.media > MEDIA.notice;
}

const known = new WeakMap<readonly Entry[], readonly Entry[]>();

/** The same list for the same list: pages ask again and again. */
export function shownOf(entries: readonly Entry[], me: number): readonly Entry[] {
  const found = known.get(entries);
  if (found) return found;
  const shown = entries.some(isAmendment) ? fold(entries, me) : entries;
  known.set(entries, shown);
  return shown;
}

function fold(entries: readonly Entry[], me: number): Entry[] {
  const changes = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (!isAmendment(entry) || !entry.target) continue;
    changes.set(entry.target, [...(changes.get(entry.target) ?? []), entry]);
  }
  return entries
    .filter((entry) => !isAmendment(entry))
    .map((entry) => (changes.get(entry.seq) ?? []).reduce((now, change) => amend(now, change, me), entry));
}

/** Nobody keeps what was recalled, nor what edits made of it. The same list if there is nothing to take away. */
export function withoutRecalled(entries: readonly Entry[]): readonly Entry[] {
  const recalls = new Map(entries.flatMap((one) => (one.media === MEDIA.recalled && one.target ? [[one.target, one]] : [])));
  if (!recalls.size) return entries;
  const emptied = entries.map((entry) => {
    const recall = recalls.get(entry.seq);
    if (recall && recall.seq > (entry.rev ?? 0)) return recalled({ ...entry, rev: recall.seq }, recall.userid);
    return entry.media === MEDIA.edited && recalls.has(entry.target ?? 0) ? withoutContent(entry) : entry;
  });
  return emptied.some((entry, at) => entry !== entries[at]) ? emptied : entries;
}

function withoutContent(edit: Entry): Entry {
  const { content, ...rest } = edit;
  return content === undefined ? edit : rest;
}

function amend(message: Entry, change: Entry, me: number): Entry {
  if (change.seq <= (message.rev ?? 0)) return message;
  const next = { ...message, rev: change.seq };
  switch (change.media) {
    case MEDIA.recalled:
      return recalled(next, change.userid);
    case MEDIA.edited:
      return { ...next, content: change.content ?? '', edited: change.time };
    case MEDIA.reacted:
      return withReactions(next, react(message.reactions ?? [], change, me));
    case MEDIA.pinned:
      return withPin(next, !!change.amount);
    default:
      return next; // a newer server's
  }
}

function recalled(message: Entry, userid: number): Entry {
  const { id, seq, time, cmd, dstid, media, msgid, rev } = message;
  return { id, seq, time, userid: message.userid, cmd, dstid, media, ...(msgid && { msgid }), rev, recalled: userid };
}

function withPin(message: Entry, pinned: boolean): Entry {
  const { pinned: _, ...rest } = message;
  return pinned ? { ...rest, pinned } : rest;
}

function withReactions(message: Entry, reactions: readonly Reaction[]): Entry {
  const { reactions: _, ...rest } = message;
  return reactions.length ? { ...rest, reactions } : rest;
}

function react(old: readonly Reaction[], change: Entry, me: number): Reaction[] {
  const emoji = change.content ?? '';
  const step = change.amount ? 1 : -1;
  const before = old.find((one) => one.emoji === emoji) ?? { emoji, count: 0, mine: false };
  const mine = change.userid === me ? step > 0 : before.mine;
  return [...old.filter((one) => one !== before), { emoji, count: before.count + step, mine }]
    .filter((one) => one.count > 0)
    .sort((a, b) => b.count - a.count || byCodePoint(a.emoji, b.emoji));
}

/** The order of the server's databases; JavaScript's own compares halves of characters. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (char) => char.codePointAt(0)!);
  const right = Array.from(b, (char) => char.codePointAt(0)!);
  const at = left.findIndex((code, place) => code !== right[place]);
  return at < 0 ? left.length - right.length : left[at]! - (right[at] ?? -1);
}
