import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_SCALE, swipeOf, WHOLE, within, zoomAt } from '../src/components/pinch';

const offset = fc.integer({ min: -400, max: 400 });
const scale = fc.double({ min: 1, max: MOST_SCALE, noNaN: true });

test('what is under the finger stays under it while zooming', () => {
  fc.assert(
    fc.property(scale, offset, offset, scale, offset, offset, (before, x, y, after, fingerX, fingerY) => {
      const place = { scale: before, x, y };
      const next = zoomAt(place, after, fingerX, fingerY);
      expect((fingerX - next.x) / next.scale).toBeCloseTo((fingerX - x) / before, 6);
      expect((fingerY - next.y) / next.scale).toBeCloseTo((fingerY - y) / before, 6);
    }),
  );
});

test('the scale stays between whole and most', () => {
  expect(zoomAt(WHOLE, 0.2, 0, 0).scale).toBe(1);
  expect(zoomAt(WHOLE, 99, 0, 0).scale).toBe(MOST_SCALE);
});

test('a picture is moved no further than its edge', () => {
  const screen = { width: 400, height: 800 };
  const picture = { width: 400, height: 300 };
  expect(within({ scale: 1, x: 50, y: -50 }, picture, screen)).toEqual(WHOLE);
  expect(within({ scale: 2, x: 999, y: 999 }, picture, screen)).toEqual({ scale: 2, x: 200, y: 0 });
  expect(within({ scale: 4, x: -999, y: -999 }, picture, screen)).toEqual({ scale: 4, x: -600, y: -200 });
});

test('a swipe goes on, goes back or closes, and a small one does nothing', () => {
  expect(swipeOf(-80, 20)).toBe('next');
  expect(swipeOf(80, 20)).toBe('previous');
  expect(swipeOf(10, 120)).toBe('close');
  expect(swipeOf(10, -120)).toBeNull();
  expect(swipeOf(30, 0)).toBeNull();
});
