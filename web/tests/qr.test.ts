import fc from 'fast-check';
import { expect, test } from 'vitest';
import { qrOf } from '../src/core/qr';

/** The path drawn on a grid. */
function grid({ size, path }: { size: number; path: string }): boolean[][] {
  const dots = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x = '', y = '', wide = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = Number(x); at < Number(x) + Number(wide); at += 1) dots[Number(y)]![at] = true;
  }
  return dots;
}

const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];

test('any address makes a code with three finders in a quiet zone of four modules', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (text) => {
    const qr = qrOf(text);
    const dots = grid(qr);
    const corner = (top: number, left: number) =>
      dots.slice(top, top + 7).map((row) => row.slice(left, left + 7).map(Number).join(''));
    const far = qr.size - 11;
    for (const [top, left] of [[4, 4], [4, far], [far, 4]] as const) expect(corner(top, left)).toEqual(FINDER);
    for (const at of [0, 1, 2, 3, qr.size - 1, qr.size - 4]) {
      expect(dots[at]!.some(Boolean) || dots.some((row) => row[at])).toBe(false);
    }
  }), { numRuns: 50 });
});

test('another text makes another code', () => {
  expect(qrOf('https://chat.example/join.shtml#a').path).not.toBe(qrOf('https://chat.example/join.shtml#b').path);
});
