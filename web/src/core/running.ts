import { ref } from 'vue';
import { faultText } from './i18n';

/** What a page does with the server: whether it is at it, and in words why it did not work. */
export function useRunning(atFirst = false) {
  const fault = ref('');
  const busy = ref(atFirst);

  async function run(act: () => Promise<void>): Promise<void> {
    fault.value = '';
    busy.value = true;
    try {
      await act();
    } catch (failure) {
      fault.value = faultText(failure);
    }
    busy.value = false;
  }
  return { fault, busy, run };
}
