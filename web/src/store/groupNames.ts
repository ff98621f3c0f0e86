import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { list } from '../core/api';
import type { Entry, Member } from '../core/types';
import { usePeople } from './people';

/** Names asked for within this time are one request. */
const SOON_MS = 30;
/** As the server's MEMBERS_NAMED. */
const MOST = 200;

/** What people are called in groups: by my own remark, else by their name in that group, else as everywhere. */
export const useGroupNames = defineStore('groupNames', () => {
  const people = usePeople();
  const aliases = reactive(new Map<string, string>());
  const asked = new Set<string>();
  const wanted = new Map<number, Set<number>>();

  const keyOf = (group: number, id: number) => `${group}:${id}`;

  function nameIn(group: number, id: number): string {
    const remark = people.friendById.get(id)?.remark;
    if (remark) return remark;
    const alias = aliases.get(keyOf(group, id));
    if (alias) return alias;
    want(group, id);
    // Whoever is asked for here comes with their name; asking for each alone would be one request a person.
    return people.person(id) ? people.nameOf(id) : `#${id}`;
  }

  function want(group: number, id: number) {
    const key = keyOf(group, id);
    if (!id || asked.has(key)) return;
    asked.add(key);
    if (!wanted.size) setTimeout(() => void load(), SOON_MS);
    wanted.set(group, (wanted.get(group) ?? new Set()).add(id));
  }

  async function load() {
    const now = [...wanted];
    wanted.clear();
    for (const [group, ids] of now) {
      const all = [...ids];
      for (let at = 0; at < all.length; at += MOST) await loadSome(group, all.slice(at, at + MOST));
    }
  }

  async function loadSome(group: number, ids: number[]) {
    try {
      const members = await list<Member>('/contact/members', { dstid: group, ids, limit: MOST });
      for (const member of members) heard(group, member);
    } catch {
      // The group is gone for us; the names stay what they are elsewhere.
    }
    for (const id of ids) if (!people.person(id)) people.nameOf(id); // left: looked up by itself
  }

  /** A member as a list showed them. */
  function heard(group: number, member: Member) {
    people.remember(member);
    asked.add(keyOf(group, member.id));
    setAlias(group, member.id, member.alias);
  }

  function setAlias(group: number, id: number, alias: string) {
    if (alias) aliases.set(keyOf(group, id), alias);
    else aliases.delete(keyOf(group, id));
  }

  /** Somebody took another name in a group. */
  function told(entry: Entry) {
    if (entry.content === 'aliased') setAlias(entry.dstid, entry.userid, entry.memo ?? '');
  }

  return { nameIn, heard, told };
});
