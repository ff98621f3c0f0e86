/** What the service worker is told of pictures: whose they are, and which must not be shown any more. */
import type { Entry } from './types';

type Word = { user: number; seen: string[] } | { gone: string[] };

/** The server said that `user` is signed in. The pictures that came before the worker was there are named to it. */
export function keepPictures(user: number): void {
  const seen = performance.getEntriesByType('resource')
    .filter((one) => (one as PerformanceResourceTiming).initiatorType === 'img' && one.name.startsWith(location.origin))
    .map((one) => one.name.slice(location.origin.length));
  say({ user, seen });
}

/** Of what was recalled or deleted nothing stays. `entries` are messages as they were. */
export function dropPictures(entries: readonly Entry[]): void {
  const gone = entries.flatMap(({ url = '', pic = '' }) => [url, pic]).filter((one) => one.startsWith('/resource/'));
  if (gone.length) say({ gone: gone.flatMap((one) => [one, `${one.split('?')[0]}?thumb=1`]) });
}

function say(word: Word): void {
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(word)).catch(() => {});
}
