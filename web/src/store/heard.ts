import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { post } from '../core/api';
import type { Heard, Kind } from '../core/types';
import { keyFor } from './conversations';

/** Voice messages that I have listened to, here or at another device. */
export const useHeard = defineStore('heard', () => {
  const heard = shallowReactive(new Set<string>());
  const nameOf = (key: string, seq: number) => `${key}/${seq}`;

  function learn({ kind, dstid, seqs }: Pick<Heard, 'kind' | 'dstid' | 'seqs'>) {
    for (const seq of seqs) heard.add(nameOf(keyFor(kind, dstid), seq));
  }

  function has(key: string, seq: number): boolean {
    return heard.has(nameOf(key, seq));
  }

  function note(kind: Kind, dstid: number, seq: number) {
    if (has(keyFor(kind, dstid), seq)) return;
    learn({ kind, dstid, seqs: [seq] });
    // Lost with the line it is worth another try the next time that it is played, and no more.
    void post('/message/played', { cmd: kind, dstid, seqs: [seq] }).catch(() => {});
  }

  return { learn, has, note };
});
