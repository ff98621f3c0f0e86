import { beforeEach, describe, expect, test } from 'vitest';
import { clockTime, shortTime } from '../src/core/format';
import { i18n, useLanguage } from '../src/core/i18n';
import { noticeText } from '../src/core/notices';

const now = new Date(2026, 4, 2, 0, 10).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
const called = (id: number) => ({ 1: 'Ann', 2: 'Bob' })[id] ?? '?';
const said = (content: string, userid: number, amount = 0, memo = '') => noticeText({ content, memo, amount }, userid, called, 1);

// Sets the language without a document.
async function speak(lang: 'en' | 'zh-CN') {
  globalThis.document ??= { documentElement: {} } as Document;
  await useLanguage(lang);
  expect(i18n.global.locale.value).toBe(lang);
}

describe('in English', () => {
  beforeEach(() => speak('en'));

  test('moments are as short as they are clear', () => {
    expect(shortTime(at(2026, 4, 2, 0, 5), now)).toBe('today 00:05');
    expect(shortTime(at(2026, 4, 1, 16, 18), now)).toBe('yesterday 16:18');
    expect(shortTime(at(2026, 4, 3, 9, 0), now)).toBe('tomorrow 09:00');
    expect(shortTime(at(2026, 3, 1, 16, 18), now)).toBe('Apr 1, 16:18');
    expect(shortTime(at(2025, 3, 1, 16, 18), now)).toBe('Apr 1, 2025, 16:18');
    expect(clockTime(now)).toBe('00:10');
  });

  test('what I did and what was done to me is told as mine', () => {
    expect(said('joined', 1)).toBe('You joined the group');
    expect(said('joined', 2)).toBe('Bob joined the group');
    expect(said('removed', 2, 1)).toBe('Bob removed you');
  });
});

describe('in Chinese', () => {
  beforeEach(() => speak('zh-CN'));

  test('moments and notices', () => {
    expect(shortTime(at(2026, 4, 1, 16, 18), now)).toBe('昨天 16:18');
    expect(shortTime(at(2026, 3, 1, 16, 18), now)).toBe('4月1日 16:18');
    expect(said('removed', 2, 1)).toBe('“Bob”将你移出了群聊');
    expect(said('joined', 1)).toBe('你加入了群聊');
  });
});
