/** Several messages of one conversation, chosen to do something with all of them. */
import { ref, shallowReactive } from 'vue';

/** The conversation in which messages are being chosen; "" for none. */
export const choosingIn = ref('');
export const chosen = shallowReactive(new Set<number>());
/** As many as one record, or one deletion, takes. */
export const MOST_CHOSEN = 100;

export function startChoosing(key: string, seq: number): void {
  chosen.clear();
  chosen.add(seq);
  choosingIn.value = key;
}

export function toggleChosen(seq: number): void {
  if (!chosen.delete(seq) && chosen.size < MOST_CHOSEN) chosen.add(seq);
}

export function stopChoosing(): void {
  choosingIn.value = '';
  chosen.clear();
}
