import { ref } from 'vue';
import { list, post } from '../core/api';
import { faultText } from '../core/i18n';
import { Latest } from '../core/latest';
import type { JoinRequest } from '../core/protocol';
import { usePeople } from './people';

/** Who waits to be let into a group. Another admin may be faster: then the list shows it. */
export function joinRequests(group: number) {
  const people = usePeople();
  /** null: not known yet. */
  const requests = ref<JoinRequest[] | null>(null);
  const fault = ref('');
  const latest = new Latest(() => list<JoinRequest>('/community/requests', { dstid: group }), (rows) => {
    requests.value = rows;
    for (const { user } of rows) people.remember(user);
  });
  const tell = (failure: unknown) => void (fault.value = faultText(failure));

  const load = () => latest.load().catch(tell);

  async function answer(request: JoinRequest, what: 'admit' | 'turnaway') {
    fault.value = '';
    const drop = () => (requests.value = requests.value?.filter((one) => one.id !== request.id) ?? null);
    await latest.change(() => post(`/community/${what}`, { id: request.id }), drop).catch(tell);
    await load();
  }

  return { requests, fault, load, answer };
}
