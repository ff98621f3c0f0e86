/**
 * A list of the server's that one page shows and changes.
 *
 *   rows              null before they are known
 *   unseen            why they could not be asked for, in words; "" where they were
 *   fault             why a change failed
 *   load()            asks for them
 *   change(act, put)  does what changes it, puts what is known by that, and asks again: somebody else may have been faster
 */
import { ref, shallowRef } from 'vue';
import { faultText } from './i18n';
import { Latest } from './latest';

export function listed<T>(ask: () => Promise<readonly T[]>) {
  const rows = shallowRef<readonly T[] | null>(null);
  const unseen = ref('');
  const fault = ref('');
  const latest = new Latest(ask, (found) => (rows.value = found));

  async function load(): Promise<void> {
    unseen.value = '';
    await latest.load().catch((failure: unknown) => (unseen.value = faultText(failure)));
  }

  async function change(act: () => Promise<unknown>, put: () => void = () => {}): Promise<void> {
    fault.value = '';
    await latest.change(act, put).catch((failure: unknown) => (fault.value = faultText(failure)));
    await load();
  }

  return { rows, unseen, fault, load, change };
}
