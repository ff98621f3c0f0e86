/** What the service worker is told of pictures: whose they are, in which messages, and which must not be shown any more. */
import type { Gone } from '../store/gone';
import { MEDIA, type Entry, type RecordItem } from './types';

/** Each message by its conversation and number, "10:8/41". */
type Word = { user: number; seen: string[] } | { shown: [message: string, paths: string[]][] } | { gone: string[]; recalled: string[] };

/** What is shown by pictures, or has such messages in it. */
const SHOWN: ReadonlySet<number> = new Set([MEDIA.picture, MEDIA.video, MEDIA.record]);

const nameOf = (key: string, seq: number) => `${key}/${seq}`;

/** The server said that `user` is signed in. The pictures that came before the worker was there are named to it. */
export function keepPictures(user: number): void {
  const seen = performance.getEntriesByType('resource')
    .filter((one) => (one as PerformanceResourceTiming).initiatorType === 'img' && one.name.startsWith(location.origin))
    .map((one) => one.name.slice(location.origin.length));
  say({ user, seen });
}

/**
 * Pictures of these messages of a conversation are looked at: what recalls one later says its number only, and by then
 * the message itself may not be in this page any more.
 */
export function showPictures(key: string, entries: readonly Entry[]): void {
  const shown = entries
    .filter(({ media }) => SHOWN.has(media))
    .map((entry): [string, string[]] => [nameOf(key, entry.seq), pathsOf(entry)])
    .filter(([, paths]) => paths.length);
  if (shown.length) say({ shown });
}

/** Of what was recalled or deleted nothing stays. `here` are those of the messages that are in this page, as they were. */
export function dropPictures(gone: readonly Gone[], here: readonly Entry[]): void {
  say({ gone: here.flatMap(pathsOf), recalled: gone.flatMap(({ key, seqs }) => [...seqs].map((seq) => nameOf(key, seq))) });
}

/** Where a message's pictures are on this server, the small one of each too, with those of a record's messages. */
function pathsOf({ url = '', pic = '', record = [] }: Pick<RecordItem, 'url' | 'pic' | 'record'>): string[] {
  const own = [url, pic].filter((one) => one.startsWith('/resource/'));
  const all = own.flatMap((one) => [one, `${one.split('?')[0]}?thumb=1`]);
  return [...new Set([...all, ...record.flatMap(pathsOf)])];
}

function say(word: Word): void {
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(word)).catch(() => {});
}
