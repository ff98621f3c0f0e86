import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Entry, SyncedConversation } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { windowOf } from '../src/store/windows';
import { useHistory } from '../src/store/history';
import { answerAll, asked, quiet, serve } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
/** The open conversation. */
const place = vi.hoisted(() => ({ route: { value: { talk: null as string | null } } }));
vi.mock('../src/core/route', () => ({
  ...place,
  openTalk: (key: string) => (place.route.value.talk = key),
  staying: () => { const { talk } = place.route.value; return () => place.route.value.talk === talk; },
}));

const LAST = 500;
const entry = (seq: number, dstid: number) => ({ id: seq, seq, time: seq, userid: 9, cmd: 11, dstid, media: 1, content: 'a' }) as Entry;

beforeEach(() => {
  asked.length = 0;
  place.route.value.talk = null;
  setActivePinia(createPinia());
  const known = (dstid: number) => ({
    cmd: 11, dstid, last_seq: LAST, join_seq: 0, read_seq: LAST, unread: 0, mentioned: 0, entries: [entry(LAST, dstid)], gap: true,
  }) as unknown as SyncedConversation;
  useChat().dispatch({ type: 'synced', conversations: [known(3), known(4)] });
  serve((_, { dstid, before, after, limit }) => {
    const from = before ? Math.max(1, Number(before) - Number(limit)) : Number(after) + 1;
    const to = before ? Number(before) - 1 : Math.min(LAST, Number(after) + Number(limit));
    const rows = Array.from({ length: to - from + 1 }, (_, at) => entry(from + at, Number(dstid)));
    return { rows, gap: before ? from > 1 : to < LAST };
  });
});

test('of two jumps the one that was wished for last is made, whichever is loaded first', async () => {
  const history = useHistory();
  const one = history.openAt('11:3', 100);
  const two = history.openAt('11:4', 100);
  await answerAll();
  expect([await one, await two]).toEqual(['', '']);
  expect(place.route.value.talk).toBe('11:4');
  expect(history.focus).toMatchObject({ key: '11:4', seq: 100 });
});

test('whoever goes elsewhere while a jump is being loaded stays there', async () => {
  const history = useHistory();
  const jump = history.openAt('11:3', 100);
  await quiet();
  place.route.value.talk = '11:4';
  await answerAll();
  await jump;
  expect(place.route.value.talk).toBe('11:4');
  expect(history.focus).toBeNull();
});

test('a jump loads what stands around its place, also while older messages are on their way', async () => {
  const history = useHistory();
  void history.loadOlder('11:3');
  await quiet();
  const jump = history.openAt('11:3', 100);
  await answerAll();
  expect(await jump).toBe('');
  const { from, to } = windowOf(useChat().talkOf('11:3')!, 100);
  expect(from).toBeLessThanOrEqual(100);
  expect(to).toBeGreaterThanOrEqual(100);
});
