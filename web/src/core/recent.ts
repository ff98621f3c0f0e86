import { ref, type Ref } from 'vue';
import { keep, readKept } from './storage';

/** What this browser used last, the newest first. */
export interface Recent {
  readonly items: Ref<readonly string[]>;
  note: (item: string) => void;
}

export function useRecent(name: string, most: number): Recent {
  const key = `fastim.recent.${name}`;
  const items = ref<readonly string[]>(read(key).slice(0, most));
  return {
    items,
    note(item) {
      items.value = [item, ...items.value.filter((one) => one !== item)].slice(0, most);
      keep(key, JSON.stringify(items.value));
    },
  };
}

function read(key: string): string[] {
  try {
    const found = JSON.parse(readKept(key) || '[]') as unknown;
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
