import { ref } from 'vue';

/** A short word of what was done, or why not; it goes by itself. */
export const toast = ref('');
const SHOWN_MS = 2_600;
let timer: ReturnType<typeof setTimeout> | undefined;

export function tell(text: string): void {
  toast.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.value = ''), SHOWN_MS);
}
