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
const NOTHING: Wanted = { text: '', talk: '', media: '', sender: 0, since: '', until: '' };

/** Messages that have what is wanted, asked for a moment after the last change; one of these per search field. */
export function messageSearch(talk = '') {
  const wanted = reactive<Wanted>({ ...NOTHING, talk });
  const hits = shallowRef<readonly Hit[]>([]);
  const before = ref(0);
  const busy = ref(false);
  const fault = ref('');
  let timer = 0;
  let round = 0;

  /** A conversation or a time only narrows what is looked for. */
  const isNothing = () => !wanted.text.trim() && !wanted.media && !wanted.sender;

  async function ask(continued: boolean) {
    const mine = (round += 1);
    if (isNothing()) return;
    busy.value = true;
    try {
      const answer = await envelope<Hit[]>('/search/messages', { ...question(), before: continued ? before.value : 0 });
      if (mine !== round) return;
      hits.value = continued ? [...hits.value, ...answer.rows] : answer.rows;
      before.value = answer.before ?? 0;
      fault.value = '';
    } catch (failure) {
      if (mine !== round) return;
      // Signs alone are nothing to look for, and nothing to complain of while somebody types.
      fault.value = failure instanceof Failure && failure.error === 'bad_request' ? '' : faultText(failure);
      if (!continued) hits.value = [];
      before.value = 0;
    } finally {
      if (mine === round) busy.value = false;
    }
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
    timer = window.setTimeout(() => void ask(false), WAIT_MS);
  });
  onScopeDispose(() => clearTimeout(timer));

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
