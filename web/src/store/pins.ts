import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { list } from '../core/api';
import { latestOf } from '../core/latest';
import { MEDIA, type Entry } from '../core/types';
import { shownOf } from './amendments';
import { useChat } from './chat';
import { indexOf } from './entries';

const NONE: readonly Entry[] = [];

/** What is pinned in the conversations that were looked at, the last one first. */
export const usePins = defineStore('pins', () => {
  const chat = useChat();
  const known = shallowReactive(new Map<string, readonly Entry[]>());

  const latest = latestOf((key: string) => {
    const [cmd, dstid] = key.split(':').map(Number);
    return list<Entry>('/message/pins', { cmd, dstid });
  }, (key, pins) => void known.set(key, pins));

  /** Without a line what is known stays. */
  const load = (key: string) => latest(key).load().catch(() => {});

  /** As the log says them now, where it has them. */
  function of(key: string): readonly Entry[] {
    const talk = chat.talkOf(key);
    const pins = known.get(key) ?? NONE;
    if (!talk) return pins;
    const shown = shownOf(talk.entries, chat.state.me);
    return pins
      .map((pin) => shown[indexOf(shown, pin.seq)] ?? pin)
      .filter((pin) => pin.pinned && !pin.recalled && !talk.erased.has(pin.seq));
  }

  /** The last entry that may have changed what is pinned: load again when it is another. */
  function lastChange(key: string): number {
    const change = chat.talkOf(key)?.entries.findLast((entry) => entry.media === MEDIA.pinned || entry.media === MEDIA.recalled);
    return change?.seq ?? 0;
  }

  return { load, of, lastChange };
});
