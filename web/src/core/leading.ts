import { usePeople } from '../store/people';
import type { Kind } from './types';

/** Whether I am the group's owner or one of its admins. */
export function leads(kind: Kind, dstid: number): boolean {
  const people = usePeople();
  const role = kind === 11 ? people.groupById.get(dstid)?.role : undefined;
  return role === 'owner' || role === 'admin';
}
