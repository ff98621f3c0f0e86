import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { passes } from '../core/again';
import { serverNow } from '../core/clock';
import { keep, keptKeys, onKeptElsewhere, readKept, unkeep } from '../core/storage';
import { useTalkSettings } from './talkSettings';

export interface Draft {
  text: string;
  /** The message that it answers, by its seq; 0 for none. */
  reply: number;
}

/** One that the server does not have yet, as far as this browser knows. */
interface Unsaved extends Draft {
  /** When it was written, in ms by the server's clock; later than whatever was known here then. */
  at: number;
  /** It was told to the server, or one that was written before it: that may come there at any time. */
  told: boolean;
}

/** So long after the last letter the server is told. */
const SAVE_MS = 800;
/** What it had no time for is told again so much later. */
const AGAIN_MS = 5_000;

/**
 * What was written and not sent, by conversation; the tabs of a browser write one text. What is not saved yet wins over
 * what another device says until the server has decided: the one that was written last counts, so what the line held
 * back changes nothing, however late it comes, and whatever became of its page. It stays when the server refuses it.
 */
export const useDrafts = defineStore('drafts', () => {
  const settings = useTalkSettings();
  const unsaved = shallowReactive(new Map<string, Unsaved>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether the server greeted us as whom we write for; until then it is not known to whom it would be told. */
  let isGreeted = false;
  /** When a letter was written here last: what another tab wrote before is told here late. */
  const writtenAt = new Map<string, number>();
  let prefix = '';

  function read(key: string): Draft {
    const { text, reply } = unsaved.get(key) ?? savedAt(key);
    return { text, reply };
  }

  function savedAt(key: string): Unsaved {
    const { draft = '', reply = 0, written = 0 } = settings.of(key) ?? {};
    return { text: draft, reply, at: written, told: false };
  }

  /** What this browser had not saved when the page went. */
  function restore(me: number) {
    prefix = `fastim.draft.${me}.`;
    for (const name of keptKeys(prefix)) {
      const draft = parseUnsaved(readKept(name));
      if (draft) put(name.slice(prefix.length), draft);
    }
    onKeptElsewhere(prefix, (name, now) => hear(name.slice(prefix.length), now));
  }

  /** From another tab, which saves it too; nothing is left to save when that has happened. */
  function hear(key: string, kept: string | null) {
    const draft = parseUnsaved(kept ?? '');
    if (!draft) void save(key);
    else if (draft.at >= (writtenAt.get(key) ?? 0)) unsaved.set(key, draft);
  }

  function write(key: string, { text, reply }: Draft) {
    const before = unsaved.get(key);
    const at = Math.max(serverNow(), (before?.at ?? 0) + 1, savedAt(key).at + 1);
    put(key, { text, reply, at, told: before?.told ?? false });
  }

  function put(key: string, draft: Unsaved) {
    unsaved.set(key, draft);
    writtenAt.set(key, draft.at);
    keep(prefix + key, JSON.stringify(draft));
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
      await settings.put(key, () => (isOver(key, draft) ? null : tell(key, draft)));
    } catch (fault) {
      // What is refused for good stays in this page, and is tried again with the next letter.
      if (passes(fault) && unsaved.get(key) === draft) saveIn(AGAIN_MS, key);
      return;
    }
    if (unsaved.get(key) !== draft) return;
    unsaved.delete(key);
    unkeep(prefix + key);
  }

  /** Whether there is nothing to tell of it: the server has it, or one that was written since, which is here or there. */
  function isOver(key: string, draft: Unsaved): boolean {
    const saved = savedAt(key);
    const isSame = !draft.told && saved.text === draft.text && saved.reply === draft.reply;
    return isSame || saved.at >= draft.at || unsaved.get(key) !== draft;
  }

  /** What a clock that was ahead gave it, before the server's was known, would count for too long. */
  function tell(key: string, draft: Unsaved) {
    if (!draft.told) draft.at = Math.min(draft.at, Math.max(serverNow(), savedAt(key).at + 1));
    draft.told = true;
    writtenAt.set(key, draft.at);
    keep(prefix + key, JSON.stringify(draft));
    return { draft: draft.text, reply: draft.reply, written: draft.at };
  }

  /** The line is there, or gone: then what is written waits for the next one. */
  function setLine(greeted: boolean) {
    isGreeted = greeted;
    for (const key of greeted ? [...unsaved.keys()] : []) void save(key);
  }

  /** Nothing that was written in this browser stays. */
  function clear() {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const map of [unsaved, timers]) map.clear();
    keptKeys(prefix).forEach(unkeep);
  }

  return { restore, read, write, save, setLine, clear };
});

function parseUnsaved(text: string): Unsaved | null {
  try {
    const { text: said, reply, at = serverNow(), told = true } = JSON.parse(text) as Partial<Unsaved>;
    return typeof said === 'string' && typeof reply === 'number' ? { text: said, reply, at, told } : null;
  } catch {
    return null;
  }
}
