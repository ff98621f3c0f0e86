import { signsOf } from './signs';

/** A piece of a text: a link when `href` is there. */
export interface Piece {
  text: string;
  href?: string;
  /** It names somebody whom the message mentions. */
  mention?: boolean;
}

const PLACE = /(?:https?:\/\/|www\.)[^\s<>"'`，。；：！？、（）《》「」【】]+/;
/** Of somebody who gets letters: what stands before its sign is short, so that no text takes long to be gone through. */
const POSTAL = /[\w.+-]{1,64}@[a-z\d-]+(?:\.[a-z\d-]+)+/;
/** What stands before an address without a protocol that is the end of something else. */
const AMID = /[\w@.+/-]/;
const ADDRESS = new RegExp(`${PLACE.source}|${POSTAL.source}`, 'gi');
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'")\]}]+$/;

/** Splits a text at its addresses and at the `@names` that it mentions. */
export function pieces(text: string, names: readonly string[] = []): Piece[] {
  const found = linked(text);
  return names.length ? found.flatMap((piece) => (piece.href ? [piece] : mentions(piece.text, names))) : found;
}

function mentions(text: string, names: readonly string[]): Piece[] {
  const longestFirst = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const wanted = new RegExp(`(@(?:${longestFirst.join('|')}))`);
  return text.split(wanted).flatMap((part, at) => (part ? [at % 2 ? { text: part, mention: true } : { text: part }] : []));
}

/** Only to sites and to letters, so that no link can run a script. */
function linked(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    const href = hrefOf(address);
    if (!isAddress(href) || (href !== address && AMID.test(text[match.index - 1] ?? ''))) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    found.push({ text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}

function hrefOf(address: string): string {
  if (/^https?:/i.test(address)) return address;
  if (/^www\.[^.]/i.test(address)) return `https://${address}`;
  return address.includes('@') ? `mailto:${address}` : '';
}

function trimAddress(address: string): string {
  const trimmed = address.replace(TRAILING, '');
  // Wikipedia's addresses end in a bracket that was opened within them.
  return address[trimmed.length] === ')' && trimmed.includes('(') ? `${trimmed})` : trimmed;
}

function isAddress(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === 'mailto:' || hostname !== '';
  } catch {
    return false;
  }
}

const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const PICTURE_FIRST = new RegExp(`^(?:${PICTURE.source})`, 'u');

/** Whether a text is nothing but one to three emoji, which are shown large. Asked of every text that scrolls by. */
export function isBigEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !PICTURE_FIRST.test(trimmed) || /[\d#*]/.test(trimmed)) return false;
  const all = signsOf(trimmed);
  return all.length <= 3 && all.every((sign) => PICTURE.test(sign));
}
