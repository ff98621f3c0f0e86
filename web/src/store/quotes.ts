import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { list } from '../core/api';
import type { Entry } from '../core/types';
import { isAmendment, shownOf } from './amendments';
import { useChat } from './chat';
import { indexOf } from './entries';

/** What replies answer, where that is not among the entries that are here. */
export const useQuotes = defineStore('quotes', () => {
  const chat = useChat();
  /** null: not there for us. */
  const fetched = shallowReactive(new Map<string, Entry | null>());
  const wanted = new Map<string, Set<number>>();

  /** The message as it is now; undefined while it is asked for, null if it is not to be had. */
  function of(key: string, seq: number): Entry | null | undefined {
    const talk = chat.talkOf(key);
    if (talk?.erased.has(seq)) return null;
    const shown = talk && shownOf(talk.entries, chat.state.me);
    const found = shown?.[indexOf(shown, seq)];
    if (found) return found;
    const known = fetched.get(`${key}/${seq}`);
    if (known === undefined) ask(key, seq);
    if (!known || !talk) return known;
    const changes = talk.entries.filter((entry) => isAmendment(entry) && entry.target === seq);
    return shownOf([known, ...changes], chat.state.me)[0] ?? null;
  }

  /** All that are wanted in this turn go in one request. */
  function ask(key: string, seq: number) {
    const seqs = wanted.get(key);
    if (seqs) return void seqs.add(seq);
    wanted.set(key, new Set([seq]));
    queueMicrotask(() => void load(key));
  }

  async function load(key: string) {
    const seqs = [...(wanted.get(key) ?? [])];
    wanted.delete(key);
    const [cmd, dstid] = key.split(':').map(Number);
    try {
      const rows = await list<Entry>('/message/entries', { cmd, dstid, seqs });
      for (const seq of seqs) fetched.set(`${key}/${seq}`, rows.find((row) => row.seq === seq) ?? null);
    } catch {
      // Without a line: asked again when it is looked at again.
    }
  }

  return { of };
});
