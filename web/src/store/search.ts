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
  const fault = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  function isNothing() {
    const { text, media, sender, since, until } = wanted;
    return !text.trim() && !media && !sender && !since && !until && wanted.talk === talk;
  }

  async function ask(continued: boolean) {
    const mine = (round += 1);
    clearTimeout(timer);
    if (isNothing()) return;
    busy.value = true;
    try {
      const answer = await page(continued ? before.value : 0, () => mine === round);
      if (mine !== round) return;
      hits.value = continued ? [...hits.value, ...answer.rows] : answer.rows;
      before.value = answer.before ?? 0;
      fault.value = '';
    } catch (failure) {
      if (mine !== round) return;
      // Signs alone are nothing to look for, and nothing to complain of while somebody types.
      fault.value = failure instanceof Failure && failure.error === 'nothing_sought' ? '' : faultText(failure);
      if (!continued) hits.value = [];
      before.value = 0;
    } finally {
      if (mine === round) busy.value = false;
    }
  }

  async function page(from: number, isWanted: () => boolean) {
    const asked = question();
    let answer = await envelope<Hit[]>('/search/messages', { ...asked, before: from });
    for (let on = 0; on < ON_MOST && !answer.rows.length && answer.before && isWanted(); on += 1) {
      answer = await envelope<Hit[]>('/search/messages', { ...asked, before: answer.before });
    }
    return answer;
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
      busy.value = false;
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
  return { wanted, isNothing, hits, before, busy, fault, more, again: () => ask(false) };
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
