"""What a process follows, its users and their groups, and how far it has told of each conversation."""

from __future__ import annotations

from fastim.protocol import bus_limits as limits
from fastim.protocol import frames
from fastim.protocol.events import EntryAdded

_NEVER = 1 << 62


class Followed:
    """Groups and users. Of a group it is known from the beginning how far it was told, of a talk of two
    only once something was told, or looked for."""

    def __init__(self) -> None:
        self._groups: dict[int, int] = {}
        """Followed groups to the last seq that was told."""
        self._users: dict[int, int] = {}
        """Followed users to the turn in which they were first followed."""
        self._in: set[int] = set()
        """Those of them who were let in."""
        self._turn = 0
        self._talks: dict[int, tuple[int, int]] = {}
        """Talks to the last seq that was told, and the turn in which it was; told last, it stands last."""

    def follow_group(self, group_id: int, last_seq: int) -> None:
        """Its entries above `last_seq` are told in their order from now on, if it is not followed yet."""
        self._groups.setdefault(group_id, last_seq)

    def follow_user(self, user_id: int) -> None:
        """The same for this user's talks, from where `know_talk` says."""
        if user_id not in self._users:
            self._turn += 1
            self._users[user_id] = self._turn

    def let_in(self, user_id: int) -> None:
        """A connection of theirs may ask what there is; whatever comes after that has to be told."""
        if user_id in self._users:
            self._in.add(user_id)

    def is_in(self, *user_ids: int) -> bool:
        """Whether one of these was let in."""
        return not self._in.isdisjoint(user_ids)

    def unfollow_group(self, group_id: int) -> None:
        self._groups.pop(group_id, None)

    def unfollow_user(self, user_id: int) -> None:
        self._users.pop(user_id, None)
        self._in.discard(user_id)

    def follows_group(self, group_id: int) -> bool:
        return group_id in self._groups

    def follows_user(self, *user_ids: int) -> bool:
        """Whether one of these is followed."""
        return any(user_id in self._users for user_id in user_ids)

    def has(self, entry: EntryAdded) -> bool:
        """Whether it belongs to what is followed."""
        if entry.kind == frames.GROUP:
            return entry.dst_id in self._groups
        return entry.dst_id in self._users or entry.sender_id in self._users

    def groups(self) -> list[int]:
        return list(self._groups)

    def users(self) -> list[int]:
        return list(self._users)

    def told(self, kind: int, conversation_id: int, one_id: int, other_id: int) -> int | None:
        """The last seq that was told of a conversation; None if it is not known.

        Args:
            one_id: the group, or one of the two people; `other_id` is the other.
        """
        if kind == frames.GROUP:
            return self._groups.get(one_id)
        first = min(self._users.get(one_id, _NEVER), self._users.get(other_id, _NEVER))
        known = self._talks.get(conversation_id)
        return known[0] if known is not None and known[1] >= first else None

    def last(self, entry: EntryAdded) -> int | None:
        """The same of an entry's conversation. Before its first entry there was nothing to tell."""
        told = self.told(entry.kind, entry.conversation_id, entry.dst_id, entry.sender_id)
        return 0 if told is None and entry.seq == 1 else told

    def count(self, entry: EntryAdded) -> None:
        """It is told now."""
        if entry.kind != frames.GROUP:
            self.know_talk(entry.conversation_id, entry.seq)
        elif entry.seq > self._groups.get(entry.dst_id, _NEVER):
            self._groups[entry.dst_id] = entry.seq

    def know_talk(self, conversation_id: int, last_seq: int) -> None:
        """A talk was told up to `last_seq`, or those who are in know it from there."""
        self._talks.pop(conversation_id, None)
        if len(self._talks) >= limits.BUS_CONVERSATIONS:
            del self._talks[next(iter(self._talks))]
        self._talks[conversation_id] = (last_seq, self._turn)
