/**
 * Menus that belong to a thing on the page: by the right mouse button, by a long press, by the keyboard's menu key.
 *
 *   const menu = useMenu();            one per thing
 *   <button v-on="menu.on">            what opens it
 *   <AppMenu v-if="menu.at.value" :at="menu.at.value" … @close="menu.close">
 */
import { onScopeDispose, shallowRef } from 'vue';
import type { IconName } from '../components/icons';

export interface MenuItem {
  id: string;
  label: string;
  icon: IconName;
  danger?: boolean;
  /** One of several of which one holds: whether it is this one. */
  checked?: boolean;
  run: () => void;
}

/** Where it was asked for, in the window. */
export interface Point {
  x: number;
  y: number;
}

const PRESS_MS = 450;
/** A finger that moves further is scrolling. */
const STILL_PX = 10;

export function useMenu() {
  const at = shallowRef<Point | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: Point = { x: 0, y: 0 };
  let pressed = false;

  const cancel = () => clearTimeout(timer);
  /** The press is over too: its click has gone to the menu, or nowhere. */
  function close() {
    at.value = null;
    pressed = false;
  }
  onScopeDispose(cancel);

  function contextmenu(event: MouseEvent) {
    // What is selected is meant to be copied: the browser's own menu does that.
    if (!pressed && String(getSelection() ?? '')) return;
    event.preventDefault();
    at.value ??= { x: event.clientX, y: event.clientY };
  }

  function pointerdown(event: PointerEvent) {
    pressed = false;
    cancel();
    if (event.pointerType === 'mouse' || !event.isPrimary) return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      pressed = true;
      navigator.vibrate?.(8);
      at.value ??= from;
    }, PRESS_MS);
  }

  function pointermove(event: PointerEvent) {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) cancel();
  }

  /** The click that ends a long press is none. */
  function click(event: MouseEvent) {
    if (!pressed) return;
    pressed = false;
    event.preventDefault();
    event.stopPropagation();
  }

  const on = { contextmenu, pointerdown, pointermove, pointerup: cancel, pointercancel: cancel };
  return { at, on, onClickCapture: click, close };
}
