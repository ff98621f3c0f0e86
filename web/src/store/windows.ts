/**
 * What of a conversation can be shown: entries without a hole between them.
 *
 *   windowOf(conversation, seq)    the unbroken run around a place, or the newest one
 *   bridgeFrom(conversation, seq)  that and what comes after it, where what is between them is on its way
 *   missing(conversation)          what came and we were not told: to be asked from history
 *   newest / lacksNewest           what was said last, and whether that has to be looked for
 */
import type { Entry } from '../core/types';
import { shownOf } from './amendments';
import type { Conversation } from './conversations';
import { firstAtLeast } from './entries';
import { holes, spanAt, type Span, type Spans } from './spans';

export interface Window {
  /** An unbroken run of entries. */
  readonly entries: readonly Entry[];
  /** The first and last seq of the run; nothing where `from` is above `to`. */
  readonly from: number;
  readonly to: number;
  /** History has some before it. */
  readonly older: boolean;
  /** There are some after it, here or on the server. */
  readonly newer: boolean;
}

/** The unbroken run that holds `seq`, or the newest one: what a reader can scroll through now. */
export function windowOf(conversation: Conversation, seq?: number): Window {
  const { entries, spans, joinSeq, lastSeq } = conversation;
  const span = (seq !== undefined && spanAt(spans, seq)) || spans.at(-1);
  if (!span) return { entries: [], from: lastSeq + 1, to: lastSeq, older: lastSeq > joinSeq, newer: false };
  const [from, to] = span;
  // The same list where there is one run only: what is made of it can be kept.
  const run = spans.length === 1 ? entries : entries.slice(firstAtLeast(entries, from), firstAtLeast(entries, to + 1));
  return { entries: run, from, to, older: from > joinSeq + 1, newer: to < lastSeq };
}

export interface Bridge extends Window {
  /** What is missing between its entries. */
  readonly holes: Spans;
}

/** The run that holds `seq`, and those after it as far as nothing but what is on its way keeps them apart. */
export function bridgeFrom(conversation: Conversation, seq: number): Bridge {
  const { entries, spans, lastSeq } = conversation;
  const run = windowOf(conversation, seq);
  let { to } = run;
  const between: Span[] = [];
  for (const [from, end] of spans.filter((span) => span[0] > run.to)) {
    if (holes(missing(conversation), to + 1, from - 1).length) break;
    between.push([to + 1, from - 1]);
    to = end;
  }
  if (!between.length) return { ...run, holes: between };
  const all = entries.slice(firstAtLeast(entries, run.from), firstAtLeast(entries, to + 1));
  return { ...run, entries: all, to, newer: to < lastSeq, holes: between };
}

/** Ranges of seq that came and that we were not told, oldest first. */
export function missing(conversation: Conversation): Spans {
  return conversation.behind;
}

/** The last thing said, as it is now, for the list. */
export function newest(conversation: Conversation, me: number): Entry | undefined {
  return shownOf(conversation.entries, me).at(-1);
}

/** Whether all that is here of its end are changes of messages before them: what was said last is not known then. */
export function lacksNewest(conversation: Conversation, me: number): boolean {
  const end = windowOf(conversation);
  return end.older && !shownOf(end.entries, me).length;
}
