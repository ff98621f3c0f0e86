import { computed, ref } from 'vue';
import { keyFor } from '../store/conversations';
import type { Kind } from './types';

export type Tab = 'chats' | 'contacts' | 'groups' | 'me';
const TABS: readonly Tab[] = ['chats', 'contacts', 'groups', 'me'];

export interface Route {
  tab: Tab;
  /** The open conversation; on a phone it covers the tab. */
  talk: string | null;
  /** The message to go to in it; 0 for none. */
  seq: number;
}

/**
 * `#/chats`, with a conversation `#/chats/10/8`, or at its message `#/chats/10/8/41`; `#/chat/11/3` comes from the
 * page that makes a group.
 */
export function parseRoute(hash: string): Route {
  const [, first = '', kind = '', id = '', at = ''] = hash.replace(/^#/, '').split('/');
  const tab = TABS.find((one) => one === first) ?? 'chats';
  const talk = (kind === '10' || kind === '11') && /^[1-9]\d*$/.test(id) ? keyFor(Number(kind) as Kind, Number(id)) : null;
  return { tab, talk, seq: talk && /^[1-9]\d{0,14}$/.test(at) ? Number(at) : 0 };
}

const hash = ref(typeof location === 'undefined' ? '' : location.hash);
if (typeof addEventListener === 'function') addEventListener('hashchange', () => (hash.value = location.hash));

export const route = computed(() => parseRoute(hash.value));

/** Marks a step of our own in the browser's history, so that "back" never leaves the app by accident. */
const STEP = { fastim: 'talk' };

const inAddress = (key: string) => key.replace(':', '/');

export function goTab(tab: Tab): void {
  const talk = route.value.talk && isWide() ? `/${inAddress(route.value.talk)}` : '';
  location.replace(`#/${tab}${talk}`);
}

export function openTalk(key: string, tab: Tab = route.value.tab): void {
  const wanted = `#/${tab}/${inAddress(key)}`;
  if (location.hash === wanted) return;
  // Beside each other, going from one conversation to the next is no step to go back over.
  if (isWide() || route.value.talk) history.replaceState(history.state, '', wanted);
  else history.pushState(STEP, '', wanted);
  hash.value = wanted;
}

export function closeTalk(): void {
  if ((history.state as typeof STEP | null)?.fastim === STEP.fastim) history.back();
  else location.replace(`#/${route.value.tab}`);
}

export const WIDE = '(min-width: 900px)';
export const isWide = () => matchMedia(WIDE).matches;
