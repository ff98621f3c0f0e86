import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OtherTabs } from '../src/core/attention';
import { bytesOf, textOf } from '../src/core/base64';
import { badgeText } from '../src/core/favicon';
import { clockMinute, clockText, decide, isSilent, type Situation } from '../src/core/notice';
import type { Notices } from '../src/core/protocol';
import { tagsOf, toggled } from '../src/store/tags';

const RULES: Notices = {
  enabled: true, preview: true, sound: true, pauseduntil: 0, quiet: false, quietfrom: 1320, quietto: 420, quietdays: 127, zone: '',
};
interface Case { about: string; rules: Partial<Notices>; now: string; silent: boolean }
/** The server keeps the same rules, and its tests read the same cases. */
const CASES = JSON.parse(readFileSync(join(import.meta.dirname, '../../tests/unit/notice_cases.json'), 'utf8')) as Case[];

const minute = fc.nat(1439);
const rules: fc.Arbitrary<Notices> = fc.record({
  enabled: fc.boolean(), preview: fc.boolean(), sound: fc.boolean(), pauseduntil: fc.nat(2_000_000), quiet: fc.boolean(),
  quietfrom: minute, quietto: minute, quietdays: fc.nat(127), zone: fc.constantFrom('', 'Asia/Shanghai', 'America/New_York', 'no/where'),
});
const situation: fc.Arbitrary<Situation> = fc.record({
  rules, now: fc.nat(1_000_000_000), own: fc.boolean(), muted: fc.boolean(), mentioned: fc.boolean(), inView: fc.boolean(), looking: fc.boolean(),
});

describe('when it is quiet', () => {
  test.each(CASES)('$about', ({ rules: some, now, silent }) => {
    expect(isSilent({ ...RULES, ...some }, Date.parse(now))).toBe(silent);
  });

  test('a clock is read as it is written', () => {
    fc.assert(fc.property(minute, (one) => clockMinute(clockText(one)) === one));
    expect(clockMinute('')).toBeNull();
  });
});

describe('whether a message disturbs', () => {
  test('never for what is mine, before my eyes, or in a quiet time', () => {
    fc.assert(fc.property(situation, (it) => {
      const { show, sound } = decide(it);
      if (it.own || it.inView || isSilent(it.rules, it.now)) expect([show, sound]).toEqual([false, false]);
    }));
  });

  test('in a muted conversation only what mentions me', () => {
    fc.assert(fc.property(situation, (it) => {
      const plain = decide({ ...it, muted: false });
      expect(decide({ ...it, muted: true, mentioned: true })).toEqual(plain);
      expect(decide({ ...it, muted: true, mentioned: false })).toEqual({ show: false, sound: false });
    }));
  });

  test('who looks at the page hears it, who does not sees it too, and no sound is made where none is wanted', () => {
    fc.assert(fc.property(situation, (it) => {
      const away = decide({ ...it, looking: false });
      const here = decide({ ...it, looking: true });
      expect(here.show).toBe(false);
      expect(here.sound).toBe(away.sound);
      expect(away.sound).toBe(away.show && it.rules.sound);
    }));
  });

  test('a message of an ordinary day is shown and heard', () => {
    const plain = { rules: RULES, now: 1, own: false, muted: false, mentioned: false, inView: false, looking: false };
    expect(decide(plain)).toEqual({ show: true, sound: true });
  });
});

describe('the other tabs of the browser', () => {
  test('count with what they said last, until they have been silent for long', () => {
    const others = new OtherTabs();
    others.hear({ tab: 'a', talk: '10:8', looking: true, at: 0 });
    others.hear({ tab: 'b', talk: '11:3', looking: false, at: 0 });
    expect([others.isLooking(1), others.isInView('10:8', 1), others.isInView('11:3', 1)]).toEqual([true, true, false]);
    expect(others.isLooking(30_000)).toBe(false);
    others.hear({ tab: 'a', talk: null, looking: false, at: 2 });
    expect(others.isLooking(3)).toBe(false);
  });
});

test('the number on the icon has room for two digits', () => {
  expect([0, 1, 99, 100].map(badgeText)).toEqual(['', '1', '99', '99+']);
});

test('keys of Web Push are bytes as base64url writes them', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
    const text = textOf(new Uint8Array(bytes).buffer);
    expect(text).toMatch(/^[\w-]*$/);
    expect([...bytesOf(text)]).toEqual([...bytes]);
  }));
});

test('labels are counted over all friends, and pressed on and off', () => {
  const friends = [['b', 'a'], ['a'], []].map((tags) => ({ tags })) as unknown as Parameters<typeof tagsOf>[0];
  expect(tagsOf(friends, 'en')).toEqual([{ name: 'a', count: 2 }, { name: 'b', count: 1 }]);
  expect(toggled(toggled(['a'], 'b'), 'a')).toEqual(['b']);
});
