import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWave, writeWave } from '../src/core/wave';

test('any recording becomes digits that every page can draw', () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 500 }), (levels) => {
    const wave = writeWave(levels);
    expect(wave).toMatch(/^[0-9a-f]{0,48}$/);
    const heights = readWave(wave, 32);
    expect(heights).toHaveLength(32);
    for (const height of heights) expect(height >= 0 && height <= 1).toBe(true);
  }));
});

test('the loudest moment is the highest bar, and silence stays low', () => {
  expect(writeWave([0.1, 0.5, 0.1])).toBe('3f3');
  expect(writeWave([0, 0.001])).toBe('01');
});

test('whatever else stands in the field is drawn as some voice', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(readWave(text, 20)).toHaveLength(20);
  }));
});
