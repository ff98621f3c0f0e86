/** What the composer is about, besides a new message: one of mine that is edited, or people that are mentioned. */
import { shallowRef } from 'vue';

export interface Editing {
  key: string;
  seq: number;
  /** What it says until the edit is sent. */
  before: string;
  /** What it is to say, as far as that is written. */
  text: string;
}

export const editing = shallowRef<Editing | null>(null);

/** By conversation the names that were chosen after an @, and whose they are; 0 is everybody. */
const mentioned = new Map<string, Map<string, number>>();

export function mention(key: string, name: string, id: number): void {
  mentioned.set(key, (mentioned.get(key) ?? new Map<string, number>()).set(name, id));
}

/** The user ids of those whose names still stand in the text. */
export function mentionsIn(key: string, text: string): number[] {
  const found = [...(mentioned.get(key) ?? [])].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id);
  return [...new Set(found)];
}

/** The word after the @ that the cursor is in, or null; an address such as a@b is none. */
export function mentionWord(text: string, cursor: number): string | null {
  return /(?:^|[^\w])@([^\s@]{0,20})$/u.exec(text.slice(0, cursor))?.[1] ?? null;
}
