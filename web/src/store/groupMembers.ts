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
  const ask = () => envelope<Member[]>('/contact/members', { dstid: group, ...wanted });
  const answer = await useGroupNames().learn(group, ask, ({ rows }) => rows);
  return { rows: answer.rows, next: (answer as { next?: string }).next ?? '' };
}
