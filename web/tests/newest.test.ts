import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { MEDIA, type Entry, type SyncedConversation } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { useHistory } from '../src/store/history';
import { answerAll, asked, serve } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const LAST = 300;
/** The last message; behind it are only reactions to the first ones. */
const SAID = 130;
const entry = (seq: number) => ({
  id: seq, seq, time: seq, userid: 9, cmd: 11, dstid: 3, ...(seq > SAID ? { media: MEDIA.reacted, target: 1, content: '👍' } : { media: 1, content: `said ${seq}` }),
}) as Entry;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  serve((_, { before, limit }) => {
    const from = Math.max(1, Number(before) - Number(limit));
    return { rows: range(from, Number(before) - 1), gap: from > 1 };
  });
});

const synced = (entries: Entry[]) => useChat().dispatch({
  type: 'synced',
  conversations: [{ cmd: 11, dstid: 3, last_seq: entries.at(-1)!.seq, join_seq: 0, read_seq: 0, unread: 0, mentioned: 0, entries, gap: true } as unknown as SyncedConversation],
});

test('behind many reactions the list finds what was said last, and not what is here of long ago', async () => {
  synced(range(20, 40));
  synced(range(LAST - 19, LAST));
  expect(useChat().lines[0]?.last).toMatchObject({ content: 'said 40' });
  const found = useHistory().findNewest();
  await answerAll();
  await found;
  expect(useChat().lines[0]?.last).toMatchObject({ content: `said ${SAID}` });
});

test('where a message is among the newest nothing is asked', async () => {
  synced(range(SAID - 10, SAID + 9));
  await useHistory().findNewest();
  expect(asked).toHaveLength(0);
});
