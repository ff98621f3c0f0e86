import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import { passes } from '../core/again';
import { list, post } from '../core/api';
import { early } from '../core/early';
import type { KeptPeople } from '../core/kept';
import { Latest } from '../core/latest';
import type { Notices, Presence, Privacy } from '../core/protocol';
import type { Entry, Friend, FriendRequest, Group, Me, User } from '../core/types';
import { afterNews } from './groupNews';

/** Who I am, my friends, the groups that I am in, and whoever else was seen in them. */
export const usePeople = defineStore('people', () => {
  const me = ref<Me | null>(null);
  const friends = ref<Friend[]>([]);
  const requests = ref<FriendRequest[]>([]);
  const groups = ref<Group[]>([]);
  const friendsLoaded = ref(false);
  const groupsLoaded = ref(false);
  const strangers = reactive(new Map<number, User>());
  const asked = new Set<number>();
  const friendById = computed(() => new Map(friends.value.map((friend) => [friend.id, friend])));
  const groupById = computed(() => new Map(groups.value.map((group) => [group.id, group])));

  /** As they were at the last visit, until the server says how they are. */
  function restore(kept: KeptPeople) {
    me.value = kept.me;
    friends.value = kept.friends.map((friend) => ({ ...friend, online: 0, devices: [] }));
    groups.value = [...kept.groups];
  }

  const latestMe = new Latest(async () => (await early<Me>('/user/me'))?.data ?? post<Me>('/user/me'), putMe);
  const latestRequests = new Latest(() => list<FriendRequest>('/contact/requests'), (rows) => (requests.value = rows));
  const latestFriends = new Latest(() => list<Friend>('/contact/loadfriend'), (rows) => {
    friends.value = rows;
    friendsLoaded.value = true;
  });
  const latestGroups = new Latest(() => list<Group>('/contact/loadcommunity'), (rows) => {
    groups.value = rows;
    groupsLoaded.value = true;
  });

  function putMe(now: Me) {
    me.value = now;
  }
  async function loadMe(): Promise<Me> {
    await latestMe.load();
    return me.value!;
  }
  /** As they were when the page began to load; whether that was asked. */
  async function takeEarly(): Promise<boolean> {
    const [some, others] = await Promise.all([early<Friend[]>('/contact/loadfriend'), early<Group[]>('/contact/loadcommunity')]);
    if (!friendsLoaded.value) friends.value = some?.rows ?? [];
    if (!groupsLoaded.value) groups.value = others?.rows ?? [];
    return Boolean(some && others);
  }
  /** What an entry of a group's log tells of it; whether that is enough to know how it is now. */
  function hearOfGroup(entry: Entry): boolean {
    let known = false;
    latestGroups.heard(() => (known = takeNews(entry)), false);
    return known;
  }
  function takeNews(entry: Entry): boolean {
    const at = groups.value.findIndex((group) => group.id === entry.dstid);
    const group = groups.value[at];
    const now = group && afterNews(group, entry, me.value?.id ?? 0);
    if (now) groups.value = groups.value.with(at, now);
    return Boolean(now);
  }

  /** Somebody whom a list showed, or a link, a number or a nickname led to. */
  function remember(user: User) {
    strangers.set(user.id, user);
  }
  const change = (part: 'privacy' | 'notices', fields: Partial<Privacy> | Partial<Notices>) =>
    latestMe.change(() => post<Me>(`/settings/${part}`, { ...fields }), putMe);
  const update = (fields: Partial<Me>) => latestMe.change(() => post<Me>('/user/update', { ...fields }), putMe);

  function person(id: number): User | undefined {
    if (id === me.value?.id) return me.value;
    return friendById.value.get(id) ?? strangers.get(id);
  }

  /** A name to show now; somebody unknown is looked up, once, and the name changes when the answer is there. */
  function nameOf(id: number): string {
    const known = person(id);
    if (known) return friendById.value.get(id)?.remark || known.nickname || known.mobile || `#${id}`;
    void lookUp(id);
    return `#${id}`;
  }

  async function lookUp(id: number) {
    if (asked.has(id) || !id) return;
    asked.add(id);
    try {
      strangers.set(id, await post<User>('/user/find', { id }));
    } catch (fault) {
      // Gone or not for us to see: the number stays. Without a line: asked for again when it is looked at again.
      if (passes(fault)) asked.delete(id);
    }
  }

  /** Without a line nobody tells who is here: as at the start, the next answer does. */
  function loseSight() {
    friends.value = friends.value.map((friend) => ({ ...friend, online: 0, devices: [] }));
  }

  const setPresence = (now: Presence) => latestFriends.heard(() => putPresence(now));

  function putPresence(now: Presence) {
    const friend = friendById.value.get(now.userid);
    if (!friend) return;
    friend.online = now.online;
    friend.devices = now.devices;
    if (!now.online) friend.lastseen = now.time ? new Date(now.time).toISOString() : '';
  }

  return {
    me, friends, requests, groups, friendsLoaded, groupsLoaded, friendById, groupById,
    restore, takeEarly, loadMe, loadFriends: () => latestFriends.load(), loadRequests: () => latestRequests.load(),
    loadGroups: () => latestGroups.load(), hearOfGroup, remember, change, update, person, nameOf, setPresence, loseSight,
  };
});
