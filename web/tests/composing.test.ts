import { expect, test } from 'vitest';
import { mention, mentionsIn, mentionWord } from '../src/core/composing';
import { pieces } from '../src/core/links';

test('an @ begins a name at a word’s beginning, an address has none', () => {
  expect(mentionWord('@', 1)).toBe('');
  expect(mentionWord('hello @An', 9)).toBe('An');
  expect(mentionWord('你好@小', 4)).toBe('小');
  expect(mentionWord('ann@example', 11)).toBeNull();
  expect(mentionWord('@Ann and', 8)).toBeNull();
});

test('whoever’s name still stands in the text is mentioned, once', () => {
  mention('11:3', 'Ann', 8);
  mention('11:3', 'all', 0);
  expect(mentionsIn('11:3', '@Ann and @Ann')).toEqual([8]);
  expect(mentionsIn('11:3', '@all: @Ann')).toEqual([8, 0]);
  expect(mentionsIn('11:3', 'nobody')).toEqual([]);
  expect(mentionsIn('11:4', '@Ann')).toEqual([]);
});

test('names are pieces of their own, whatever signs they have', () => {
  expect(pieces('hi @A.n (x) and @A.n', ['A.n (x)', 'A.n'])).toEqual([
    { text: 'hi ' }, { text: '@A.n (x)', mention: true }, { text: ' and ' }, { text: '@A.n', mention: true },
  ]);
  expect(pieces('@Axn', ['A.n'])).toEqual([{ text: '@Axn' }]);
});
