import { computed, ref, watch, type ComputedRef } from 'vue';
import type { Conversation } from '../store/conversations';
import { bridgeFrom, windowOf } from '../store/windows';

/**
 * Which entries of a conversation are shown: an unbroken run of them, the newest one or the one around a place; and, for
 * who wrote below a run that news went beyond, that run and what came after it, until nothing is missing between them.
 */
export function useShownRun(talk: ComputedRef<Conversation | undefined>) {
  /** The run around this one; 0 for the newest. */
  const anchor = ref(0);
  const bridging = ref(false);
  const bridge = computed(() => (bridging.value && talk.value ? bridgeFrom(talk.value, anchor.value) : null));
  const view = computed(() => bridge.value ?? (talk.value && windowOf(talk.value, anchor.value || undefined)));
  /** What is still to come between what is shown. */
  const holes = computed(() => bridge.value?.holes ?? []);

  /** A run that news went beyond stays where it is, so that nothing that was shown goes away. */
  watch([view, anchor], ([now, at], [before, was]) => {
    if (!now || !before || at || was || now.from <= before.to + 1 || before.to < before.from) return;
    anchor.value = before.to;
  }, { flush: 'sync' });

  watch(() => bridge.value?.holes.length === 0, (isWhole) => isWhole && showNewest(), { flush: 'sync' });

  function showAround(seq: number) {
    bridging.value = false;
    anchor.value = seq;
  }

  const showNewest = () => showAround(0);

  /** What comes last is shown too, under what is shown now, if only news that are on their way keep them apart. */
  function showOn() {
    bridging.value = Boolean(anchor.value && talk.value && !bridgeFrom(talk.value, anchor.value).newer);
  }

  return { anchor, view, holes, showAround, showNewest, showOn };
}
