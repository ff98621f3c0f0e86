/** Which texts may be too high, and where in them a place is certainly to be seen. */
import { expect, test } from 'vitest';
import { isDeep, mayFold } from '../src/components/folding';

test.each([
  ['a sentence', 'Let us go to the harbour', false],
  ['many characters', 'x'.repeat(301), true],
  ['many lines', '\n'.repeat(13), true],
  ['a dozen lines', '\n'.repeat(11), false],
])('%s', (_, text, wanted) => expect(mayFold(text)).toBe(wanted));

test('what stands at the beginning of a long text needs no unfolding, what stands deep in it does', () => {
  const text = 'line\n'.repeat(40);
  expect([0, 20, 150].map((from) => isDeep(text, from))).toEqual([false, false, true]);
  expect(isDeep('short', 3)).toBe(false);
});
