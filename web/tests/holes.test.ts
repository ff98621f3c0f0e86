/** What was shown stays to be seen while what came meanwhile is being fetched, whoever writes then. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { h } from 'vue';
import MessageList from '../src/components/MessageList.vue';
import type { Row } from '../src/log/rows';
import type { SocketOptions } from '../src/core/socket';
import { MEDIA, type Entry, type SyncedConversation } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { useHistory } from '../src/store/history';
import { asked, quiet } from './asked';
import { frames, lay } from './layout';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
let heard: SocketOptions;
vi.mock('../src/core/shared/socket', () => ({
  openLine: (_: number, options: SocketOptions) => {
    heard = options;
    return { open() {}, close() {}, send: () => true, retryNow() {}, share() {} };
  },
}));
vi.mock('../src/components/MessageRow.vue', () => ({
  default: { props: ['row'], render: ({ row }: { row: Row }) => h('p', { 'data-testid': 'row' }, row.type === 'message' ? row.message.content : row.type) },
}));

const entry = (seq: number) => ({ id: seq, seq, time: seq, userid: 8, cmd: 10, dstid: 7, media: 1, content: `said ${seq}` }) as Entry;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));
const said = (from: number, to: number) => range(from, to).map(({ content }) => content!);

function sync(from: number, to: number) {
  useChat().dispatch({
    type: 'synced',
    conversations: [{ cmd: 10, dstid: 8, last_seq: to, join_seq: 0, read_seq: to, mentioned: 0, entries: range(from, to), gap: from > 1 } as unknown as SyncedConversation],
  });
}
const fill = (from: number, to: number) =>
  useChat().dispatch({ type: 'history', kind: 10, dstid: 8, entries: range(from, to), gap: true, after: from - 1 });

let page: ReturnType<typeof mount>;
const shown = () => page.all('row').map((_, at) => page.text('row', at)).filter((text) => text !== 'day');
async function drawn() {
  await quiet();
  await frames();
  return shown();
}
const write = (content: string) => useChat().outbox!.put(10, 8, { media: MEDIA.text, content });

function open() {
  lay({ viewport: 700, row: 50 });
  page = mount(MessageList, { talkKey: '10:8', kind: 10, dstid: 8 });
  return drawn();
}

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  useChat().start(7);
});

test('who writes sees what was there, what came last, and between them that something is to come, until it has', async () => {
  sync(1, 4);
  expect(await open()).toEqual(said(1, 4));
  sync(9, 10);
  expect(await drawn()).toEqual(said(1, 4));
  write('mine');
  const around = [...said(1, 4), 'hole', ...said(9, 10), 'mine'];
  expect(await drawn()).toEqual(around);
  heard.onFrame({ cmd: 12, msgid: useChat().pending[0]!.msgid, seq: 11, id: 11, time: 11 } as never);
  expect(await drawn()).toEqual(around);
  fill(5, 6);
  expect(await drawn()).toEqual([...said(1, 6), 'hole', ...said(9, 10), 'mine']);
  fill(7, 8);
  expect(await drawn()).toEqual([...said(1, 10), 'mine']);
  sync(20, 20);
  expect(await drawn()).toEqual([...said(1, 10), 'mine']);
  page.end();
});

test('who writes where a jump led to sees the end instead', async () => {
  sync(100, 101);
  await open();
  fill(50, 52);
  useHistory().focus = { key: '10:8', seq: 51, turn: 1 };
  expect(await drawn()).toEqual(said(50, 52));
  write('mine');
  expect(await drawn()).toEqual([...said(100, 101), 'mine']);
  page.end();
});
