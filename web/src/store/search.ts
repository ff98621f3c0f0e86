import { defineStore } from 'pinia';
import { onScopeDispose, reactive, ref, shallowRef, watch } from 'vue';
import { envelope, Failure } from '../core/api';
import { faultText } from '../core/i18n';
import type { Hit } from '../core/protocol';

/** What to look for; empty fields do not narrow it. */
export interface Wanted {
  text: string;
  /** The key of the one conversation to search. */
  talk: string;
  media: string;
  sender: number;
  /** A day as `2026-11-25`, by the clock of this machine; both ends inclusive. */
  since: string;
  until: string;
}

const WAIT_MS = 250;
const PAGE = 20;
/** When the same is asked again of an index that is behind; it is by less than a second, but after an upgrade. */
const AGAIN_MS = [300, 600, 1200];
/** The server looks at so many messages and no more; answers without a hit are gone on from by themselves. */
const ON_MOST = 10;
const NOTHING: Wanted = { text: '', talk: '', media: '', sender: 0, since: '', until: '' };

/**
 * Messages that have what is wanted, asked for a moment after the last change; one of these per search field.
 * What is in `talk`, where that is the one conversation to search, is wanted by its words alone.
 */
export function messageSearch(talk = '') {
  const wanted = reactive<Wanted>({ ...NOTHING, talk });
  const hits = shallowRef<readonly Hit[]>([]);
  const before = ref(0);
  const busy = ref(false);
  const behind = ref(false);
  const fault = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  function isNothing() {
    const { text, media, sender, since, until } = wanted;
    return !text.trim() && !media && !sender && !since && !until && wanted.talk === talk;
  }

  async function ask(continued: boolean, again = 0) {
    const mine = (round += 1);
    clearTimeout(timer);
    if (isNothing()) return;
    busy.value = !again || !hits.value.length;
    try {
      const answer = await page(continued ? before.value : 0, () => mine === round);
      if (mine !== round) return;
      if (continued) hits.value = [...hits.value, ...answer.rows];
      else if (!again || !isSame(answer.rows, hits.value)) hits.value = answer.rows;
      before.value = answer.before ?? 0;
      behind.value = !continued && !!answer.behind;
      fault.value = '';
    } catch (failure) {
      if (mine !== round) return;
      behind.value = false;
      if (again) return; // what was found stands
      // Signs alone are nothing to look for, and nothing to complain of while somebody types.
      fault.value = failure instanceof Failure && failure.error === 'nothing_sought' ? '' : faultText(failure);
      if (!continued) hits.value = [];
      before.value = 0;
    } finally {
      if (mine === round) wait(again);
    }
  }

  /** The same again, if that may find more. Where nothing was found that is not said before. */
  function wait(again: number) {
    const waits = behind.value && again < AGAIN_MS.length;
    if (waits) timer = setTimeout(() => void ask(false, again + 1), AGAIN_MS[again]);
    busy.value = waits && !hits.value.length;
  }

  async function page(from: number, isWanted: () => boolean) {
    const asked = question();
    const first = await envelope<Hit[]>('/search/messages', { ...asked, before: from });
    let answer = first;
    for (let on = 0; on < ON_MOST && !answer.rows.length && answer.before && isWanted(); on += 1) {
      answer = await envelope<Hit[]>('/search/messages', { ...asked, before: answer.before });
    }
    return { rows: answer.rows, before: answer.before, behind: first.behind };
  }

  function question() {
    const { text, media, sender, since, until } = wanted;
    const [cmd = 0, dstid = 0] = wanted.talk.split(':').map(Number);
    return {
      cmd, dstid, text: text.trim().slice(0, 100), media, sender, limit: PAGE,
      since: since ? new Date(`${since}T00:00`).getTime() : 0,
      until: until ? new Date(`${until}T24:00`).getTime() : 0,
    };
  }

  watch(wanted, () => {
    clearTimeout(timer);
    round += 1;
    if (isNothing()) {
      hits.value = [];
      before.value = 0;
      busy.value = behind.value = false;
      fault.value = '';
      return;
    }
    busy.value = true;
    timer = setTimeout(() => void ask(false), WAIT_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    round += 1;
  });

  const more = async () => void (before.value && !busy.value && (await ask(true)));
  return { wanted, isNothing, hits, before, busy, behind, fault, more, again: () => ask(false) };
}

/** Whether the same question found the same: then the list stays as it is, and so does whoever looks at it. */
function isSame(some: readonly Hit[], others: readonly Hit[]): boolean {
  return some.length === others.length && some.every(({ entry, text }, at) => entry.id === others[at]!.entry.id && text === others[at]!.text);
}

export type SearchTab = 'all' | 'messages' | 'people' | 'groups' | 'files';

/** The search on top of the list; it stays while a hit is looked at, also where that covers the list. */
export const useSearch = defineStore('search', () => {
  const open = ref(false);
  const tab = ref<SearchTab>('all');
  const found = messageSearch();

  watch(tab, (now, old) => {
    if (now === 'files' || old === 'files') found.wanted.media = now === 'files' ? 'file' : '';
  });

  /** Anew, for this and nothing that was looked for before. */
  function begin(wanted: Partial<Wanted>) {
    open.value = true;
    tab.value = 'all';
    Object.assign(found.wanted, NOTHING, wanted);
  }
  function close() {
    begin({});
    open.value = false;
  }
  return { open, tab, found, begin, close };
});
