import { keyFor, keyOf } from '../store/conversations';
import { useChat } from '../store/chat';
import { useHistory } from '../store/history';
import { usePeople } from '../store/people';
import { byNames, placesIn, type Range } from './finding';
import { say } from './i18n';
import type { Hit } from './protocol';
import { openTalk } from './route';
import { summary } from './summary';
import { tell } from './toast';
import type { Content, Friend, Group, Kind } from './types';

/** One line of what was found, and what opening it does. */
export interface Found {
  id: string;
  kind: Kind;
  dstid: number;
  name: string;
  picture: string | undefined;
  nameAt: readonly Range[];
  text: string;
  textAt: readonly Range[];
  time: number;
  /** What was found, where that is a message: its row shows its picture, file or place. */
  message?: Content;
  open: () => void;
}

const nameOfFriend = (friend: Friend) => friend.remark || friend.nickname || friend.mobile;

export function foundPeople(sought: string): Found[] {
  const people = usePeople();
  return byNames(people.friends, (one) => [nameOfFriend(one), one.nickname, one.mobile], sought).map((friend) => {
    const name = nameOfFriend(friend);
    const other = [friend.nickname, friend.mobile].find((text) => text !== name && placesIn(text, sought)) ?? '';
    return {
      ...blank(10, friend.id), name, picture: friend.avatar, nameAt: placesIn(name, sought) ?? [],
      text: other, textAt: placesIn(other, sought) ?? [],
    };
  });
}

/** What a conversation is called. */
export function talkName(key: string): string {
  const [kind, dstid] = key.split(':').map(Number);
  const people = usePeople();
  return kind === 11 ? (people.groupById.get(dstid!)?.name ?? '…') : people.nameOf(dstid!);
}

/** The conversations of the list, without what was said in them. */
export function recentTalks(): Found[] {
  const people = usePeople();
  return useChat().lines.map(({ key, kind, dstid }) => ({
    ...blank(kind, dstid), name: talkName(key), picture: kind === 11 ? people.groupById.get(dstid)?.icon : people.person(dstid)?.avatar,
  }));
}

/** Somebody under a name of the caller's. */
export function rowOf(id: number, name: string, picture: string | undefined, sought: string): Found {
  return { ...blank(10, id), name, picture, nameAt: placesIn(name, sought) ?? [] };
}

/** Those with whom or where something was said lately come first, in the order of the list. */
export function byRecency<T extends Pick<Found, 'kind' | 'dstid'>>(rows: readonly T[]): T[] {
  const order = new Map(useChat().lines.map((line, at) => [line.key, at]));
  const place = (row: T) => order.get(keyFor(row.kind, row.dstid)) ?? Infinity;
  return [...rows].sort((a, b) => place(a) - place(b) || 0); // Infinity less Infinity is no number
}

export function foundGroups(sought: string): Found[] {
  const people = usePeople();
  return byNames(people.groups, (group: Group) => [group.name], sought).map((group) => ({
    ...blank(11, group.id), name: group.name, picture: group.icon, nameAt: placesIn(group.name, sought) ?? [],
    text: say('talk.members', { count: group.members }),
  }));
}

function blank(kind: Kind, dstid: number): Found {
  const key = keyFor(kind, dstid);
  return {
    id: `found-${kind}-${dstid}`, kind, dstid, name: '', picture: undefined, nameAt: [], text: '', textAt: [], time: 0,
    open: () => openTalk(key),
  };
}

/** A message, under the name of its conversation. */
export function foundMessage({ entry, text, ranges }: Hit): Found {
  const chat = useChat();
  const people = usePeople();
  const key = keyOf(entry, chat.state.me);
  const [kind, dstid] = key.split(':').map(Number) as [Kind, number];
  const isMine = entry.userid === chat.state.me;
  // A record's lines stand one below the other; a row has one line.
  const said = (text || summary(entry)).replace(/\n/g, ' ');
  const writer = isMine ? say('line.you', { text: '' }) : kind === 11 ? say('talk.said', { name: people.nameOf(entry.userid), text: '' }) : '';
  return {
    id: `found-message-${entry.id}`, kind, dstid, time: entry.time, message: entry,
    name: talkName(key), picture: kind === 11 ? people.groupById.get(dstid)?.icon : people.person(dstid)?.avatar,
    nameAt: [], text: writer + said, textAt: ranges.map(([from, to]) => [from + writer.length, to + writer.length]),
    open: () => void useHistory().openAt(key, entry.seq, ranges[0]?.[0]).then((fault) => fault && tell(fault)),
  };
}
