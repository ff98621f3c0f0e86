/**
 * The server, in tests of what asks it: each question waits until the test answers it.
 *
 *   vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
 *   const loading = people.loadFriends();
 *   (await question('/contact/loadfriend')).answer([]);
 */
import { vi } from 'vitest';
import { PATIENCE_MS } from '../src/core/turns';

export interface Question {
  path: string;
  body: Record<string, unknown>;
  said: unknown;
  answer: (data: unknown) => void;
  fail: (fault: unknown) => void;
}

/** Those that nobody has taken yet. */
export const asked: Question[] = [];

const ask = (path: string, body: Record<string, unknown> = {}) =>
  new Promise((answer, fail) => asked.push({ path, body, said: server(path, body), answer, fail }));

/** What the server would say to a question when it is asked, where a test has one. */
let server: (path: string, body: Record<string, unknown>) => unknown = () => undefined;
export const serve = (says: typeof server) => void (server = says);

/** Answers the newest question as the server said when it was asked; whether there was one. Answers overtake each other. */
export async function answerNewest(): Promise<boolean> {
  await quiet();
  const newest = asked.pop();
  newest?.answer(newest.said);
  await quiet();
  return newest !== undefined;
}

export async function answerAll(): Promise<void> {
  while (await answerNewest());
}

/** In place of what asks in core/api. */
export const api = { post: ask, list: ask, envelope: ask };

/** The oldest question to that path, as soon as there is one; it is taken from the list. */
export async function question(path: string): Promise<Question> {
  const found = await vi.waitFor(() => asked.find((one) => one.path === path) ?? Promise.reject(new Error(`nobody asks ${path}`)));
  asked.splice(asked.indexOf(found), 1);
  return found;
}

/** All that was begun has come as far as it can without another answer. */
export const quiet = () => new Promise((resolve) => setTimeout(resolve));

/** What `load` asks hangs for so long that it is asked again, and `newer` is answered first; `late` then ends the older question. */
export async function overtake(load: () => Promise<unknown>, newer: unknown, late: (older: Question) => void): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  void load();
  await vi.advanceTimersByTimeAsync(0);
  const older = asked.shift()!;
  const again = load();
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  asked.shift()!.answer(newer);
  await again;
  late(older);
  await vi.advanceTimersByTimeAsync(0);
  vi.useRealTimers();
}
