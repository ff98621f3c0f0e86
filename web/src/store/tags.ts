/** The labels on my friends, as pure functions of the list. */
import type { Friend } from '../core/types';

/** Every label that some friend has, each with how many, by the letters of the page's language. */
export function tagsOf(friends: readonly Friend[], lang: string): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { tags } of friends) for (const name of tags) counts.set(name, (counts.get(name) ?? 0) + 1);
  const order = new Intl.Collator(lang);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => order.compare(a.name, b.name));
}

/** With a label that is there taken off, or one that is not put on. */
export function toggled(tags: readonly string[], name: string): string[] {
  return tags.includes(name) ? tags.filter((one) => one !== name) : [...tags, name];
}
