import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cover, cutBelow, holes, spanAt, type Spans } from '../src/store/spans';

const range = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 }));

test('spans hold exactly the numbers that were covered, in the fewest ranges', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
      const numbers = new Set<number>();
      let spans: Spans = [];
      for (const [from, length] of ranges) {
        for (let seq = from; seq < from + length; seq++) numbers.add(seq);
        spans = cover(spans, from, from + length - 1);
      }
      for (let seq = 1; seq <= 50; seq++) expect(spanAt(spans, seq) !== undefined).toBe(numbers.has(seq));
      spans.slice(1).forEach((span, at) => expect(span[0]).toBeGreaterThan(spans[at]![1] + 1));
    }),
  );
});

test('holes and spans together are the whole range', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
      const spans = ranges.reduce<Spans>((all, [from, length]) => cover(all, from, from + length - 1), []);
      const whole = holes(spans, 1, 60).reduce<Spans>((all, [from, to]) => cover(all, from, to), spans);
      expect(whole).toEqual([[1, 60]]);
    }),
  );
});

test('what was known already changes nothing', () => {
  const spans: Spans = [[3, 9]];
  expect(cover(spans, 4, 8)).toBe(spans);
  expect(cover(spans, 9, 8)).toBe(spans);
});

test('cutting below a number leaves what is above it', () => {
  expect(cutBelow([[1, 4], [6, 9]], 7)).toEqual([[8, 9]]);
  expect(cutBelow([[1, 4]], 4)).toEqual([]);
});
