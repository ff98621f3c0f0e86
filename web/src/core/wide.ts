import { onScopeDispose, ref, type Ref } from 'vue';
import { WIDE } from './route';

/** Whether a media query holds; follows the window. */
export function useMedia(text: string): Ref<boolean> {
  const query = matchMedia(text);
  const holds = ref(query.matches);
  const follow = () => (holds.value = query.matches);
  query.addEventListener('change', follow);
  onScopeDispose(() => query.removeEventListener('change', follow));
  return holds;
}

/** Whether list and conversation stand beside each other. */
export const useWide = () => useMedia(WIDE);
