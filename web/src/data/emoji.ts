/**
 * All emoji, by category, with words in both languages. `EMOJI` is what a panel shows; `findEmoji` searches the
 * words, those that begin a word first; `toned` gives a hand or a person one of five skin tones.
 */
import { LISTS } from './emoji-list';

export interface Emoji {
  sign: string;
  /** Takes a skin tone. */
  tones: boolean;
  zh: string;
  en: string;
  /** What else it is found by, in lower case. */
  words: string;
}

export interface EmojiGroup {
  id: string;
  /** Stands for the group. */
  sign: string;
  items: readonly Emoji[];
}

const SIGNS: Record<string, string> = {
  faces: '😀', people: '👋', nature: '🐵', food: '🍎', travel: '🚗', play: '⚽', things: '💡', symbols: '❤️', flags: '🏁',
};

export const EMOJI: readonly EmojiGroup[] = Object.entries(LISTS).map(([id, lines]) => ({ id, sign: SIGNS[id] ?? '', items: read(lines) }));

function read(lines: string): Emoji[] {
  return lines.trim().split('\n').map((line) => {
    const [sign = '', zh = '', en = ''] = line.split('\t');
    const tones = sign.startsWith('+');
    return { sign: tones ? sign.slice(1) : sign, tones, zh: zh.split(',')[0]!, en: en.split(',')[0]!, words: ` ${zh},${en}`.replaceAll(',', ' ') };
  });
}

const MOST_FOUND = 120;

/** Every emoji with `sought` in its Chinese or English words, the best first; none for an empty text. */
export function findEmoji(sought: string): Emoji[] {
  const wanted = sought.trim().toLowerCase();
  if (!wanted) return [];
  const rank = ({ zh, en, words }: Emoji) => {
    if (zh === wanted || en === wanted) return 0;
    if (zh.startsWith(wanted) || en.startsWith(wanted)) return 1;
    if (words.includes(` ${wanted}`)) return 2;
    return words.includes(wanted) ? 3 : 4;
  };
  return EMOJI.flatMap((group) => group.items)
    .map((item) => ({ item, rank: rank(item) }))
    .filter((found) => found.rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_FOUND)
    .map(({ item }) => item);
}

export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;

/** The sign with a tone (1…5), where it takes one. */
export function toned({ sign, tones }: Pick<Emoji, 'sign' | 'tones'>, tone: number): string {
  const mark = TONES[tone];
  if (!tones || !mark) return sign;
  const [first = '', ...rest] = sign;
  return first + mark + (rest[0] === '\ufe0f' ? rest.slice(1) : rest).join('');
}
