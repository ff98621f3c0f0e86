import { onScopeDispose, watch, type Ref } from 'vue';

/** Where a finger must begin, from the left edge. */
const EDGE_PX = 32;
/** It is a swipe once it went so far, and more across than down. */
const SLOP_PX = 10;
/** Let go beyond this share of the width, or as fast as this in px a ms, it goes. */
const SHARE = 0.35;
const FAST = 0.5;

/** A swipe from the left edge pulls the page away and goes back, as phones do it. */
export function useSwipeBack(page: Readonly<Ref<HTMLElement | null>>, active: () => boolean, back: () => void): void {
  let from: { x: number; y: number; time: number } | null = null;
  let moving = false;

  function down(event: TouchEvent) {
    const [touch, second] = event.touches;
    if (!active() || !touch || second || touch.clientX > EDGE_PX) return;
    from = { x: touch.clientX, y: touch.clientY, time: event.timeStamp };
  }

  function move(event: TouchEvent) {
    const [touch] = event.touches;
    if (!from || !touch || !page.value) return;
    const [across, down] = [touch.clientX - from.x, Math.abs(touch.clientY - from.y)];
    if (!moving && down > SLOP_PX && down > across) return void (from = null);
    moving ||= across > SLOP_PX;
    if (!moving) return;
    event.preventDefault();
    place(Math.max(0, across));
  }

  function up(event: TouchEvent) {
    const touch = event.changedTouches[0];
    const start = from;
    from = null;
    if (!moving || !start || !touch || !page.value) return;
    moving = false;
    const across = touch.clientX - start.x;
    const goes = across > page.value.offsetWidth * SHARE || across / (event.timeStamp - start.time) > FAST;
    place(0);
    if (goes && event.type === 'touchend') back();
  }

  function place(x: number) {
    if (page.value) page.value.style.translate = x ? `${x}px` : '';
  }

  const listen = (element: HTMLElement | null | undefined, how: 'addEventListener' | 'removeEventListener') => {
    element?.[how]('touchstart', down as EventListener, { passive: true });
    element?.[how]('touchmove', move as EventListener, { passive: false });
    element?.[how]('touchend', up as EventListener);
    element?.[how]('touchcancel', up as EventListener);
  };
  watch(page, (now, before) => {
    listen(before, 'removeEventListener');
    listen(now, 'addEventListener');
  }, { immediate: true, flush: 'post' });
  onScopeDispose(() => listen(page.value, 'removeEventListener'));
}
