import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { passes } from '../core/again';
import { keep, keptKeys, onKeptElsewhere, readKept, unkeep } from '../core/storage';
import { useTalkSettings } from './talkSettings';

export interface Draft {
  text: string;
  /** The message that it answers, by its seq; 0 for none. */
  reply: number;
  /** When a tab of this browser wrote it; the server is not told. */
  at?: number;
}

/** So long after the last letter the server is told. */
const SAVE_MS = 800;
/** What it had no time for is told again so much later. */
const AGAIN_MS = 5_000;

/**
 * What was written and not sent, by conversation; the tabs of a browser write one text. What is not saved yet wins over
 * what another device says, and stays when the server refuses it.
 */
export const useDrafts = defineStore('drafts', () => {
  const settings = useTalkSettings();
  const unsaved = shallowReactive(new Map<string, Draft>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether the server greeted us as whom we write for; until then it is not known to whom it would be told. */
  let isGreeted = false;
  /** When a letter was written here last, in this machine's ms: what another tab wrote before is told here late. */
  const writtenAt = new Map<string, number>();
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
    onKeptElsewhere(prefix, (name, now) => hear(name.slice(prefix.length), now));
  }

  /** From another tab, which saves it too; nothing is left to save when that has happened. */
  function hear(key: string, kept: string | null) {
    const draft = parseDraft(kept ?? '');
    if (!draft) void save(key);
    else if ((draft.at ?? 0) >= (writtenAt.get(key) ?? 0)) unsaved.set(key, draft);
  }

  function write(key: string, draft: Draft) {
    unsaved.set(key, draft);
    writtenAt.set(key, Date.now());
    keep(prefix + key, JSON.stringify({ ...draft, at: Date.now() }));
    saveIn(SAVE_MS, key);
  }

  function saveIn(ms: number, key: string) {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => void save(key), ms));
  }

  async function save(key: string): Promise<void> {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const draft = unsaved.get(key);
    if (!draft || !isGreeted) return;
    try {
      await settings.put(key, () => (isSaved(key, draft) ? null : { draft: draft.text, reply: draft.reply }));
    } catch (fault) {
      // What is refused for good stays in this page, and is tried again with the next letter.
      if (passes(fault) && unsaved.get(key) === draft) saveIn(AGAIN_MS, key);
      return;
    }
    if (unsaved.get(key) !== draft) return;
    unsaved.delete(key);
    unkeep(prefix + key);
  }

  function isSaved(key: string, { text, reply }: Draft): boolean {
    const saved = settings.of(key);
    return (saved?.draft ?? '') === text && (saved?.reply ?? 0) === reply;
  }

  /** The line is there, or gone: then what is written waits for the next one. */
  function setLine(greeted: boolean) {
    isGreeted = greeted;
    for (const key of greeted ? [...unsaved.keys()] : []) void save(key);
  }

  return { restore, read, write, save, setLine };
});

function parseDraft(text: string): Draft | null {
  try {
    const draft = JSON.parse(text) as Partial<Draft>;
    return typeof draft.text === 'string' && typeof draft.reply === 'number' ? (draft as Draft) : null;
  } catch {
    return null;
  }
}
