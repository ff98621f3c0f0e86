import { computed, nextTick, onScopeDispose, ref, shallowReactive, watch, type Ref } from 'vue';

/** It is worth folding from so many lines on; of a folded one TextContent shows 18. */
const LEAST_LINES = 26;
/** What has fewer characters, and fewer ends of lines, is never so high, however narrow the window. */
const FEW_CHARACTERS = 300;
const FEW_LINES = 12;
/** Of those that were unfolded so many are remembered: a list draws its rows anew as they are scrolled by. */
const MOST_UNFOLDED = 200;

/** So much of a long text is shown above what was looked for in it. */
const ABOVE_PX = 120;

const unfolded = shallowReactive(new Set<string>());
/** How often something was unfolded: a list must not go to its end for it. */
export const unfoldings = ref(0);

/** The name of a row's message. */
export const foldId = (talkKey: string, rowId: string) => `${talkKey} ${rowId}`;

export function unfold(id: string): void {
  unfolded.delete(id);
  unfolded.add(id);
  if (unfolded.size > MOST_UNFOLDED) unfolded.delete(unfolded.values().next().value!);
  unfoldings.value += 1;
}

export const mayFold = (text: string) => text.length > FEW_CHARACTERS || text.split('\n', FEW_LINES + 1).length > FEW_LINES;

/**
 * A text that is shown up to a height, until its reader wants all of it. It has its height before it is painted, so
 * that a list measures the right one. `id` names the message; without one nothing folds.
 */
export function useFolding(element: Readonly<Ref<HTMLElement | null>>, text: () => string, id: () => string | undefined) {
  const long = ref(false);
  const open = computed(() => unfolded.has(id() ?? ''));
  const folded = computed(() => long.value && !open.value);
  let size: ResizeObserver | undefined;

  function measure() {
    const { value: one } = element;
    // A short text is inline: such a one has no height to be scrolled.
    if (one) long.value = Math.max(one.scrollHeight, one.offsetHeight) > LEAST_LINES * parseFloat(getComputedStyle(one).lineHeight);
  }

  watch([element, text, id], ([one, said, name]) => {
    size?.disconnect();
    if (!one || !name || !mayFold(said)) return void (long.value = false);
    measure();
    // A narrower window has more lines.
    (size ??= new ResizeObserver(measure)).observe(one.parentElement!);
  }, { flush: 'post', immediate: true });
  onScopeDispose(() => size?.disconnect());

  /** What a browser finds, or a key leads to, in the hidden part is scrolled to: then all is to be seen. */
  function scrolled() {
    if (!folded.value || !element.value?.scrollTop) return;
    element.value.scrollTop = 0;
    unfold(id()!);
  }

  /** Folded again, the message is where its reader is. */
  async function turn() {
    if (!open.value) return unfold(id()!);
    unfolded.delete(id()!);
    await nextTick();
    element.value?.scrollIntoView({ block: 'nearest' });
  }

  return { long, open, folded, scrolled, turn };
}

/** Whether this place of a text may be in what a folded one hides: sure of no place after as few as these. */
export const isDeep = (text: string, from: number) => mayFold(text) && mayFold(text.slice(0, from));

/** How far under the upper edge of an element a place of its text is, less what is good to see above it. */
export function heightAbove(element: Element, from: number): number {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let left = from, node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node as Text;
    if (left >= length) {
      left -= length;
      continue;
    }
    range.setStart(node, left);
    range.setEnd(node, left + 1);
    return Math.max(0, range.getBoundingClientRect().top - element.getBoundingClientRect().top - ABOVE_PX);
  }
  return 0;
}
