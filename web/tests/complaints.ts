/**
 * The pages have nothing to complain of: what they, or Vue, tell the console during a test fails it. A test of something
 * that does complain takes what was said:
 *
 *   expect(complaints()).toEqual(['…']);
 */
import { afterEach, expect } from 'vitest';

declare global {
  // Of the whole run of a file: a module that a test loads anew has the same.
  var complained: string[] | undefined;
}
const said = (globalThis.complained ??= []);

for (const level of ['warn', 'error'] as const) console[level] = (...words: unknown[]) => void said.push(words.map(String).join(' '));

/** What was said since the last time. */
export const complaints = (): string[] => said.splice(0);

afterEach(() => expect(complaints(), 'what the console was told').toEqual([]));
