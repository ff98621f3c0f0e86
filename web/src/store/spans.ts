/**
 * Ranges of seq whose entries are all here: ascending, disjoint, never adjacent, both ends inclusive.
 *
 * They say what was loaded. The entries alone cannot: an answer may leave out one that is not for us.
 */
export type Span = readonly [from: number, to: number];
export type Spans = readonly Span[];

/** With `from`…`to` added; the same list if it was there already, or if the range is empty. */
export function cover(spans: Spans, from: number, to: number): Spans {
  if (from > to || spans.some((span) => span[0] <= from && to <= span[1])) return spans;
  const before = spans.filter((span) => span[1] < from - 1);
  const after = spans.filter((span) => span[0] > to + 1);
  const touched = spans.slice(before.length, spans.length - after.length);
  const joined: Span = [Math.min(from, touched[0]?.[0] ?? from), Math.max(to, touched.at(-1)?.[1] ?? to)];
  return [...before, joined, ...after];
}

/** Without everything up to `seq`. */
export function cutBelow(spans: Spans, seq: number): Spans {
  if (!spans.length || spans[0]![0] > seq) return spans;
  return spans.filter((span) => span[1] > seq).map(([from, to]) => [Math.max(from, seq + 1), to] as const);
}

/** The range that holds `seq`. */
export function spanAt(spans: Spans, seq: number): Span | undefined {
  return spans.find((span) => span[0] <= seq && seq <= span[1]);
}

/** What is missing between `first` and `last`, both inclusive. */
export function holes(spans: Spans, first: number, last: number): Span[] {
  const found: Span[] = [];
  let next = first;
  for (const [from, to] of spans) {
    if (from > last) break;
    if (from > next) found.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= last) found.push([next, last]);
  return found;
}
