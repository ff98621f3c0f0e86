import type { NoticeRow, Row } from './rows';

/**
 * Several people who came one after the other are one line, under the name of its first; whatever stands between ends it.
 * Whoever came first of all made the group, and has a line of their own.
 */
export function mergeJoins(rows: Row[]): Row[] {
  const merged: Row[] = [];
  let found = false;
  for (const row of rows) {
    const above = merged.at(-1);
    if (!isJoin(row) || !isJoin(above)) {
      merged.push(row);
      continue;
    }
    const { joined = [above.userid], from = above.seq } = above;
    merged[merged.length - 1] = {
      ...above, joined: joined.includes(row.userid) ? joined : [...joined, row.userid], from, seq: row.seq,
    };
    found = true;
  }
  return found ? merged : rows;
}

function isJoin(row: Row | undefined): row is NoticeRow {
  return row?.type === 'notice' && row.content === 'joined' && row.seq > 1;
}
