import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { list } from '../core/api';
import { latestOf } from '../core/latest';
import type { MemberMark } from '../core/types';
import { usePeople } from './people';

/** Of larger groups the server tells no marks as they come: there, a message's menu asks who has read it. */
const MOST_MEMBERS = 200;

/** How far the members of groups have read, as far as they show it. */
export const useReceipts = defineStore('receipts', () => {
  const people = usePeople();
  const groups = shallowReactive(new Map<number, readonly MemberMark[]>());

  /** Switched off, or no line: nothing is said then. */
  const ask = (groupId: number) => list<MemberMark>('/message/marks', { cmd: 11, dstid: groupId }).catch(() => null);
  const latest = latestOf(ask, (groupId: number, marks) => void (marks ? groups.set(groupId, marks) : groups.delete(groupId)));

  async function load(groupId: number) {
    if ((people.groupById.get(groupId)?.members ?? Infinity) <= MOST_MEMBERS) await latest(groupId).load();
  }

  const heard = (groupId: number, userid: number, seq: number) => latest(groupId).heard(() => raise(groupId, userid, seq));

  function raise(groupId: number, userid: number, seq: number) {
    const marks = groups.get(groupId);
    if (!marks) return;
    groups.set(groupId, marks.map((mark) => (mark.userid === userid && seq > mark.read_seq ? { ...mark, read_seq: seq } : mark)));
  }

  /** How many of those who were there have read entry `seq`; null where it is not known. */
  function of(groupId: number, seq: number): { read: number; all: number } | null {
    const there = groups.get(groupId)?.filter((mark) => mark.join_seq < seq);
    return there?.length ? { read: there.filter((mark) => mark.read_seq >= seq).length, all: there.length } : null;
  }

  return { load, heard, of };
});
