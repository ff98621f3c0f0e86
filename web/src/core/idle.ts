/** Not before this, so that what the reader waits for comes first; and not later than that. */
const SOONEST_MS = 1_000;
const LATEST_MS = 4_000;

/** Does what is needed soon, but not for the first sight, when there is nothing else to do. */
export function whenIdle(act: () => void): void {
  setTimeout(() => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: LATEST_MS });
    else act(); // Safari
  }, SOONEST_MS);
}
