import { openEnvelope, type Answer } from './api';

type Early = Record<string, Promise<readonly [status: number, text: string] | null>>;

/**
 * The answer to a question that the page asked before this script was there, once; null where it did not ask, or the
 * network failed. Throws Failure as asking does.
 */
export async function early<T>(path: string): Promise<Answer<T> | null> {
  const all = (globalThis as { fastimEarly?: Early }).fastimEarly;
  const answer = await all?.[path];
  if (!all || !answer) return null;
  delete all[path];
  return openEnvelope<T>(...answer);
}
