import { beforeEach, expect, test, vi } from 'vitest';
import { Acts } from '../src/core/acts';

type Sent = { cmd: number; seq?: number; msgid: string };

let line = true;
let sent: Sent[] = [];
let reasons: string[] = [];
const acts = () =>
  new Acts({ send: (frame) => line && !!sent.push(frame as Sent), onRefused: (reason) => void reasons.push(reason) });
const recall = (seq: number) => ({ cmd: 19, kind: 10, dstid: 8, seq }) as const;
const refusal = (msgid: string, error: string) => ({ cmd: 13, msgid, error, msg: `no: ${error}` }) as const;

beforeEach(() => {
  line = true;
  sent = [];
  reasons = [];
  vi.useFakeTimers();
});

test('one goes out after the other, each when the one before it was answered', () => {
  const one = acts();
  for (const seq of [1, 2, 3]) one.put(recall(seq));
  expect(sent.map(({ seq }) => seq)).toEqual([1]);
  expect(one.answered(sent[0]!.msgid)).toBe(true);
  expect(one.answered('of somebody else')).toBe(false);
  expect(sent.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('what was asked over a line that went is asked again by the same msgid', () => {
  const one = acts();
  one.put(recall(1));
  line = false;
  one.put(recall(2));
  line = true;
  one.flush();
  expect(new Set(sent.map(({ msgid }) => msgid)).size).toBe(1);
  one.answered(sent[0]!.msgid);
  expect(sent.map(({ seq }) => seq)).toEqual([1, 1, 2]);
});

test('too fast is tried again, what is refused is said, and the next one goes on', () => {
  const one = acts();
  one.put(recall(1));
  one.put(recall(2));
  expect(one.refused(refusal(sent[0]!.msgid, 'rate_limited'))).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(sent.map(({ seq }) => seq)).toEqual([1, 1]);
  one.refused(refusal(sent[0]!.msgid, 'too_late'));
  expect(reasons).toEqual(['no: too_late']);
  expect(sent.at(-1)!.seq).toBe(2);
  one.refused(refusal(sent.at(-1)!.msgid, 'nothing_changed'));
  expect([reasons.length, one.waiting]).toEqual([1, 0]);
});
