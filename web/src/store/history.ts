import { defineStore } from 'pinia';
import { shallowReactive, shallowRef } from 'vue';
import { envelope } from '../core/api';
import { faultText, say } from '../core/i18n';
import { HISTORY_PAGE } from '../core/protocol';
import { openTalk, staying } from '../core/route';
import type { Entry } from '../core/types';
import { useChat } from './chat';
import type { Conversation } from './conversations';
import { lacksNewest, missing, windowOf } from './windows';

type Direction = 'older' | 'newer' | 'holes';

/** Where a reader was sent to; `turn` tells two visits of one place apart. */
export interface Focus {
  key: string;
  seq: number;
  turn: number;
  /** Where in its text what was looked for begins. */
  from?: number;
}

/** What came while away is fetched in answers as large as the server gives. */
const CATCH_UP_PAGE = 200;
/** After a very long time away the rest is loaded where it is scrolled to. */
const CATCH_UP_PAGES = 10;
/** On each side of the place that is jumped to. */
const AROUND = 40;
/** A place this near to the end of what is loaded needs more around it. */
const MARGIN = 8;

/**
 * What was said before, as far as a reader goes there.
 *
 *   openAt(key, seq)      opens the conversation at a message, wherever it is; says what went wrong, or ''
 *   loadOlder / loadNewer extend the run of entries that holds `seq` (none: the newest run)
 *   fillHoles(key)        fetches what came while this page was not told
 *   findNewest()          for the list: what was said last, where only reactions and edits of the end are here
 */
export const useHistory = defineStore('history', () => {
  const chat = useChat();
  const loading = shallowReactive(new Set<string>());
  const focus = shallowRef<Focus | null>(null);

  const isLoading = (key: string, way: Direction) => loading.has(`${way} ${key}`);
  let jumps = 0;

  /** A page of history, unless one is being loaded `why` the same; an empty text, or what went wrong. */
  async function ask(talk: Conversation, why: Direction | `${'above' | 'below'} ${number}`, range: { before?: number; after?: number }, limit: number) {
    const { key, kind, dstid } = talk;
    const name = `${why} ${key}`;
    if (loading.has(name)) return '';
    loading.add(name);
    try {
      const answer = await envelope<Entry[]>('/message/history', { cmd: kind, dstid, ...range, limit });
      chat.dispatch({ type: 'history', kind, dstid, entries: answer.rows ?? [], ...range, gap: answer.gap ?? false });
      return '';
    } catch (fault) {
      return faultText(fault);
    } finally {
      loading.delete(name);
    }
  }

  async function loadOlder(key: string, seq?: number): Promise<string> {
    const talk = chat.talkOf(key);
    const view = talk && windowOf(talk, seq);
    if (!view?.older) return '';
    return ask(talk!, 'older', { before: view.from }, HISTORY_PAGE);
  }

  async function loadNewer(key: string, seq?: number): Promise<string> {
    const talk = chat.talkOf(key);
    const view = talk && windowOf(talk, seq);
    if (!view?.newer) return '';
    return ask(talk!, 'newer', { after: view.to }, HISTORY_PAGE);
  }

  /** Fills the holes of a conversation that is looked at, from where its reader is on. */
  async function fillHoles(key: string): Promise<void> {
    for (let pages = 0; pages < CATCH_UP_PAGES; pages += 1) {
      const talk = chat.talkOf(key);
      const hole = talk && missing(talk)[0];
      if (!talk || !hole) return;
      const limit = Math.min(CATCH_UP_PAGE, hole[1] - hole[0] + 1);
      if ((await ask(talk, 'holes', { after: hole[0] - 1 }, limit)) || chat.talkOf(key) === talk) return;
    }
  }

  /** Looks in all conversations for what was said last, where the sync gave only what became of older messages. */
  async function findNewest(): Promise<void> {
    const { me, conversations } = chat.state;
    for (const { key } of [...conversations.values()].filter((talk) => lacksNewest(talk, me))) {
      for (let pages = 0; pages < CATCH_UP_PAGES; pages += 1) {
        const talk = chat.talkOf(key);
        if (!talk || !lacksNewest(talk, me) || (await loadOlder(key)) || chat.talkOf(key) === talk) break;
      }
    }
  }

  /** Loads what stands around `seq`, so that it can be shown; an empty text, or what went wrong. */
  async function loadAround(key: string, seq: number): Promise<string> {
    const talk = chat.talkOf(key);
    if (!talk || seq <= talk.joinSeq || seq > talk.lastSeq) return say('talk.notHere');
    const view = windowOf(talk, seq);
    const here = view.from <= seq && seq <= view.to;
    const above = !here || (view.older && seq - view.from < MARGIN);
    const below = !here || (view.newer && view.to - seq < MARGIN);
    const faults = await Promise.all([
      above ? ask(talk, `above ${seq}`, { before: seq + 1 }, AROUND) : '',
      below ? ask(talk, `below ${seq}`, { after: seq }, AROUND) : '',
    ]);
    return faults.find(Boolean) ?? '';
  }

  /** Does nothing where, meanwhile, somebody wished to see another place or went elsewhere. */
  async function openAt(key: string, seq: number, from?: number): Promise<string> {
    const mine = (jumps += 1);
    const isHere = staying();
    const fault = await loadAround(key, seq);
    if (mine !== jumps || !isHere()) return '';
    if (fault) return fault;
    focus.value = { key, seq, from, turn: (focus.value?.turn ?? 0) + 1 };
    openTalk(key);
    return '';
  }

  return { loading, focus, isLoading, loadOlder, loadNewer, loadAround, fillHoles, findNewest, openAt };
});
