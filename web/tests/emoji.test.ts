import { expect, test } from 'vitest';
import { EMOJI, findEmoji, toned } from '../src/data/emoji';

const all = EMOJI.flatMap((group) => group.items);
const one = (sign: string) => all.find((item) => item.sign === sign)!;

test('all emoji are there, each once, each one sign with a name in both languages', () => {
  expect(all.length).toBeGreaterThan(1700);
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
  const segments = new Intl.Segmenter();
  for (const { sign, zh, en } of all) {
    expect([...segments.segment(sign)], sign).toHaveLength(1);
    expect(zh, sign).toMatch(/\p{Script=Han}|[A-Z0-9#*]/u);
    expect(en, sign).not.toMatch(/^$|\p{Script=Han}/u);
  }
});

test('a search finds words of either language, the best first', () => {
  expect(findEmoji('饺子')[0]?.sign).toBe('🥟');
  expect(findEmoji('笑哭')[0]?.sign).toBe('😂');
  expect(findEmoji(' Dog ').map(({ sign }) => sign)).toContain('🐶');
  expect(findEmoji('joy').map(({ sign }) => sign)).toContain('😂');
  expect(findEmoji('')).toEqual([]);
  expect(findEmoji('qqqqq')).toEqual([]);
});

test('a hand takes a skin tone, a dog does not', () => {
  expect(toned(one('👋'), 3)).toBe('👋🏽');
  expect(toned(one('✌️'), 1)).toBe('✌🏻');
  expect(toned(one('🐶'), 3)).toBe('🐶');
  expect(toned(one('👋'), 0)).toBe('👋');
  const segments = new Intl.Segmenter();
  for (const item of all.filter(({ tones }) => tones)) expect([...segments.segment(toned(item, 5))], item.sign).toHaveLength(1);
});
