/**
 * A list of the server's that one page shows and changes.
 *
 *   rows              null before they are known
 *   fault             what went wrong, in words
 *   load()            asks for it
 *   change(act, put)  does what changes it, puts what is known by that, and asks again: somebody else may have been faster
 */
import { ref, shallowRef } from 'vue';
import { faultText } from './i18n';
import { Latest } from './latest';

export function listed<T>(ask: () => Promise<readonly T[]>) {
  const rows = shallowRef<readonly T[] | null>(null);
  const fault = ref('');
  const latest = new Latest(ask, (found) => (rows.value = found));
  const tell = (failure: unknown) => void (fault.value = faultText(failure));

  const load = () => latest.load().catch(tell);

  async function change(act: () => Promise<unknown>, put: () => void = () => {}): Promise<void> {
    fault.value = '';
    await latest.change(act, put).catch(tell);
    await load();
  }

  return { rows, fault, load, change };
}
