import { beforeEach, expect, test } from 'vitest';
import { MOST_MESSAGES, Messages } from '../src/sw/messages';

/** A browser's cache, as far as it is used here. */
class MemoryCache {
  readonly items = new Map<string, Response>();
  private at = (path: string) => new URL(path, 'https://chat.example').href;
  async keys() { return [...this.items.keys()].map((url) => ({ url })); }
  async match(path: string) { return this.items.get(this.at(path))?.clone(); }
  async put(path: string, answer: Response) { this.items.set(this.at(path), answer); }
  async delete(path: string) { return this.items.delete(this.at(path)); }
}

const PATHS = ['/resource/a.png', '/resource/a.png?thumb=1'];
let cache: MemoryCache;
/** As of a worker that was just started. */
const open = () => new Messages(cache as unknown as Cache);

beforeEach(() => void (cache = new MemoryCache()));

test('a message that was looked at says once where its pictures are, also to the next worker', async () => {
  await cache.put(PATHS[0]!, new Response('picture'));
  await open().note('10:8/41', PATHS);
  const next = open();
  expect(await next.take('10:8/4')).toEqual([]);
  expect(await next.take('10:8/41')).toEqual(PATHS);
  expect(await next.take('10:8/41')).toEqual([]);
  expect([...cache.items.keys()]).toEqual(['https://chat.example/resource/a.png']);
});

test('of too many the ones are forgotten that were not looked at for the longest', async () => {
  const messages = open();
  for (let seq = 1; seq <= MOST_MESSAGES; seq += 1) await messages.note(`10:8/${seq}`, PATHS);
  await messages.note('10:8/1', PATHS);
  await messages.note('11:3/5', PATHS);
  expect(cache.items.size).toBe(MOST_MESSAGES);
  expect(await Promise.all(['10:8/1', '10:8/2', '11:3/5'].map((one) => messages.take(one)))).toEqual([PATHS, [], PATHS]);
});

test('what two messages show is shown until both are gone', async () => {
  const messages = open();
  await messages.note('10:8/41', PATHS);
  await messages.note('11:3/5', [PATHS[0]!, '/resource/b.png']);
  await messages.take('10:8/41');
  expect(await messages.shown(PATHS)).toEqual(new Set([PATHS[0]]));
  await messages.take('11:3/5');
  expect(await open().shown(PATHS)).toEqual(new Set());
});
