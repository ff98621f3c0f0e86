import { beforeEach, expect, test, vi } from 'vitest';
import { Acts } from '../src/core/acts';
import { MemoryStorage } from './browser';

type Sent = { cmd: number; seq?: number; msgid: string };

let line = true;
let sent: Sent[] = [];
let reasons: string[] = [];
let refused: unknown[] = [];
let keep: Storage;
/** As of a page that was just opened. */
function acts(me = 7) {
  const one = new Acts({
    send: (frame) => line && !!sent.push(frame as Sent),
    onRefused: (reason, act) => void [reasons.push(reason), refused.push(act)],
  });
  one.restore(me, keep);
  return one;
}
const recall = (seq: number) => ({ cmd: 19, kind: 10, dstid: 8, seq }) as const;
const refusal = (msgid: string, error: string) => ({ cmd: 13, msgid, error, msg: `no: ${error}` }) as const;

beforeEach(() => {
  line = true;
  sent = [];
  reasons = [];
  refused = [];
  keep = new MemoryStorage();
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
  expect([reasons, refused]).toEqual([['no: too_late'], [recall(1)]]);
  expect(sent.at(-1)!.seq).toBe(2);
  one.refused(refusal(sent.at(-1)!.msgid, 'nothing_changed'));
  expect([reasons.length, one.waiting]).toEqual([1, 0]);
});

test('what was wished for without a line outlives the page, in its order and by its msgid, for its writer alone', () => {
  line = false;
  const before = acts();
  for (const seq of [1, 2]) {
    before.put(recall(seq));
    vi.advanceTimersByTime(1);
  }
  line = true;
  acts(8).flush();
  expect(sent).toEqual([]);
  const next = acts();
  next.flush();
  next.answered(sent[0]!.msgid);
  next.answered(sent[1]!.msgid);
  expect(sent.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(Object.keys(sent[0]!).sort()).toEqual(['cmd', 'dstid', 'kind', 'msgid', 'seq']);
  expect([acts().waiting, keep.length]).toEqual([0, 0]);
});

test('what another tab asked for is done here too, wherever it stands', () => {
  line = false;
  const here = acts();
  for (const seq of [1, 2]) here.put(recall(seq));
  line = true;
  const other = acts();
  other.flush();
  here.flush();
  other.answered(sent[0]!.msgid);
  expect(here.answered(sent[2]!.msgid)).toBe(true);
  expect(here.waiting).toBe(1);
  here.answered(sent[0]!.msgid);
  expect(here.waiting).toBe(0);
});

test('who signs out leaves nothing to be done', () => {
  line = false;
  const one = acts();
  one.put(recall(1));
  one.clear();
  expect([one.waiting, keep.length]).toEqual([0, 0]);
});
