import { defineStore } from 'pinia';
import { shallowReactive, watch } from 'vue';
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

/** Of one conversation: texts that went out and were not answered, or not yet, and all that went out beside them. */
interface OnWay {
  open: Set<string>;
  all: Set<string>;
}

/** So long after the last letter the server is told. */
const SAVE_MS = 800;
/** What it had no time for is told again so much later. */
const AGAIN_MS = 5_000;

/**
 * What was written and not sent, by conversation; the tabs of a browser write one text. What is not saved yet wins over
 * what another device says, and stays when the server refuses it. A text that the line held back may reach the server
 * after one that was written later: then the later one is told again.
 */
export const useDrafts = defineStore('drafts', () => {
  const settings = useTalkSettings();
  const unsaved = shallowReactive(new Map<string, Draft>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether the server greeted us as whom we write for; until then it is not known to whom it would be told. */
  let isGreeted = false;
  /** What is on its way, or may be: as long as there is such a one, the server may yet get what was written before. */
  const onWay = new Map<string, OnWay>();
  /** What the server took last while there was such a one. */
  const settled = new Map<string, Draft>();
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
      await settings.put(key, () => (isSaved(key, draft) ? null : sent(key, draft)));
    } catch (fault) {
      // What is refused for good stays in this page, and is tried again with the next letter.
      if (!passes(fault)) arrived(key, draft);
      else if (unsaved.get(key) === draft) saveIn(AGAIN_MS, key);
      return;
    }
    const isReplaced = hasOlder(key, draft);
    arrived(key, draft);
    if (unsaved.get(key) !== draft) return;
    if (isReplaced) return saveIn(SAVE_MS, key);
    unsaved.delete(key);
    unkeep(prefix + key);
    if (onWay.has(key)) settled.set(key, draft);
  }

  function isSaved(key: string, draft: Draft): boolean {
    return !onWay.has(key) && shapeOf(draft) === shapeAt(key);
  }

  const shapeAt = (key: string) => {
    const { draft = '', reply = 0 } = settings.of(key) ?? {};
    return shapeOf({ text: draft, reply });
  };

  function sent(key: string, draft: Draft) {
    const { open, all } = onWay.get(key) ?? { open: new Set(), all: new Set() };
    onWay.set(key, { open: open.add(shapeOf(draft)), all: all.add(shapeOf(draft)) });
    return { draft: draft.text, reply: draft.reply };
  }

  function arrived(key: string, draft: Draft) {
    const open = onWay.get(key)?.open;
    open?.delete(shapeOf(draft));
    if (open?.size) return;
    onWay.delete(key);
    settled.delete(key);
  }

  /** Whether the server has another text of this page's, which can only be one of before. */
  function hasOlder(key: string, draft: Draft): boolean {
    return shapeAt(key) !== shapeOf(draft) && Boolean(onWay.get(key)?.all.has(shapeAt(key)));
  }

  /** The server has what was written before, as it came late; anything else is of another device, which has the word now. */
  function lookForLate() {
    for (const [key, draft] of [...settled]) {
      if (unsaved.has(key) || shapeAt(key) === shapeOf(draft)) continue;
      const isLate = hasOlder(key, draft);
      settled.delete(key);
      if (isLate) write(key, draft);
      else onWay.delete(key);
    }
  }
  // At once: before whoever waited for the answer takes it for one that is in order.
  watch(() => settings.now, lookForLate, { flush: 'sync' });

  /** The line is there, or gone: then what is written waits for the next one. */
  function setLine(greeted: boolean) {
    isGreeted = greeted;
    for (const key of greeted ? [...unsaved.keys()] : []) void save(key);
  }

  /** Nothing that was written in this browser stays. */
  function clear() {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const map of [unsaved, timers, onWay, settled]) map.clear();
    keptKeys(prefix).forEach(unkeep);
  }

  return { restore, read, write, save, setLine, clear };
});

/** What the server is told of a draft, to be compared. */
function shapeOf({ text, reply }: Draft): string {
  return JSON.stringify([text, reply]);
}

function parseDraft(text: string): Draft | null {
  try {
    const draft = JSON.parse(text) as Partial<Draft>;
    return typeof draft.text === 'string' && typeof draft.reply === 'number' ? (draft as Draft) : null;
  } catch {
    return null;
  }
}
