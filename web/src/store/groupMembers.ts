import { envelope } from '../core/api';
import type { Member } from '../core/types';
import { useGroupNames } from './groupNames';

export interface MemberQuery {
  query?: string;
  after?: string;
  limit?: number;
  only?: '' | 'leaders' | 'muted' | 'read' | 'unread';
  seq?: number;
}

export interface MemberPage {
  rows: Member[];
  /** Where the next page begins; empty after the last. */
  next: string;
}

/** A page of a group's members; their names are known from then on. */
export async function loadMembers(group: number, wanted: MemberQuery): Promise<MemberPage> {
  const answer = await envelope<Member[]>('/contact/members', { dstid: group, ...wanted });
  const names = useGroupNames();
  for (const member of answer.rows) names.heard(group, member);
  return { rows: answer.rows, next: (answer as { next?: string }).next ?? '' };
}
