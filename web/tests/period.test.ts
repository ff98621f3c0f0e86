import { expect, test } from 'vitest';
import { daysOf, periodName, PRESETS, presetOf } from '../src/core/period';

const NOW = new Date(2026, 2, 3, 0, 30);

test('usual periods end today and begin so many days before, over the ends of months and years', () => {
  expect(PRESETS.map((preset) => daysOf(preset, NOW).since)).toEqual(['2026-03-03', '2026-02-25', '2026-02-02', '2025-03-04']);
  expect(daysOf('week', new Date(2026, 0, 2)).since).toBe('2025-12-27');
});

test('a usual period is known again, as long as it ends today', () => {
  for (const preset of PRESETS) expect(presetOf(daysOf(preset, NOW), NOW)).toBe(preset);
  expect(presetOf({ since: '2026-02-25', until: '2026-03-01' }, NOW)).toBeUndefined();
  expect(presetOf({ since: '', until: '' }, NOW)).toBeUndefined();
  expect(presetOf(daysOf('week', NOW), new Date(2026, 2, 4))).toBeUndefined();
});

test('other periods are called by their days, an open end by an arrow', () => {
  expect(periodName({ since: '2026-02-25', until: '2026-03-01' }, 'en')).toMatch(/^Feb 25\s–\sMar 1, 2026$/);
  expect(periodName({ since: '2026-02-25', until: '' }, 'en')).toBe('Feb 25, 2026 →');
  expect(periodName({ since: '', until: '2026-02-25' }, 'zh-CN')).toBe('→ 2026年2月25日');
});
