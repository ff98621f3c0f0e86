/** The rows of a conversation that are drawn: all that is to be seen, whenever it comes. */
import fc from 'fast-check';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { h } from 'vue';
import MessageList from '../src/components/MessageList.vue';
import type { Row } from '../src/log/rows';
import type { Entry, SyncedConversation } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { empty, type Change } from '../src/store/conversations';
import { asked, quiet } from './asked';
import { frames, lay } from './layout';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/MessageRow.vue', () => ({
  default: { props: ['row'], render: ({ row }: { row: Row }) => h('p', { 'data-testid': row.type }, row.type === 'message' ? row.message.content : '') },
}));

const entry = (seq: number) => ({ id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: 7, media: 1, content: `said ${seq}` }) as Entry;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  useChat().state = empty(7);
});

/** The conversation with 8 of `last` messages, all read, of which those after `known` are here. */
function open(last: number, known: number, read = last) {
  useChat().dispatch({
    type: 'synced',
    conversations: [{ cmd: 10, dstid: 8, last_seq: last, join_seq: 0, read_seq: read, unread: 0, mentioned: 0, entries: range(known + 1, last), gap: known > 0 } as unknown as SyncedConversation],
  });
  return mount(MessageList, { talkKey: '10:8', kind: 10, dstid: 8 });
}

const bring = (from: number, to: number) =>
  useChat().dispatch({ type: 'history', kind: 10, dstid: 8, entries: range(from, to), gap: from > 1, before: to + 1 });

const shown = (page: ReturnType<typeof mount>) => page.all('message').map((_, at) => page.text('message', at));

const said = (from: number, to: number) => range(from, to).map(({ content }) => content);

test('older messages that come before the list was measured are shown with the others', async () => {
  lay({ viewport: 700, row: 50 });
  const page = open(10, 9);
  await quiet();
  bring(1, 9);
  await quiet();
  await frames();
  expect(shown(page)).toEqual(said(1, 10));
  page.end();
});

test('and those that make the rows, by what is guessed of their heights, exactly as high as the list', async () => {
  lay({ viewport: 450, row: 50 });
  const page = open(10, 9);
  await frames();
  bring(1, 9);
  await quiet();
  await frames();
  expect(shown(page)).toEqual(said(1, 10));
  page.end();
});

test.each(['before', 'after'])('older messages that come %s the list is measured lead away from no place', async (when) => {
  lay({ viewport: 400, row: 50 });
  const page = open(30, 14, 20);
  await quiet();
  if (when === 'after') await frames();
  bring(1, 14);
  await quiet();
  await frames();
  // Under the name of the day and twenty messages stands the line above the unread ones.
  expect(page.all('message-list')[0]!.scrollTop).toBe(21 * 50);
  page.end();
});

const LAST = 10;
const sync = (from: number, to: number): Change => ({
  type: 'synced',
  conversations: [{ cmd: 10, dstid: 8, last_seq: to, join_seq: 0, read_seq: to, mentioned: 0, entries: range(from, to), gap: from > 1 } as unknown as SyncedConversation],
});
const older = (before: number): Change => ({ type: 'history', kind: 10, dstid: 8, entries: range(1, before - 1), gap: false, before });

test('older messages that come while it is asked where to open are drawn too', async () => {
  lay({ viewport: 450, row: 50 });
  const page = mount(MessageList, { talkKey: '10:8', kind: 10, dstid: 8 });
  for (const news of [{ type: 'entry', entry: entry(8) } as const, sync(3, 3), sync(5, 8)]) {
    useChat().dispatch(news);
    await Promise.resolve();
  }
  await frames();
  expect(asked.map(({ path }) => path)).toContain('/message/history'); // and not answered
  useChat().dispatch(older(9));
  await frames();
  expect(shown(page)).toEqual(said(1, 8));
  page.end();
});

const seq = fc.integer({ min: 1, max: LAST });
const news = fc.oneof(
  seq.map((at): Change => ({ type: 'entry', entry: entry(at) })),
  fc.tuple(seq, seq).map(([one, other]) => sync(Math.min(one, other), Math.max(one, other))),
  seq.map(older),
);
/** How far the list comes before the next news: not at all, to its drawing, or until all is measured and scrolled. */
const pause = fc.constantFrom(() => undefined, quiet, frames);

test('whatever is told in whatever order, as much of an unbroken run is drawn as there is room for', async () => {
  const scenes = fc.array(fc.tuple(news, pause), { minLength: 1, maxLength: 8 });
  await fc.assert(fc.asyncProperty(scenes, fc.constantFrom(300, 350, 360, 400, 450, 500), async (told, viewport) => {
    useChat().state = empty(7);
    lay({ viewport, row: 50 });
    const page = mount(MessageList, { talkKey: '10:8', kind: 10, dstid: 8 });
    for (const [change, wait] of told) {
      useChat().dispatch(change);
      await wait();
    }
    await quiet();
    await frames();
    const drawn = shown(page);
    const runs = useChat().talkOf('10:8')?.spans ?? [];
    const run = runs.find(([from, to]) => said(from, to).includes(drawn[0]!));
    expect(run !== undefined).toBe(runs.length > 0);
    const all = run ? said(...run) : [];
    const first = all.indexOf(drawn[0]!);
    expect(drawn).toEqual(all.slice(first, first + drawn.length));
    // One row of those that there is room for may be the name of the day.
    expect(drawn.length).toBeGreaterThanOrEqual(Math.min(all.length, viewport / 50 - 1));
    page.end();
  }), { numRuns: 20 });
});
