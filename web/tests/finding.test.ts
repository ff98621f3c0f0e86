import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byNames, piecesOf, placesIn, type Range } from '../src/core/finding';

const text = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join('');
const hits = (pieces: readonly { text: string; hit: boolean }[]) => pieces.filter((piece) => piece.hit).map((piece) => piece.text);

test('what was found is marked, and near the beginning of the line', () => {
  expect(piecesOf('我们去吃饭吧', [[3, 5]])).toEqual([
    { text: '我们去', hit: false }, { text: '吃饭', hit: true }, { text: '吧', hit: false },
  ]);
  const long = `${'x'.repeat(100)} needle ${'y'.repeat(300)}`;
  const line = piecesOf(long, [[101, 107]]);
  expect(hits(line)).toEqual(['needle']);
  expect(text(line).indexOf('needle')).toBeLessThan(20);
  expect(text(line).length).toBeLessThan(200);
  expect(text(line).startsWith('…') && text(line).endsWith('…')).toBe(true);
});

test('any text with any ranges keeps its characters whole and its order', () => {
  const ranges = fc.uniqueArray(fc.nat(200), { maxLength: 8 }).map((ends) => {
    const sorted = ends.sort((a, b) => a - b);
    return sorted.flatMap((end, at): Range[] => (at % 2 ? [[sorted[at - 1]!, end]] : []));
  });
  // Without the sign of what was left out: one that was said looks the same.
  const texts = fc.string({ unit: 'grapheme', maxLength: 200 }).map((one) => one.replaceAll('…', '.'));
  fc.assert(fc.property(texts, ranges, (said, at) => {
    const within = at.filter(([, to]) => to <= said.length);
    const shown = text(piecesOf(said, within)).replace(/^…/, '').replace(/…$/, '');
    expect(said).toContain(shown);
    if (said.length < 100 && (within[0]?.[0] ?? 0) <= 24) expect(shown).toBe(said);
  }));
});

test('names are found by all words, whatever their width and case', () => {
  expect(placesIn('博文 Bowen', 'WEN 博')).toEqual([[0, 1], [5, 8]]);
  expect(placesIn('ＢＩＧ boss', 'big')).toEqual([[0, 3]]);
  expect(placesIn('ﬁne', 'fine')).toEqual([]);
  expect(placesIn('博文', '博 武')).toBeNull();
  expect(placesIn('博文', ' ')).toBeNull();
  const found = byNames(['小安', '安娜', 'Anna'], (name) => [name], '安');
  expect(found).toEqual(['安娜', '小安']);
});
