/** What was said is said better: edited, or taken back and written again. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { editing } from '../src/core/composing';
import { editLast, isTakenBack, takeBack, writeAgain } from '../src/core/rewriting';
import { MEDIA, type Entry } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { useDrafts } from '../src/store/drafts';
import { MemoryStorage } from './browser';

vi.mock('../src/core/shared/socket', () => ({ openLine: () => ({ open() {}, close() {}, send: () => false, retryNow() {}, share() {} }) }));
const [ME, KEY] = [7, '10:8'];
const said = (seq: number, more: Partial<Entry> = {}): Entry =>
  ({ id: seq, seq, time: Date.now(), userid: ME, cmd: 10, dstid: 8, media: MEDIA.text, content: `text ${seq}`, ...more });

function talk(...entries: Entry[]) {
  const chat = useChat();
  chat.start(ME);
  chat.limits = { ...chat.limits, edit_seconds: 900 };
  for (const entry of entries) chat.dispatch({ type: 'entry', entry });
}

beforeEach(() => {
  setActivePinia(createPinia());
  vi.stubGlobal('localStorage', new MemoryStorage());
  vi.stubGlobal('navigator', {});
  editing.value = null;
});

test('the last message of mine is edited, not one of theirs, nor one that is too old, was taken back or is no text', () => {
  talk(said(1), said(2), said(3, { userid: 8 }));
  expect(editLast(KEY)).toBe(true);
  expect(editing.value).toEqual({ key: KEY, seq: 2, before: 'text 2', text: 'text 2' });
  for (const last of [said(4, { time: Date.now() - 901_000 }), said(5, { media: MEDIA.picture })]) {
    setActivePinia(createPinia());
    talk(said(1), last);
    expect(editLast(KEY)).toBe(false);
  }
  setActivePinia(createPinia());
  talk(said(1), said(2, { recalled: ME }));
  expect(editLast(KEY)).toBe(true);
  expect(editing.value?.seq).toBe(1);
});

test('what was taken back is written behind what is being written; of many the last are known', () => {
  talk();
  for (let seq = 1; seq <= 21; seq += 1) takeBack(KEY, seq, `text ${seq}`);
  expect([isTakenBack(KEY, 1), isTakenBack(KEY, 2), isTakenBack('10:9', 2)]).toEqual([false, true, false]);
  useDrafts().write(KEY, { text: 'and ', reply: 0 });
  writeAgain(KEY, 21);
  expect(useDrafts().read(KEY).text).toBe('and text 21');
});
