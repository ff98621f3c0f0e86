/**
 * Names under their first letters, as in an address book. Pure.
 *
 *   initialOf(name)          A to Z, a Chinese name by the pinyin of its first character; else #
 *   sectioned(items, name)   the items under their letters, A to Z, those under # last
 */
export interface Section<Item> {
  letter: string;
  items: Item[];
}

/** The first character of each letter in the order of pinyin; no syllable begins with I, U or V. */
const FIRST = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'];
const LETTERS = 'ABCDEFGHJKLMNOPQRSTWXYZ';
export const REST = '#';
const pinyin = new Intl.Collator('zh-CN-u-co-pinyin');

export function initialOf(name: string): string {
  const first = [...name.trim().normalize('NFKD').toUpperCase()][0] ?? '';
  if (first >= 'A' && first <= 'Z') return first;
  if (!/\p{Script=Han}/u.test(first)) return REST;
  const at = FIRST.findLastIndex((begins) => pinyin.compare(begins, first) <= 0);
  return LETTERS[at] ?? REST;
}

export function sectioned<Item>(items: readonly Item[], nameOf: (item: Item) => string): Section<Item>[] {
  const sections = new Map<string, Item[]>();
  for (const item of items.toSorted((a, b) => pinyin.compare(nameOf(a), nameOf(b)))) {
    const letter = initialOf(nameOf(item));
    const known = sections.get(letter);
    if (known) known.push(item);
    else sections.set(letter, [item]);
  }
  const place = (letter: string) => (letter === REST ? '~' : letter);
  return [...sections].map(([letter, of]) => ({ letter, items: of })).sort((a, b) => (place(a.letter) < place(b.letter) ? -1 : 1));
}
