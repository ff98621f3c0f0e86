import type { Spans } from '../store/spans';
import { seqOf, type Row } from './rows';

/**
 * Whether nothing that was said in `before` is in `rows`. The line above what is unread, and the names of days, may be in
 * both; what was said at both ends and in the middle is enough to know.
 */
export function isAnotherRun(before: readonly Row[], rows: readonly Row[]): boolean {
  const middle = before.find((row, at) => at >= before.length >> 1 && isSaid(row));
  const ids = [before.find(isSaid), middle, before.findLast(isSaid)].flatMap((row) => row?.id ?? []);
  return ids.length > 0 && !rows.some((row) => ids.includes(row.id));
}

/** Whether what is in `rows` begins with something else than `before` did; the name of the day may be above both. */
export function beginsOtherwise(before: readonly Row[], rows: readonly Row[]): boolean {
  const [was, now] = [before, rows].map((all) => all.find((row) => row.type !== 'day' && row.type !== 'unread'));
  return now?.id !== was?.id;
}

const isSaid = (row: Row) => row.type === 'message' || row.type === 'notice';

/** With a line in the place of each of the ranges that are missing between the rows, ascending. */
export function withHoles(rows: Row[], holes: Spans): Row[] {
  if (!holes.length) return rows;
  const all = [...rows];
  for (const [, to] of holes) {
    let at = all.findIndex((row) => seqOf(row) > to);
    // What heads the first row after it stays with that.
    while (at > 0 && (all[at - 1]!.type === 'day' || all[at - 1]!.type === 'unread')) at -= 1;
    if (at > 0) all.splice(at, 0, { type: 'hole', id: `hole-${to}` });
  }
  return all;
}
