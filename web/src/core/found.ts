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
import type { Friend, Group, Kind } from './types';

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
  const group = kind === 11 ? people.groupById.get(dstid) : undefined;
  const isMine = entry.userid === chat.state.me;
  // A record's lines stand one below the other; a row has one line.
  const said = (text || summary(entry)).replace(/\n/g, ' ');
  const writer = isMine ? say('line.you', { text: '' }) : kind === 11 ? say('talk.said', { name: people.nameOf(entry.userid), text: '' }) : '';
  return {
    id: `found-message-${entry.id}`, kind, dstid, time: entry.time,
    name: kind === 11 ? (group?.name ?? '…') : people.nameOf(dstid),
    picture: kind === 11 ? group?.icon : people.person(dstid)?.avatar,
    nameAt: [], text: writer + said, textAt: ranges.map(([from, to]) => [from + writer.length, to + writer.length]),
    open: () => void useHistory().openAt(key, entry.seq).then((fault) => fault && tell(fault)),
  };
}
