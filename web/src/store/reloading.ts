import { ref, type Ref } from 'vue';
import { passes } from '../core/again';
import type { Changed } from '../core/types';
import type { Change, State } from './conversations';
import { usePeople } from './people';
import { useStickers } from './stickers';

const AGAIN_MS = 3_000;

/**
 * What is no part of a conversation is told by its name only when it changes, and asked for again then.
 *
 *   reload(what)        does that
 *   favouritesChanged   grows when another device kept a message, or no longer
 */
export function reloading(state: Readonly<Ref<State>>, dispatch: (change: Change) => void, isOnline: () => boolean) {
  const people = usePeople();
  const stickers = useStickers();
  const favouritesChanged = ref(0);

  async function reload(what: Changed['what']): Promise<void> {
    try {
      if (what === 'me') await people.loadMe();
      else if (what === 'friends') await people.loadFriends();
      else if (what === 'requests') await people.loadRequests();
      else if (what === 'stickers') await stickers.changed();
      else if (what === 'favourites') favouritesChanged.value += 1;
      else if (what === 'communities') await reloadGroups();
    } catch (fault) {
      // The next connection loads everything again; as long as there is this one, a server that was busy is asked again.
      if (passes(fault)) setTimeout(() => isOnline() && void reload(what), AGAIN_MS * (1 + Math.random()));
    }
  }

  /** Takes away the conversations of groups that I am in no more; of what was heard of meanwhile the answer may not know. */
  async function reloadGroups() {
    const before = state.value.conversations;
    await people.loadGroups();
    const missing = [...state.value.conversations.values()].filter(({ kind, dstid }) => kind === 11 && !people.groupById.has(dstid));
    const left = missing.filter((talk) => before.get(talk.key) === talk);
    for (const { kind, dstid } of left) dispatch({ type: 'left', kind, dstid });
    if (missing.length > left.length) void reload('communities');
  }

  return { reload, favouritesChanged };
}
