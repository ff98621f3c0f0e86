import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { Failure } from '../core/api';
import { keep, keptKeys, readKept, unkeep } from '../core/storage';
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
  let prefix = '';

  function read(key: string): Draft {
    const saved = settings.of(key);
    return unsaved.get(key) ?? { text: saved?.draft ?? '', reply: saved?.reply ?? 0 };
  }

  /** What this browser had not saved when the page went. */
  function restore(me: number) {
    prefix = `fastim.draft.${me}.`;
    for (const name of keptKeys(prefix)) {
      const draft = parseDraft(readKept(name));
      if (draft) write(name.slice(prefix.length), draft);
    }
  }

  function write(key: string, draft: Draft) {
    unsaved.set(key, draft);
    keep(prefix + key, JSON.stringify(draft));
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => void save(key), SAVE_MS));
  }

  async function save(key: string) {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const draft = unsaved.get(key);
    if (!draft) return;
    try {
      await settings.put(key, () => (isSaved(key, draft) ? null : { draft: draft.text, reply: draft.reply }));
    } catch (fault) {
      // Without a line it is tried again with the next one; what the server refuses stays in this page.
      if (!(fault instanceof Failure) || fault.error === 'network') return;
    }
    if (unsaved.get(key) !== draft) return;
    unsaved.delete(key);
    unkeep(prefix + key);
  }

  function isSaved(key: string, { text, reply }: Draft): boolean {
    const saved = settings.of(key);
    return (saved?.draft ?? '') === text && (saved?.reply ?? 0) === reply;
  }

  function saveAll() {
    for (const key of [...unsaved.keys()]) void save(key);
  }

  return { restore, read, write, save, saveAll };
});

function parseDraft(text: string): Draft | null {
  try {
    const draft = JSON.parse(text) as Partial<Draft>;
    return typeof draft.text === 'string' && typeof draft.reply === 'number' ? (draft as Draft) : null;
  } catch {
    return null;
  }
}
