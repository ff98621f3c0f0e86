import { ref } from 'vue';
import { post } from '../core/api';
import { early } from '../core/early';
import type { SyncAnswer } from '../core/types';
import { usePeople } from './people';
import { useTalkSettings } from './talkSettings';

const SYNC_AGAIN_MS = 3_000;
/** A new group's first messages come in a bunch: one sync for all. */
const SYNC_SOON_MS = 300;

export interface CatchingUpOptions {
  isOnline: () => boolean;
  /** Sends what waits, and asks for what a sync does not tell. */
  resume: () => void;
  /** Puts what an answer says where it is shown. */
  put: (answer: SyncAnswer) => void;
}

/**
 * From what was known to how it is now, by one sync after the other; each goes on where the last answer ended.
 *
 *   begin()         the connection is attached: what waits goes out, and all that came meanwhile is asked for
 *   soon()          something was told that only a sync can explain
 *   showEarly()     shows what was asked for before there was a connection
 *   isBehind        until all is here
 *   synced          all was here once
 */
export function catchingUp({ isOnline, resume, put }: CatchingUpOptions) {
  const people = usePeople();
  const settings = useTalkSettings();
  const isBehind = ref(true);
  const synced = ref(false);
  let cursor = '';
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Something was told that the sync on its way may not know. */
  let isOutdated = false;

  function take(answer: SyncAnswer) {
    put(answer);
    cursor = answer.cursor;
  }

  async function begin() {
    const mine = (round += 1);
    isBehind.value = true;
    isOutdated = false;
    resume();
    try {
      for (let more = true; more;) {
        const answer = await post<SyncAnswer>('/message/sync', { cursor, ...settings.asked() });
        if (mine !== round) return;
        take(answer);
        more = answer.more;
      }
      synced.value = true;
      isBehind.value = false;
      if (isOutdated) soon();
    } catch {
      setTimeout(() => mine === round && isOnline() && void begin(), SYNC_AGAIN_MS);
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isBehind.value) isOutdated = true;
      else if (isOnline()) void begin();
    }, SYNC_SOON_MS);
  }

  /** Its cursor is where the first sync after attaching begins, so nothing that came in between is missed. */
  async function showEarly() {
    try {
      const [areHere, answer] = await Promise.all([people.takeEarly(), early<SyncAnswer>('/message/sync')]);
      if (areHere && answer && !cursor) take(answer.data);
    } catch {
      // The sync after attaching says the same again.
    }
  }

  return { begin, soon, showEarly, isBehind, synced };
}
