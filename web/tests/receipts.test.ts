import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Group } from '../src/core/types';
import { usePeople } from '../src/store/people';
import { useReceipts } from '../src/store/receipts';
import { asked, overtake, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const GROUP = 3;
const mark = (userid: number, read_seq: number) => ({ userid, read_seq, join_seq: 0 });

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  usePeople().groups = [{ id: GROUP, members: 3 } as Group];
});

test('a mark that is heard while the marks are asked for counts, the first time as any other', async () => {
  const receipts = useReceipts();
  for (let round = 0; round < 2; round += 1) {
    const loading = receipts.load(GROUP);
    const old = await question('/message/marks');
    receipts.heard(GROUP, 8, 40 + round);
    old.answer([mark(8, 39), mark(9, 20)]);
    await loading;
    expect(receipts.of(GROUP, 40 + round)).toEqual({ read: 1, all: 2 });
  }
});

test('of two answers the one that was asked for last stands', async () => {
  const receipts = useReceipts();
  const loading = receipts.load(GROUP);
  const first = await question('/message/marks');
  const again = receipts.load(GROUP);
  first.answer([mark(8, 39)]);
  await loading;
  (await question('/message/marks')).answer([mark(8, 39), mark(9, 39)]);
  await again;
  expect(receipts.of(GROUP, 39)).toEqual({ read: 2, all: 2 });
});

test('an older failure does not take away what a newer answer said', async () => {
  const receipts = useReceipts();
  await overtake(() => receipts.load(GROUP), [mark(8, 39)], (older) => older.fail(new Error('at last')));
  expect(receipts.of(GROUP, 39)).toEqual({ read: 1, all: 1 });
});

test('where the server tells no marks nothing is said', async () => {
  const receipts = useReceipts();
  const loading = receipts.load(GROUP);
  (await question('/message/marks')).fail(new Error('switched off'));
  await loading;
  await quiet();
  expect(receipts.of(GROUP, 39)).toBeNull();
});
