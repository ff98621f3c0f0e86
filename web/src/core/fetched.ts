import { again } from './again';
import { Failure } from './api';

/**
 * A part of the pages that is needed without anybody asking for it: `load` imports it, and without a network imports it
 * again until there is one. What somebody opens by hand is imported again when they open it again.
 */
export function fetched<T>(load: () => Promise<T>, onWait?: (waits: boolean) => void): Promise<T> {
  return again(() => load().catch(() => Promise.reject(new Failure('network', ''))), undefined, onWait);
}
