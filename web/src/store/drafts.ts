import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { Failure } from '../core/api';
import { useTalkSettings } from './talkSettings';

export interface Draft {
  text: string;
  /** The message that it answers, by its seq; 0 for none. */
  reply: number;
}

/** So long after the last letter the server is told. */
const SAVE_MS = 800;

/** What was written and not sent, by conversation. What is not saved yet wins over what another device says. */
export const useDrafts = defineStore('drafts', () => {
  const settings = useTalkSettings();
  const unsaved = shallowReactive(new Map<string, Draft>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function read(key: string): Draft {
    const saved = settings.of(key);
    return unsaved.get(key) ?? { text: saved?.draft ?? '', reply: saved?.reply ?? 0 };
  }

  function write(key: string, draft: Draft) {
    unsaved.set(key, draft);
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => void save(key), SAVE_MS));
  }

  async function save(key: string) {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const draft = unsaved.get(key);
    if (!draft) return;
    const saved = settings.of(key);
    try {
      if ((saved?.draft ?? '') !== draft.text || (saved?.reply ?? 0) !== draft.reply) {
        await settings.put(key, { draft: draft.text, reply: draft.reply });
      }
    } catch (fault) {
      // Without a line it is tried again with the next one; what the server refuses stays in this page.
      if (!(fault instanceof Failure) || fault.error === 'network') return;
    }
    if (unsaved.get(key) === draft) unsaved.delete(key);
  }

  function saveAll() {
    for (const key of [...unsaved.keys()]) void save(key);
  }

  return { read, write, save, saveAll };
});
