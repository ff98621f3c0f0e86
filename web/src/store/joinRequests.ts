import { list, post } from '../core/api';
import { listed } from '../core/listed';
import type { JoinRequest } from '../core/protocol';
import { usePeople } from './people';

/** Who waits to be let into a group. Another admin may be faster: then the list shows it. */
export function joinRequests(group: number) {
  const people = usePeople();
  const { rows: requests, unseen, fault, load, change } = listed(async () => {
    const found = await list<JoinRequest>('/community/requests', { dstid: group });
    for (const { user } of found) people.remember(user);
    return found;
  });

  function answer(request: JoinRequest, what: 'admit' | 'turnaway') {
    const drop = () => (requests.value = requests.value?.filter((one) => one.id !== request.id) ?? null);
    return change(() => post(`/community/${what}`, { id: request.id }), drop);
  }

  return { requests, unseen, fault, load, answer };
}
