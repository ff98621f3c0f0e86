import { onScopeDispose, ref } from 'vue';
import { useChat } from '../store/chat';
import { closePage, closeTalk, goTab, openTalk, route, TABS } from './route';

/** Whether the sheet with the keys is open. */
export const showingKeys = ref(false);

const WRITING = 'input, textarea, select, [contenteditable="true"]';
const MOVES: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

/** The keys that work anywhere in the chat page; what is nearer to the focus comes first and prevents them. */
export function useKeys(): void {
  const chat = useChat();

  function pressed(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const writing = target.matches?.(WRITING);
    if (event.altKey && !event.ctrlKey && !event.metaKey) withAlt(event);
    else if (event.key === 'Escape' && route.value.page && target.closest?.('.pane') && !written(target)) closePage();
    else if (event.key === 'Escape' && route.value.talk && !written(target)) closeTalk();
    else if (event.key === '?' && !writing) showingKeys.value = true;
    else return;
  }

  function withAlt(event: KeyboardEvent) {
    const tab = TABS[Number(event.code.replace('Digit', '')) - 1];
    const step = MOVES[event.key];
    if (tab) goTab(tab);
    else if (step === 1 || step === -1) openNext(step);
    else return;
    event.preventDefault();
  }

  function openNext(step: number) {
    const at = chat.lines.findIndex((line) => line.key === route.value.talk);
    const next = chat.lines[at < 0 ? 0 : Math.min(chat.lines.length - 1, Math.max(0, at + step))];
    if (next) openTalk(next.key);
  }

  document.addEventListener('keydown', pressed);
  onScopeDispose(() => document.removeEventListener('keydown', pressed));
}

/** A box that holds a text: Escape there must not take the reader away from it. */
function written(target: HTMLElement): boolean {
  return target.matches?.(WRITING) && Boolean((target as HTMLInputElement).value);
}

/** Arrows, Home and End go from one row of a list to another: the first control of each; and down from its search. */
export function moveInList(event: KeyboardEvent): void {
  const step = MOVES[event.key];
  const target = event.target as HTMLElement;
  if (step === 1 && target.matches('input[type="search"]') && !event.isComposing) {
    const first = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('li button, li a[href]');
    if (first) event.preventDefault();
    return first?.focus();
  }
  const row = target.closest('li');
  const list = row?.closest('[data-rows]') ?? row?.parentElement;
  if (!step || !row || !list || event.altKey || target.matches(WRITING)) return;
  const controls = [...list.querySelectorAll('li')]
    .map((one) => one.querySelector<HTMLElement>('button, a[href]'))
    .filter((one) => one !== null);
  const at = controls.findIndex((one) => row.contains(one));
  const next = controls[Math.min(controls.length - 1, Math.max(0, at + step))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
