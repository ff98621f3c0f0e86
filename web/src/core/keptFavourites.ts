/**
 * The favourites that were shown last, to show without a network: beside what else this browser keeps of a user
 * (kept.ts), and gone with it.
 *
 *   readFavourites(me)               as the server listed them, the newest first; none where nothing is kept
 *   keepFavourites(me, change)       what `change` makes of those that are kept
 *   dropFavourites(gone)             messages were recalled or deleted
 */
import { keyFor } from '../store/conversations';
import type { Gone } from '../store/gone';
import { done, lastUser, openKept, PEOPLE } from './kept';
import type { Favourite } from './types';

/** Four pages of the list. */
export const KEPT_FAVOURITES = 200;
const ALL = 'favourites';
type Rows = readonly Favourite[];

export async function readFavourites(me: number): Promise<Rows> {
  if (lastUser() !== me) return [];
  try {
    const base = await openKept(me);
    const rows = await done<Rows | undefined>(base.transaction(PEOPLE).objectStore(PEOPLE).get(ALL));
    base.close();
    return rows ?? [];
  } catch {
    return [];
  }
}

export async function keepFavourites(me: number, change: (kept: Rows) => Rows): Promise<void> {
  if (lastUser() !== me) return;
  try {
    const base = await openKept(me);
    // Logged out while it was opened: nothing is written behind the one who forgot.
    if (lastUser() === me) {
      const store = base.transaction(PEOPLE, 'readwrite').objectStore(PEOPLE);
      const kept = (await done<Rows | undefined>(store.get(ALL))) ?? [];
      const now = change(kept);
      if (now !== kept) await done(store.put(JSON.parse(JSON.stringify(now.slice(0, KEPT_FAVOURITES))), ALL));
    }
    base.close();
  } catch {
    // The disk is full or storage is forbidden: without a network there are none.
  }
}

export function dropFavourites(gone: readonly Gone[]): void {
  const seqs = new Map(gone.map((one) => [one.key, one.seqs]));
  const isGone = ({ entry, dstid }: Favourite) => seqs.get(keyFor(entry.cmd, dstid))?.has(entry.seq);
  void keepFavourites(lastUser(), (kept) => (kept.some(isGone) ? kept.filter((row) => !isGone(row)) : kept));
}

/** As the server narrows them: by kind, and by what they say. */
export function matching(rows: Rows, words: string, media: number): Favourite[] {
  const sought = words.trim().toLowerCase();
  const says = ({ content = '', memo = '' }: Favourite['entry']) => `${content} ${memo}`.toLowerCase();
  return rows.filter(({ entry }) => (!media || entry.media === media) && says(entry).includes(sought));
}
