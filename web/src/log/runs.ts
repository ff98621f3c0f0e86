import type { Row } from './rows';

/**
 * Whether nothing that was said in `before` is in `rows`. The line above what is unread, and the names of days, may be in
 * both; what was said at both ends and in the middle is enough to know.
 */
export function isAnotherRun(before: readonly Row[], rows: readonly Row[]): boolean {
  const middle = before.find((row, at) => at >= before.length >> 1 && isSaid(row));
  const ids = [before.find(isSaid), middle, before.findLast(isSaid)].flatMap((row) => row?.id ?? []);
  return ids.length > 0 && !rows.some((row) => ids.includes(row.id));
}

const isSaid = (row: Row) => row.type === 'message' || row.type === 'notice';
