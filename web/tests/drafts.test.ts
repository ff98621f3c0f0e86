import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import { PATIENCE_MS } from '../src/core/turns';
import { useDrafts } from '../src/store/drafts';
import { useTalkSettings } from '../src/store/talkSettings';
import { asked, serve, type Question } from './asked';
import { MemoryStorage } from './browser';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const KEY = '10:8';
/** What the server has, by the order in which questions reach it, and by when drafts were written. */
let kept: Record<string, unknown>;
let revision: number;
const saved = vi.fn();

beforeEach(() => {
  asked.length = 0;
  [kept, revision] = [{}, 0];
  setActivePinia(createPinia());
  vi.useFakeTimers();
  // Nothing is said at the time of asking: `reach` says when a question arrives.
  serve(() => undefined);
});
afterEach(() => vi.useRealTimers());

const tick = () => vi.advanceTimersByTimeAsync(0);
/** The newest question reaches the server first, as over lines of their own. */
async function reachAll() {
  for (await tick(); asked.length; await tick()) {
    reach(asked.pop()!);
  }
}

function reach({ body, answer }: Question) {
  const isLate = Number(body.written ?? 0) < Number(kept.written ?? 0);
  if (!isLate) kept = { ...kept, ...body, revision: (revision += 1) };
  saved(body);
  answer({ ...kept });
}

function greeted() {
  const drafts = useDrafts();
  drafts.setLine(true);
  return drafts;
}

test('a draft that was sent does not come back with what was saved of it before', async () => {
  const drafts = greeted();
  drafts.write(KEY, { text: 'hello', reply: 0 });
  void drafts.save(KEY);
  await tick();
  drafts.write(KEY, { text: '', reply: 0 });
  void drafts.save(KEY);
  await reachAll();
  expect(drafts.read(KEY)).toEqual({ text: '', reply: 0 });
});

test('a text that is as it was before the last one is saved again', async () => {
  const drafts = greeted();
  for (const text of ['a', 'b', 'a']) {
    drafts.write(KEY, { text, reply: 0 });
    void drafts.save(KEY);
    if (text === 'a' && !revision) await reachAll();
    else await tick();
  }
  await reachAll();
  expect(drafts.read(KEY).text).toBe('a');
});

test('a draft that is refused stays, and is saved again with the next letter', async () => {
  const drafts = greeted();
  drafts.write(KEY, { text: 'too long', reply: 0 });
  void drafts.save(KEY);
  await tick();
  asked.pop()!.fail(new Failure('bad_request', '', 400));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([drafts.read(KEY).text, asked]).toEqual(['too long', []]);
  drafts.write(KEY, { text: 'short', reply: 0 });
  await vi.advanceTimersByTimeAsync(1_000);
  await reachAll();
  expect(saved).toHaveBeenLastCalledWith(expect.objectContaining({ draft: 'short' }));
});

test('nothing is saved before the hello said whose the line is', async () => {
  const drafts = useDrafts();
  drafts.write(KEY, { text: 'written', reply: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  drafts.setLine(true);
  await tick();
  expect(asked).toHaveLength(1);
});

test('what another tab wrote before is no news to who has written since', () => {
  let tell = (_: { key: string; newValue: string }) => {};
  vi.stubGlobal('addEventListener', (_: string, act: typeof tell) => (tell = act));
  const drafts = greeted();
  drafts.restore(7);
  vi.unstubAllGlobals();
  const hear = (text: string, at: number) =>
    tell({ key: `fastim.draft.7.${KEY}`, newValue: JSON.stringify({ text, reply: 0, at }) });
  vi.setSystemTime(2_000);
  drafts.write(KEY, { text: 'written here', reply: 0 });
  hear('', 1_000);
  expect(drafts.read(KEY).text).toBe('written here');
  hear('written there since', 3_000);
  expect(drafts.read(KEY).text).toBe('written there since');
});

describe('a draft that the line holds back for longer than anything waits for it', () => {
  /** It was written and is on its way; so is what was written since, as nothing waits longer. */
  async function heldBack(...texts: string[]) {
    const drafts = greeted();
    for (const text of texts) {
      drafts.write(KEY, { text, reply: 0 });
      void drafts.save(KEY);
      await vi.advanceTimersByTimeAsync(PATIENCE_MS + 1);
    }
    return drafts;
  }

  test('changes nothing where it comes after what was written since', async () => {
    const drafts = await heldBack('hel', 'hello');
    expect(asked.map(({ body }) => body.draft)).toEqual(['hel', 'hello']);
    await reachAll(); // the newest one first
    expect([kept.draft, drafts.read(KEY).text]).toEqual(['hello', 'hello']);
  });

  test('does not come back after it was sent, nor after it is as the server had it before', async () => {
    const drafts = await heldBack('hello', '');
    await reachAll();
    expect([kept.draft, drafts.read(KEY).text]).toEqual(['', '']);
  });

  test('gives way to what another device wrote since', async () => {
    const drafts = await heldBack('hel');
    kept = { cmd: 10, dstid: 8, draft: 'from the phone', reply: 0, written: Date.now() + 1, revision: (revision += 1) };
    await reachAll();
    expect([kept.draft, drafts.read(KEY).text]).toEqual(['from the phone', 'from the phone']);
  });
});

describe('the next page', () => {
  /** A page of the same browser; the one before is gone, with all that it remembers. */
  function open() {
    setActivePinia(createPinia());
    const drafts = useDrafts();
    drafts.restore(7);
    return drafts;
  }

  beforeEach(() => void vi.stubGlobal('localStorage', new MemoryStorage()));
  afterEach(() => vi.unstubAllGlobals());

  test('has what was written without a line, hours later, and saves it once there is a line', async () => {
    open().write(KEY, { text: 'half a thought', reply: 4 });
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    const drafts = open();
    expect(drafts.read(KEY)).toEqual({ text: 'half a thought', reply: 4 });
    drafts.setLine(true);
    await reachAll();
    expect(kept).toMatchObject({ draft: 'half a thought', reply: 4 });
    expect(localStorage.length).toBe(0);
  });

  for (const next of ['hello', '']) {
    test(`keeps its "${next}" where what was on its way when the page went comes after it`, async () => {
      const before = open();
      before.setLine(true);
      before.write(KEY, { text: 'hel', reply: 0 });
      await vi.advanceTimersByTimeAsync(1_000);
      const [late] = asked.splice(0);
      const drafts = open();
      drafts.setLine(true);
      drafts.write(KEY, { text: next, reply: 0 });
      await vi.advanceTimersByTimeAsync(1_000);
      await reachAll();
      expect(kept.draft).toBe(next);
      reach(late!);
      expect(kept.draft).toBe(next);
    });
  }

  test('does not replace what another device wrote since, where only an answer was lost', async () => {
    const before = open();
    before.setLine(true);
    before.write(KEY, { text: 'hel', reply: 0 });
    await vi.advanceTimersByTimeAsync(1_000);
    const [lost] = asked.splice(0);
    reach({ ...lost!, answer: () => {} });
    await vi.advanceTimersByTimeAsync(60_000);
    kept = { ...kept, draft: 'hello world', written: Date.now(), revision: (revision += 1) };
    const drafts = open();
    drafts.setLine(true);
    await reachAll();
    expect([kept.draft, drafts.read(KEY).text, localStorage.length]).toEqual(['hello world', 'hello world', 0]);
  });

  test('does not let a clock that was ahead have the word for as long as it was ahead', async () => {
    const now = Date.now();
    vi.setSystemTime(now + 3_600_000);
    open().write(KEY, { text: 'hel', reply: 0 });
    vi.setSystemTime(now);
    const drafts = open();
    drafts.setLine(true);
    await tick();
    expect(asked.map(({ body }) => body.written)).toEqual([now]);
  });
});

test('a message that was written and sent at once asks nothing of drafts', async () => {
  const drafts = greeted();
  drafts.write(KEY, { text: 'hi', reply: 0 });
  drafts.write(KEY, { text: '', reply: 0 });
  void drafts.save(KEY);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
});

test('of two changes to how a conversation stands in the list the second one counts', async () => {
  const settings = useTalkSettings();
  void settings.put(KEY, { pinned: true });
  void settings.put(KEY, { pinned: false });
  await reachAll();
  expect(settings.of(KEY)).toMatchObject({ pinned: false });
});
