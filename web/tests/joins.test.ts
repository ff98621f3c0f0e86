import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeJoins } from '../src/log/joins';
import { holds, type Row } from '../src/log/rows';

const notice = (seq: number, userid: number, content = 'joined'): Row => ({ type: 'notice', id: `s-${seq}`, seq, userid, content, memo: '', amount: 0 });
const day: Row = { type: 'day', id: 'day', time: 0 };

test('people who joined one after the other are one row, each named once', () => {
  const rows = mergeJoins([notice(2, 5), notice(3, 6), notice(4, 5), notice(5, 7)]);
  expect(rows).toEqual([{ ...notice(2, 5), joined: [5, 6, 7], from: 2, seq: 5 }]);
});

test('who made the group is no part of a run', () => {
  const rows = [notice(1, 5), notice(2, 6)];
  expect(mergeJoins(rows)).toBe(rows);
});

test('a day or anything else that was said ends the run, and one alone stays as it is', () => {
  const rows = [notice(1, 5), day, notice(2, 6), notice(3, 6, 'left'), notice(4, 7)];
  expect(mergeJoins(rows)).toBe(rows);
});

test('every entry is held by exactly one row, and the rows stay in their order', () => {
  const contents = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('joined', 'joined', 'left')), { maxLength: 30 });
  fc.assert(
    fc.property(contents, (all) => {
      const rows = all.map(([userid, content], at) => notice(at + 2, userid, content));
      const merged = mergeJoins(rows);
      for (const { seq } of rows as { seq: number }[]) expect(merged.filter((row) => holds(row, seq))).toHaveLength(1);
      for (const [at, row] of merged.entries()) expect(at && row.type === 'notice' && row.content === 'joined' && merged[at - 1]).not.toMatchObject({ content: 'joined' });
    }),
  );
});
