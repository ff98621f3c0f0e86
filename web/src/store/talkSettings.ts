import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { post } from '../core/api';
import { perKey } from '../core/perKey';
import { Turns } from '../core/turns';
import type { SyncAnswer, TalkSettings } from '../core/types';
import { noSettings, withRevision, withSettings } from './settings';

type Wanted = Partial<Record<'pinned' | 'muted' | 'archived' | 'unread' | 'hidden', boolean>> & { draft?: string; reply?: number; written?: number };

/** My settings of conversations; every device of mine has the same. */
export const useTalkSettings = defineStore('talkSettings', () => {
  const now = shallowRef(noSettings);
  /** Whether there are messages here that may have been deleted at another device. */
  let began = false;
  const turns = perKey<string, Turns>(() => new Turns());

  function of(key: string): TalkSettings | undefined {
    return now.value.byKey.get(key);
  }

  /** Whether all before it was known; else it is time to sync. */
  function heard(revision: number, row?: TalkSettings): boolean {
    if (row) now.value = withSettings(now.value, [row]);
    const next = withRevision(now.value, revision);
    if (next) now.value = next;
    return next !== null;
  }

  /** What to ask the server for. */
  function asked(): { revision?: number } {
    return began ? { revision: now.value.revision } : {};
  }

  function synced(answer: SyncAnswer) {
    began = true;
    now.value = { ...withSettings(now.value, answer.settings), revision: Math.max(now.value.revision, answer.revision) };
  }

  /** What is kept for the next visit. */
  function kept(): readonly TalkSettings[] {
    return [...now.value.byKey.values()];
  }

  /** Shown until the server has said everything again, of messages that were deleted meanwhile too. */
  function restore(rows: readonly TalkSettings[]) {
    began = true;
    now.value = withSettings(noSettings, rows);
  }

  /** One after another, so that the last one counts. A function says in its turn what is still to be done, if anything. */
  function put(key: string, wanted: Wanted | (() => Wanted | null)): Promise<void> {
    return turns(key).take(async () => {
      const fields = typeof wanted === 'function' ? wanted() : wanted;
      if (!fields) return;
      const [cmd, dstid] = key.split(':').map(Number);
      const row = await post<TalkSettings>('/message/settings', { cmd, dstid, ...fields });
      now.value = withSettings(now.value, [row]);
    });
  }

  return { now, of, heard, asked, synced, kept, restore, put };
});
