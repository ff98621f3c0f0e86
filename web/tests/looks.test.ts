import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownAddress } from '../src/core/address';
import { initials, tint } from '../src/core/avatars';
import { deviceName } from '../src/core/device';
import { daysAgo, fileSize, shownSize } from '../src/core/format';
import { isSticker } from '../src/core/summary';
import { extension, fromHex, toHex } from '../src/core/upload';

describe('avatars', () => {
  test('show the last sign of a Chinese name, the initials of others', () => {
    expect([initials('林小雨'), initials('Noah Berg'), initials('ada'), initials('  '), initials('🎈 club'), initials('👩‍👩‍👧‍👦 at home'), initials('🇩🇪')])
      .toEqual(['雨', 'NB', 'A', '?', '🎈C', '👩‍👩‍👧‍👦H', '🇩🇪']);
  });

  test('have one of twelve tints, other ones for neighbours', () => {
    const tints = Array.from({ length: 12 }, (_, id) => tint(id + 1));
    expect(new Set(tints).size).toBe(12);
    expect(tint(7)).toBe(tint(7));
  });
});

describe('pictures in messages', () => {
  test('keep their shape in a box, with room for what is done with them', () => {
    expect(shownSize('2400x1600', 260)).toEqual({ width: 260, height: 173 });
    expect(shownSize('200x150', 260)).toEqual({ width: 200, height: 150 });
    for (const memo of ['2400x200', '300x2400', '24x24']) {
      const { width, height } = shownSize(memo, 260);
      expect([width >= 112, width <= 260, height >= 112, height <= 260], memo).toEqual([true, true, true, true]);
    }
  });
});

describe('addresses in messages', () => {
  test('are only of this server', () => {
    expect(ownAddress('/resource/a.webp')).toBe('/resource/a.webp');
    expect(ownAddress('/asset/stickers/pea/hi.webp')).toBe('/asset/stickers/pea/hi.webp');
    for (const foreign of ['https://a.b/c.png', '//a.b/c.png', 'javascript:alert(1)', '/resource/../user/me', '/resource//a', '/user/logout', '', undefined]) {
      expect(ownAddress(foreign)).toBe('');
    }
  });

  test('tell a sticker from a picture', () => {
    expect(isSticker({ media: 4, url: '/asset/stickers/pea/hi.webp' })).toBe(true);
    expect(isSticker({ media: 4, url: '/resource/a.webp' })).toBe(false);
  });
});

describe('sizes, times and names', () => {
  test('files', () => {
    expect([fileSize(0), fileSize(999), fileSize(1536), fileSize(30_000), fileSize(5 * 1024 ** 2)])
      .toEqual(['0 B', '999 B', '1.5 KB', '29 KB', '5.0 MB']);
    expect([extension('a.b.JPG'), extension('none'), extension('.hidden')]).toEqual(['.JPG', '', '']);
  });

  test('days by the calendar, not by hours', () => {
    const now = new Date(2026, 4, 2, 0, 10).getTime();
    expect(daysAgo(new Date(2026, 4, 1, 23, 50).getTime(), now)).toBe(1);
    expect(daysAgo(new Date(2026, 4, 2, 0, 1).getTime(), now)).toBe(0);
    expect(daysAgo(new Date(2026, 3, 25, 12).getTime(), now)).toBe(7);
  });

  test('bytes to hex and back', () => {
    expect(toHex(Uint8Array.of(0, 15, 255))).toBe('000fff');
    expect([...fromHex('000fff')]).toEqual([0, 15, 255]);
  });

  test('devices', () => {
    expect(deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36')).toBe('Chrome · Windows');
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1')).toBe('Safari · iPhone');
    expect(deviceName('Mozilla/5.0 (X11; Linux x86_64) Konqueror/5.0')).toBe('Linux');
    expect(deviceName('curl/8')).toBe('');
  });
});

/** WCAG's contrast of two colours as #rrggbb. */
function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((part) => {
      const share = parseInt(part, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('the tokens', () => {
  const css = readFileSync(join(import.meta.dirname, '../src/styles/tokens.css'), 'utf8');
  const colours = new Map([...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map((m) => [m[1], [m[2], m[3]]]));
  const pairs = [
    ['ink', 'surface'], ['ink', 'ground'], ['ink', 'sunken'], ['ink-2', 'surface'], ['ink-2', 'ground'], ['ink-2', 'sunken'], ['ink-2', 'hover'],
    ['ink-2', 'chosen'], ['ink-2', 'line'], ['ink-3', 'surface'], ['ink-3', 'sunken'], ['ink-3', 'bubble'], ['ink-3', 'chosen'], ['accent', 'surface'],
    ['accent', 'sunken'], ['accent', 'chosen'], ['accent', 'ground'], ['on-accent', 'accent'], ['on-accent', 'accent-hover'], ['ink', 'accent-soft'],
    ['danger', 'surface'], ['danger', 'sunken'], ['danger', 'ground'], ['on-danger', 'danger'], ['ink', 'danger-soft'], ['warn-ink', 'warn-soft'],
    ['bubble-own-ink', 'bubble-own'], ['bubble-own-quiet', 'bubble-own'], ['link', 'bubble'], ['link', 'bubble-own'],
  ] as const;

  test.each(pairs)('%s on %s can be read in light and dark', (ink, ground) => {
    for (const look of [0, 1]) {
      expect(contrast(colours.get(ink)?.[look] ?? '', colours.get(ground)?.[look] ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('white letters can be read on every tint', () => {
    const tints = [...css.matchAll(/--tint-\d+: (#\w{6})/g)].map((match) => match[1] ?? '');
    expect(tints).toHaveLength(12);
    for (const tint of tints) expect(contrast(tint, '#ffffff')).toBeGreaterThanOrEqual(4.5);
  });
});
