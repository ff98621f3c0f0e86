import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import { PATIENCE_MS } from '../src/core/turns';
import type { TalkSettings } from '../src/core/types';
import { useDrafts } from '../src/store/drafts';
import { useTalkSettings } from '../src/store/talkSettings';
import { asked, serve } from './asked';
import { MemoryStorage } from './browser';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const KEY = '10:8';
/** What the server has, by the order in which questions reach it. */
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
    const { body, answer } = asked.pop()!;
    kept = { ...kept, ...body, revision: (revision += 1) };
    saved(body);
    answer({ ...kept });
  }
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

  test('comes to the server after what was written since, which is then told again', async () => {
    const drafts = await heldBack('hel', 'hello');
    expect(asked.map(({ body }) => body.draft)).toEqual(['hel', 'hello']);
    await reachAll(); // the newest one first
    expect(drafts.read(KEY).text).toBe('hello');
    await vi.advanceTimersByTimeAsync(1_000);
    await reachAll();
    expect([kept.draft, drafts.read(KEY).text]).toEqual(['hello', 'hello']);
  });

  test('does not come back after it was sent, nor after it is as the server had it before', async () => {
    const drafts = await heldBack('hello', '');
    await reachAll();
    await vi.advanceTimersByTimeAsync(1_000);
    await reachAll();
    expect([kept.draft, drafts.read(KEY).text]).toEqual(['', '']);
  });

  test('is known by what the server says of it where its answer is lost', async () => {
    const drafts = await heldBack('hel', 'hello');
    const [late, next] = asked.splice(0);
    late!.fail(new Failure('network', ''));
    next!.answer({ cmd: 10, dstid: 8, draft: 'hello', reply: 0, revision: 1 });
    await tick();
    useTalkSettings().heard(2, { cmd: 10, dstid: 8, draft: 'hel', reply: 0, revision: 2 } as TalkSettings);
    expect(drafts.read(KEY).text).toBe('hello');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked[0]!.body).toMatchObject({ draft: 'hello' });
  });

  test('is seen through where the later one’s answer comes last', async () => {
    const drafts = await heldBack('hel', 'hello');
    const [late, next] = asked.splice(0);
    late!.answer({ cmd: 10, dstid: 8, draft: 'hel', reply: 0, revision: 2 });
    await tick();
    next!.answer({ cmd: 10, dstid: 8, draft: 'hello', reply: 0, revision: 1 });
    await tick();
    expect(drafts.read(KEY).text).toBe('hello');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked[0]!.body).toMatchObject({ draft: 'hello' });
  });

  test('has no say any more once another device wrote something else', async () => {
    const drafts = await heldBack('hel', 'hello');
    const [late, next] = asked.splice(0);
    late!.fail(new Failure('network', ''));
    next!.answer({ cmd: 10, dstid: 8, draft: 'hello', reply: 0, revision: 1 });
    await tick();
    for (const [text, revision] of [['from the phone', 2], ['hel', 3]] as const) {
      useTalkSettings().heard(revision, { cmd: 10, dstid: 8, draft: text, reply: 0, revision } as TalkSettings);
      expect(drafts.read(KEY).text).toBe(text);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
  });
});

test('what was written without a line is there in the next page, hours later, and saved once there is a line', async () => {
  vi.stubGlobal('localStorage', new MemoryStorage());
  const before = useDrafts();
  before.restore(7);
  before.write(KEY, { text: 'half a thought', reply: 4 });
  await vi.advanceTimersByTimeAsync(3 * 3_600_000);
  setActivePinia(createPinia());
  const drafts = useDrafts();
  drafts.restore(7);
  expect(drafts.read(KEY)).toMatchObject({ text: 'half a thought', reply: 4 });
  drafts.setLine(true);
  await reachAll();
  expect(kept).toMatchObject({ draft: 'half a thought', reply: 4 });
  expect(localStorage.length).toBe(0);
  vi.unstubAllGlobals();
});

test('of two changes to how a conversation stands in the list the second one counts', async () => {
  const settings = useTalkSettings();
  void settings.put(KEY, { pinned: true });
  void settings.put(KEY, { pinned: false });
  await reachAll();
  expect(settings.of(KEY)).toMatchObject({ pinned: false });
});
