import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';

/** What was written and not sent, by conversation; as long as the page lives. */
export const useDrafts = defineStore('drafts', () => {
  const drafts = shallowReactive(new Map<string, string>());

  function read(key: string): string {
    return drafts.get(key) ?? '';
  }

  function write(key: string, text: string) {
    if (text) drafts.set(key, text);
    else drafts.delete(key);
  }

  return { read, write };
});
