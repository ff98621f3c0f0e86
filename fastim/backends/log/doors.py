"""Who may write, asked of the database under the conversation's lock, as other processes close doors too.

`conversation.doors` counts the times that somebody's door was closed or somebody was muted there. Whoever
was found to be let in at a count need not be asked for again until it changes; of most conversations it is
0, and nobody ever is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import pymysql

from fastim.backends.log import NOBODY, Closed, Draft
from fastim.errors import Refused

Key = tuple[int, int]
"""(conversation_id, user_id)"""

_KEPT = 100_000
_GROUP = 11
_PERSON, _COMMUNITY = 1, 2
_MEMBER = 3
"""The role of who leads nothing, and so may be muted."""


class Doors:
    """Remembers whom it found to be let in."""

    def __init__(self) -> None:
        self._let_in: dict[Key, int] = {}
        """To the count at which that was found."""

    def closed(
        self, cursor: pymysql.cursors.Cursor, drafts: Sequence[Draft], doors: Mapping[int, int]
    ) -> Closed:
        """Whose messages may not be numbered any more.

        Args:
            cursor: of the transaction that holds the locks.
            doors: the counts of the locked conversations.
        """
        unsure = {
            (draft.conversation_id, draft.sender_id)
            for draft in drafts
            if (count := doors.get(draft.conversation_id))
            and self._let_in.get((draft.conversation_id, draft.sender_id)) != count
        }
        if not unsure:
            return NOBODY
        refused = _refusals(cursor, unsure)
        if len(self._let_in) > _KEPT:
            self._let_in.clear()
        self._let_in.update({key: doors[key[0]] for key in unsure if key not in refused})
        return refused


def _refusals(cursor: pymysql.cursors.Cursor, keys: Iterable[Key]) -> dict[Key, str | Refused]:
    cursor.execute(
        "SELECT id, kind, low_id, high_id FROM conversation WHERE id IN ({})".format(
            ",".join(str(conversation_id) for conversation_id in sorted({key[0] for key in keys}))
        )
    )
    found = {conversation_id: (kind, low, high) for conversation_id, kind, low, high in cursor.fetchall()}
    groups: dict[Key, Key] = {}
    talks: dict[Key, Key] = {}
    for key in keys:
        kind, low, high = found[key[0]]
        if kind == _GROUP:
            groups[key] = (key[1], low)
        else:
            talks[key] = (low + high - key[1], key[1])
    return _of_groups(cursor, groups) | _of_talks(cursor, talks)


def _of_groups(cursor: pymysql.cursors.Cursor, members: Mapping[Key, Key]) -> dict[Key, str | Refused]:
    if not members:
        return {}
    linked = _pairs(cursor, f"contact WHERE cate = {_COMMUNITY} AND (ownerid, dstobj)", members.values())
    ids = ",".join(str(community_id) for _, community_id in members.values())
    cursor.execute(f"SELECT id FROM community WHERE id IN ({ids}) AND dissolved_at IS NOT NULL")
    dissolved = {row[0] for row in cursor.fetchall()}
    muted = _muted(cursor, members.values())
    refused: dict[Key, str | Refused] = {
        key: Refused("muted", retry_after=muted[pair]) for key, pair in members.items() if pair in muted
    }
    refused |= {key: "not_member" for key, pair in members.items() if pair not in linked}
    return refused | {key: "group_dissolved" for key, pair in members.items() if pair[1] in dissolved}


def _muted(cursor: pymysql.cursors.Cursor, members: Iterable[Key]) -> dict[Key, int]:
    """Which of these (user, group) may not speak for now, and for how many seconds."""
    listed = ",".join(f"({user:d},{community:d})" for user, community in members)
    now = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "SELECT contact.ownerid, contact.dstobj, community.muted_until, community_mute.until FROM contact"
        " JOIN community ON community.id = contact.dstobj"
        " LEFT JOIN community_mute ON community_mute.community_id = contact.dstobj"
        " AND community_mute.user_id = contact.ownerid"
        f" WHERE contact.cate = {_COMMUNITY} AND (contact.ownerid, contact.dstobj) IN ({listed})"
        f" AND contact.role >= {_MEMBER}"
        " AND (community.muted_until > %s OR community_mute.until > %s)",
        (now, now),
    )
    return {
        (user, community): math.ceil((max(one for one in until if one) - now).total_seconds())
        for user, community, *until in cursor.fetchall()
    }


def _of_talks(cursor: pymysql.cursors.Cursor, peers: Mapping[Key, Key]) -> dict[Key, str]:
    if not peers:
        return {}
    linked = _pairs(cursor, f"contact WHERE cate = {_PERSON} AND (ownerid, dstobj)", peers.values())
    blocked = _pairs(cursor, "block WHERE (owner_id, blocked_id)", peers.values(), "owner_id, blocked_id")
    refused = {key: "blocked" for key, pair in peers.items() if pair in blocked}
    return refused | {key: "not_friends" for key, pair in peers.items() if pair not in linked}


def _pairs(
    cursor: pymysql.cursors.Cursor, which: str, pairs: Iterable[Key], columns: str = "ownerid, dstobj"
) -> set[Key]:
    listed = ",".join(f"({one:d},{other:d})" for one, other in pairs)
    cursor.execute(f"SELECT {columns} FROM {which} IN ({listed})")
    return set(cursor.fetchall())
