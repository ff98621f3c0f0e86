import { computed, ref } from 'vue';
import { keyFor } from '../store/conversations';
import type { Kind } from './types';

export type Tab = 'chats' | 'contacts' | 'groups' | 'me';
export const TABS: readonly Tab[] = ['chats', 'contacts', 'groups', 'me'];

/** The parts of "me" that have a page of their own in its column. */
export type MePage = 'profile' | 'privacy' | 'blocked' | 'notices' | 'looks' | 'devices' | 'code';
const PAGES: readonly MePage[] = ['profile', 'privacy', 'blocked', 'notices', 'looks', 'devices', 'code'];

export interface Route {
  tab: Tab;
  /** The open conversation; on a phone it covers the tab. */
  talk: string | null;
  /** The message to go to in it; 0 for none. */
  seq: number;
  /** `#/me/privacy`. */
  page?: MePage;
  /** The person whom a link or QR code leads to: `#/add/CODE`. */
  code?: string;
}

/**
 * `#/chats`, with a conversation `#/chats/10/8`, or at its message `#/chats/10/8/41`; `#/chat/11/3` comes from the
 * page that makes a group.
 */
export function parseRoute(hash: string): Route {
  const [, first = '', ...rest] = hash.replace(/^#/, '').split('/');
  if (first === 'add' && /^[\w-]{8,24}$/.test(rest[0] ?? '')) return { tab: 'contacts', talk: null, seq: 0, code: rest[0] };
  const page = first === 'me' ? PAGES.find((one) => one === rest[0]) : undefined;
  const [kind = '', id = '', at = ''] = page ? rest.slice(1) : rest;
  const tab = TABS.find((one) => one === first) ?? 'chats';
  const talk = (kind === '10' || kind === '11') && /^[1-9]\d*$/.test(id) ? keyFor(Number(kind) as Kind, Number(id)) : null;
  const seq = talk && /^[1-9]\d{0,14}$/.test(at) ? Number(at) : 0;
  return page ? { tab, talk, seq, page } : { tab, talk, seq };
}

const hash = ref(typeof location === 'undefined' ? '' : location.hash);
if (typeof addEventListener === 'function') addEventListener('hashchange', () => (hash.value = location.hash));

export const route = computed(() => parseRoute(hash.value));

/** Whether somebody still is where they were at the call: who waited for an answer elsewhere is not led away by it. */
export function staying(): () => boolean {
  const { tab, talk, page } = route.value;
  return () => route.value.tab === tab && route.value.talk === talk && route.value.page === page;
}

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

/** A page of "me", one step deeper; none leads back out. */
export function openPage(page: MePage): void {
  const talk = route.value.talk ? `/${inAddress(route.value.talk)}` : '';
  history.pushState(STEP, '', `#/me/${page}${talk}`);
  hash.value = location.hash;
}

export function closePage(): void {
  if ((history.state as typeof STEP | null)?.fastim === STEP.fastim) history.back();
  else goTab(route.value.tab);
}

export const WIDE = '(min-width: 760px)';
export const isWide = () => matchMedia(WIDE).matches;
