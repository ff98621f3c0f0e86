import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import { list, post } from '../core/api';
import { early } from '../core/early';
import type { KeptPeople } from '../core/kept';
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

  let changes = 0;

  /** What was asked before a change and answered after it is older than what the change answered. */
  async function loadMe(): Promise<Me> {
    const before = changes;
    const found = (await early<Me>('/user/me'))?.data ?? (await post<Me>('/user/me'));
    if (before === changes || !me.value) me.value = found;
    return me.value;
  }
  async function loadFriends() {
    friends.value = await list<Friend>('/contact/loadfriend');
    friendsLoaded.value = true;
  }
  /** As they were when the page began to load; whether that was asked. */
  async function takeEarly(): Promise<boolean> {
    const [some, others] = await Promise.all([early<Friend[]>('/contact/loadfriend'), early<Group[]>('/contact/loadcommunity')]);
    if (!friendsLoaded.value) friends.value = some?.rows ?? [];
    if (!groupsLoaded.value) groups.value = others?.rows ?? [];
    return Boolean(some && others);
  }
  async function loadRequests() {
    requests.value = await list<FriendRequest>('/contact/requests');
  }
  async function loadGroups() {
    groups.value = await list<Group>('/contact/loadcommunity');
    groupsLoaded.value = true;
  }
  /** What an entry of a group's log tells of it; whether that is enough to know how it is now. */
  function hearOfGroup(entry: Entry): boolean {
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
  async function change(part: 'privacy' | 'notices', fields: Partial<Privacy> | Partial<Notices>) {
    changes += 1;
    me.value = await post<Me>(`/settings/${part}`, { ...fields });
    changes += 1;
  }

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
    } catch {
      // Gone or not for us to see: the number stays.
    }
  }

  function setPresence(now: Presence) {
    const friend = friendById.value.get(now.userid);
    if (!friend) return;
    friend.online = now.online;
    friend.devices = now.devices;
    if (!now.online) friend.lastseen = now.time ? new Date(now.time).toISOString() : '';
  }

  return {
    me, friends, requests, groups, friendsLoaded, groupsLoaded, friendById, groupById,
    restore, takeEarly, loadMe, loadFriends, loadRequests, loadGroups, hearOfGroup, remember, change, person, nameOf, setPresence,
  };
});
