/**
 * Showing what was found, and finding among what the page has already. Pure.
 *
 *   piecesOf(text, ranges)   a text in pieces, those that were looked for marked; begins near the first of them
 *   placesIn(text, sought)   where all words of a search stand in a name, or null where one is missing
 *   byNames(items, …)        the items one of whose names has all words, those that begin with them first
 */
export type Range = readonly [from: number, to: number];

export interface Piece {
  text: string;
  hit: boolean;
}

/** A line of a list shows about so much before what was found. */
const BEFORE = 12;
const LONGEST = 160;

export function piecesOf(text: string, ranges: readonly Range[]): Piece[] {
  const first = ranges[0]?.[0] ?? 0;
  const start = first > BEFORE * 2 ? onCharacter(text, first - BEFORE) : 0;
  const end = onCharacter(text, Math.min(text.length, start + LONGEST));
  const pieces: Piece[] = start ? [{ text: '…', hit: false }] : [];
  let at = start;
  for (const [from, to] of ranges) {
    if (from >= end) break;
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, Math.min(to, end)), hit: true });
    at = to;
  }
  if (at < end) pieces.push({ text: text.slice(at, end), hit: false });
  if (end < text.length) pieces.push({ text: '…', hit: false });
  return pieces;
}

/** Not between the halves of a character. */
function onCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

export function placesIn(text: string, sought: string): Range[] | null {
  const words = fold(sought).split(/\s+/).filter(Boolean);
  const folded = fold(text);
  if (!words.length || words.some((word) => !folded.includes(word))) return null;
  if (folded.length !== text.length) return []; // found, though not where in the unfolded text
  const places = words.map((word): Range => [folded.indexOf(word), folded.indexOf(word) + word.length]);
  return joined(places.sort((a, b) => a[0] - b[0]));
}

function joined(places: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const [from, to] of places) {
    const last = found.at(-1);
    if (last && from <= last[1]) found[found.length - 1] = [last[0], Math.max(last[1], to)];
    else found.push([from, to]);
  }
  return found;
}

/** How well a name fits; less is better. */
function rank(names: readonly string[], sought: string): number {
  const first = fold(sought.trim());
  return names.some((name) => fold(name).startsWith(first)) ? 0 : 1;
}

export function byNames<T>(items: readonly T[], namesOf: (item: T) => readonly string[], sought: string): T[] {
  return items
    .filter((item) => namesOf(item).some((name) => placesIn(name, sought)))
    .map((item, at) => ({ item, at, fit: rank(namesOf(item), sought) }))
    .sort((a, b) => a.fit - b.fit || a.at - b.at)
    .map(({ item }) => item);
}
