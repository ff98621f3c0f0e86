import { afterEach, expect, test, vi } from 'vitest';
import { readNotice } from '../src/core/readNotice';
import type { Group } from '../src/core/types';

const GROUP = { id: 7, noticeseq: 3, noticeread: 0 } as Group;

afterEach(() => vi.unstubAllGlobals());

test('a reader who asks twice is one reader', async () => {
  const readers = new Set<string>();
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === '/community/readnotice') readers.add('me');
    const data = path === '/community/notice' ? { seq: 3, author: 1, text: 'Meet', createat: '', readers: readers.size } : null;
    return new Response(JSON.stringify({ code: 0, data, msg: '' }));
  });
  expect((await readNotice(GROUP)).readers).toBe(1);
  // The page has not heard yet that it has read it.
  expect((await readNotice(GROUP)).readers).toBe(1);
});
