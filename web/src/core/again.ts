import { Failure } from './api';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
const BUSY = new Set(['network', 'server_busy', 'busy', 'too_often']);

/** A line that broke and a server that is busy pass: the same is worth another try. */
export function passes(fault: unknown): boolean {
  return fault instanceof Failure && (BUSY.has(fault.error) || fault.status >= 502);
}

/**
 * Does `act` until it succeeds or fails for good. Between tries it waits, longer each time, and no longer than
 * until the network is back. Throws `aborted` when `signal` says so.
 */
export async function again<T>(act: () => Promise<T>, signal?: AbortSignal, onWait?: (waits: boolean) => void): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    if (signal?.aborted) throw new Failure('aborted', '');
    try {
      const done = await act();
      onWait?.(false);
      return done;
    } catch (fault) {
      if (!passes(fault)) throw fault;
      onWait?.(true);
      await rest(Math.max(pause, fault instanceof Failure ? fault.retryAfter * 1000 : 0), signal);
    }
  }
}

function rest(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal?.addEventListener('abort', end);
  });
}
