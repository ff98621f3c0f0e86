import { ref, type Ref } from 'vue';
import { swipeOf, WHOLE, within, zoomAt, type Place, type Size } from './pinch';

interface Point {
  x: number;
  y: number;
}

const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_SCALE = 2.5;
/** A finger that moved less than this tapped. */
const TAP_PX = 10;

/** Pointer and wheel on a stage that shows one image: where the image stands, and what a swipe asked for. */
export function useGestures(
  stage: Ref<HTMLElement | undefined>,
  image: Ref<HTMLImageElement | undefined>,
  onSwipe: (swipe: 'previous' | 'next' | 'close') => void,
) {
  const place = ref<Place>(WHOLE);
  const moving = ref(false);
  const pointers = new Map<number, Point>();
  let from: { place: Place; middle: Point; apart: number } | null = null;
  let tappedAt = 0;
  let fingers = 0;

  const size = (element?: HTMLElement): Size => ({ width: element?.offsetWidth ?? 0, height: element?.offsetHeight ?? 0 });
  const settle = (next: Place) => (place.value = within(next, size(image.value), size(stage.value)));

  /** Seen from the middle of the stage. */
  function pointOf(event: MouseEvent): Point {
    const box = stage.value!.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }

  function grasp() {
    const [one, other = one] = [...pointers.values()];
    if (!one || !other) return void (from = null);
    const middle = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
    from = { place: place.value, middle, apart: Math.hypot(one.x - other.x, one.y - other.y) };
  }

  function down(event: PointerEvent) {
    const target = event.target as Element;
    if (event.button || target.tagName !== 'IMG') return;
    // Not on the stage: the click that follows would be the stage's, which closes.
    target.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, pointOf(event));
    fingers = Math.max(fingers, pointers.size);
    moving.value = true;
    grasp();
  }

  function move(event: PointerEvent) {
    if (!pointers.has(event.pointerId) || !from) return;
    pointers.set(event.pointerId, pointOf(event));
    const { place: start, middle, apart } = from;
    const [one, other = one] = [...pointers.values()] as [Point, Point?];
    const now = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
    const grown = apart > 0 ? Math.hypot(one.x - other.x, one.y - other.y) / apart : 1;
    const zoomed = zoomAt(start, start.scale * grown, middle.x, middle.y);
    const moved = { ...zoomed, x: zoomed.x + now.x - middle.x, y: zoomed.y + now.y - middle.y };
    // A whole picture follows the finger, so that a swipe is felt; a zoomed one stops at its edges.
    if (moved.scale > 1) settle(moved);
    else place.value = moved;
  }

  function up(event: PointerEvent) {
    if (!pointers.has(event.pointerId)) return;
    pointers.delete(event.pointerId);
    if (pointers.size) return grasp();
    moving.value = false;
    const { x, y, scale } = place.value;
    const tapped = from && Math.hypot(x - from.place.x, y - from.place.y) < TAP_PX;
    const swipe = event.type === 'pointerup' && scale === 1 && fingers === 1 && !tapped ? swipeOf(x, y) : null;
    fingers = 0;
    from = null;
    settle(place.value);
    if (swipe) onSwipe(swipe);
    else if (tapped) tap(event);
  }

  function tap(event: PointerEvent) {
    const twice = event.timeStamp - tappedAt < DOUBLE_TAP_MS;
    tappedAt = twice ? 0 : event.timeStamp;
    if (!twice) return;
    const { x, y } = pointOf(event);
    settle(zoomAt(place.value, place.value.scale > 1 ? 1 : DOUBLE_TAP_SCALE, x, y));
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    const { x, y } = pointOf(event);
    settle(zoomAt(place.value, place.value.scale * Math.exp(-event.deltaY / 300), x, y));
  }

  function reset() {
    place.value = WHOLE;
  }

  function zoom(factor: number) {
    settle(zoomAt(place.value, place.value.scale * factor, 0, 0));
  }

  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, wheel };
  return { place, moving, reset, zoom, listeners };
}
