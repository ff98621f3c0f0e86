import { expect, test } from 'vitest';
import { EMOJI, findEmoji } from '../src/data/emoji';

const all = EMOJI.flatMap((group) => group.items);

test('there are about two hundred emoji, each once, each one sign with words in both languages', () => {
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
  const segments = new Intl.Segmenter();
  for (const { sign, zh, en } of all) {
    expect([...segments.segment(sign)], sign).toHaveLength(1);
    expect(sign).toMatch(/\p{Extended_Pictographic}/u);
    expect(zh).toMatch(/^\p{Script=Han}+$/u);
    expect(en).toMatch(/^[a-z ]+$/);
  }
});

test('a search finds words of either language', () => {
  expect(findEmoji('饺子').map(({ sign }) => sign)).toEqual(['🥟']);
  expect(findEmoji(' Wave ').map(({ sign }) => sign)).toEqual(['👋']);
  expect(findEmoji('')).toEqual([]);
});
