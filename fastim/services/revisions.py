"""One count of all that a person makes of conversations for themself, over the tables that hold it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, func, select, union_all

from fastim.models import Erasure, Played, TalkSetting, User, db

_COUNTED = (TalkSetting, Erasure, Played)
_USER: BindParameter[int] = bindparam("user_id")
_COUNTS = union_all(
    *(select(func.max(one.revision).label("most")).where(one.user_id == _USER) for one in _COUNTED)
).subquery()
_NEWEST = select(func.max(_COUNTS.c.most))


def following(user_id: int) -> int:
    """The user's next number; changes of one user take turns from here to the commit."""
    db.session.scalar(select(User.id).where(User.id == user_id).with_for_update())
    return newest(user_id) + 1


def newest(user_id: int) -> int:
    """The last number that was given. They become visible in their order."""
    return db.session.scalar(_NEWEST, {"user_id": user_id}) or 0


def note(
    table: type[Erasure | Played], user_id: int, conversation_id: int, seqs: Sequence[int]
) -> tuple[tuple[int, ...], int]:
    """Put those of the entries into `table` that are not in it yet for the user.

    Returns:
        Their seqs, ascending, and their revision, which they share.
    """
    revision = following(user_id)
    known = select(table.seq).where(
        table.user_id == user_id, table.conversation_id == conversation_id, table.seq.in_(seqs)
    )
    found = tuple(sorted(set(seqs).difference(db.session.scalars(known))))
    place = {"user_id": user_id, "conversation_id": conversation_id, "revision": revision}
    db.session.add_all(table(**place, seq=seq) for seq in found)
    return found, revision
