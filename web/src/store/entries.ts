/** What is here of a conversation's entries: a list that ascends by seq, with each of them once. */
import { MEDIA, type Entry } from '../core/types';
import { withoutRecalled } from './amendments';

/**
 * Both lists in one, ascending, each seq once, nothing up to `joinSeq` and nothing erased; the same list if nothing is new. Of one
 * message twice the one stays that shows more of what became of it; of a recalled one nothing does that it said.
 */
export function merge(
  old: readonly Entry[], more: readonly Entry[], joinSeq: number, erased: ReadonlySet<number>,
): readonly Entry[] {
  const above = old.length && old[0]!.seq <= joinSeq ? old.filter((entry) => entry.seq > joinSeq) : old;
  const kept = replaced(above, more);
  const news = more.filter((entry) => entry.seq > joinSeq && !erased.has(entry.seq) && indexOf(kept, entry.seq) < 0);
  if (!news.length) return kept;
  const end = kept.at(-1)?.seq ?? -1;
  const joined = [...kept, ...news];
  // Nearly always a live message behind all others: no sorting then.
  const inOrder = news.every((entry, at) => entry.seq > (at ? news[at - 1]!.seq : end));
  // What is newer than all that is here was not recalled yet.
  if (inOrder) return news.some((entry) => entry.media === MEDIA.recalled) ? withoutRecalled(joined) : joined;
  return withoutRecalled(dropRepeats(joined.sort((a, b) => a.seq - b.seq)));
}

function replaced(old: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const newer = more.filter((entry) => {
    const known = old[indexOf(old, entry.seq)];
    return known && (entry.rev ?? 0) > (known.rev ?? 0);
  });
  if (!newer.length) return old;
  const bySeq = new Map(newer.map((entry) => [entry.seq, entry]));
  return old.map((entry) => bySeq.get(entry.seq) ?? entry);
}

function dropRepeats(sorted: Entry[]): Entry[] {
  return sorted.filter((entry, at) => !at || sorted[at - 1]!.seq !== entry.seq);
}

/** Where `seq` is, or -1; entries ascend. */
export function indexOf(entries: readonly Entry[], seq: number): number {
  const at = firstAtLeast(entries, seq);
  return entries[at]?.seq === seq ? at : -1;
}

/** Where the first entry at or above `seq` is; their number where all are below. */
export function firstAtLeast(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
