import { onScopeDispose, ref, type Ref } from 'vue';
import { WIDE } from './route';

/** Whether list and conversation stand beside each other; follows the window. */
export function useWide(): Ref<boolean> {
  const query = matchMedia(WIDE);
  const wide = ref(query.matches);
  const follow = () => (wide.value = query.matches);
  query.addEventListener('change', follow);
  onScopeDispose(() => query.removeEventListener('change', follow));
  return wide;
}
