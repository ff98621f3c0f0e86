import { beforeEach, describe, expect, test } from 'vitest';
import { clockTime, shortTime } from '../src/core/format';
import { i18n, useLanguage } from '../src/core/i18n';
import { isFounding, noticeText } from '../src/core/notices';

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
    expect(said('created', 1)).toBe('You created the group');
  });

  test('a group was made by whom its log has first, as long as they own it', () => {
    const first = { content: 'joined', seq: 1, userid: 2 };
    expect(isFounding(first, 2)).toBe(true);
    for (const other of [{ ...first, seq: 2 }, { ...first, userid: 1 }, { ...first, content: 'left' }]) expect(isFounding(other, 2)).toBe(false);
    expect(isFounding(first)).toBe(false);
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
