import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { passes } from '../core/again';
import { list } from '../core/api';
import { News } from '../core/latest';
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
  const news = new News();
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
      await learn(group, () => list<Member>('/contact/members', { dstid: group, ids, limit: MOST }), (members) => members);
    } catch (fault) {
      // The group is gone for us: names stay what they are elsewhere. Without a line: asked for when they are shown again.
      if (passes(fault)) for (const id of ids) asked.delete(keyOf(group, id));
    }
    for (const id of ids) if (!people.person(id)) people.nameOf(id); // left: looked up by itself
  }

  /** Asks for something with members in it: they are known by their names from then on, or by those told meanwhile. */
  async function learn<A>(group: number, ask: () => Promise<A>, membersOf: (answer: A) => readonly Member[]): Promise<A> {
    const { answer, replay } = await news.during(ask);
    for (const member of membersOf(answer)) {
      people.remember(member);
      asked.add(keyOf(group, member.id));
      setAlias(group, member.id, member.alias);
    }
    replay();
    return answer;
  }

  function setAlias(group: number, id: number, alias: string) {
    if (alias) aliases.set(keyOf(group, id), alias);
    else aliases.delete(keyOf(group, id));
  }

  /** Somebody took another name in a group. */
  function told(entry: Entry) {
    if (entry.content === 'aliased') news.heard(() => setAlias(entry.dstid, entry.userid, entry.memo ?? ''));
  }

  return { nameIn, learn, told };
});
