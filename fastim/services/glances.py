"""Looking closer: some messages of a conversation by their seq, the pinned ones, who reacted with what, and
what a message said before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from fastim.errors import Forbidden
from fastim.models import Message, Pin, Reaction, Revision, db
from fastim.protocol import frames, limits
from fastim.protocol.sync import Reacted, Version
from fastim.services import entries, log_rows
from fastim.services.access import Access, Standing
from fastim.services.log_rows import Row
from fastim.services.reading import Reading
from fastim.services.references import visible_message
from fastim.services.rows import as_frames, reactions_to


class Glances:
    """Needs an app context. Every method acts as `actor_id`.

    Raises:
        NotFound: no such conversation for this user (every method).
    """

    def __init__(self, access: Access, reading: Reading) -> None:
        self._access = access
        self._reading = reading

    def chosen(self, actor_id: int, kind: int, dst_id: int, seqs: Sequence[int]) -> list[frames.Entry]:
        """Those of the entries that this user may see, in the order of their seq.

        Raises:
            NotFound: no such conversation for this user.
        """
        standing = self._access.standing(actor_id, kind, dst_id)

        def look() -> list[frames.Entry]:
            return _visible(actor_id, standing, dst_id, log_rows.at(standing.conversation_id, seqs))

        return self._reading(look)

    def pinned(self, actor_id: int, kind: int, dst_id: int) -> list[frames.Entry]:
        """The pinned messages of a conversation, the one that was pinned last first.

        Raises:
            NotFound: no such conversation for this user.
        """
        standing = self._access.standing(actor_id, kind, dst_id)
        query = (
            select(Pin.message_id)
            .where(Pin.conversation_id == standing.conversation_id)
            .order_by(Pin.pinned_ms.desc(), Pin.message_id.desc())
        )

        def look() -> list[frames.Entry]:
            ids = list(db.session.scalars(query))
            rows = log_rows.by_ids(ids)
            pinned = [rows[message_id] for message_id in ids if message_id in rows]
            return _visible(actor_id, standing, dst_id, pinned)

        return self._reading(look)

    def reactions(self, actor_id: int, kind: int, dst_id: int, seq: int) -> list[Reacted]:
        """Who put what on a message; the most frequent first.

        Raises:
            Refused: `no_such_message`.
        """
        message = visible_message(self._access, actor_id, kind, dst_id, seq)
        query = (
            select(Reaction.emoji, Reaction.user_id)
            .where(Reaction.message_id == message.id)
            .order_by(Reaction.emoji, Reaction.user_id)
            .limit(limits.LIST_ROWS)
        )
        found: dict[str, list[int]] = {}
        for emoji, user_id in db.session.execute(query):
            found.setdefault(emoji, []).append(user_id)
        return sorted(
            (Reacted(*one) for one in found.items()), key=lambda one: (-len(one.users), one.emoji)
        )

    def versions(self, actor_id: int, kind: int, dst_id: int, seq: int) -> list[Version]:
        """What a message said, oldest first, the present text last; for its author and a group's leaders.

        Raises:
            Refused: `no_such_message`.
            Forbidden: the message is another's, and the actor does not lead the group.
        """
        message = visible_message(self._access, actor_id, kind, dst_id, seq)
        if message.sender_id != actor_id and not self._access.leads(actor_id, kind, dst_id):
            raise Forbidden
        query = (
            select(Revision.body, Message.time_ms)
            .join(
                Message,
                (Message.conversation_id == message.conversation_id) & (Message.seq == Revision.seq),
            )
            .where(Revision.message_id == message.id)
            .order_by(Revision.seq)
        )
        times, texts = [message.time_ms], []
        for body, edited_ms in db.session.execute(query):
            texts.append(entries.read_body(body).content)
            times.append(edited_ms)
        texts.append(entries.read_body(message.body).content)
        return [Version(*one) for one in zip(times, texts, strict=True)]


def _visible(actor_id: int, standing: Standing, dst_id: int, rows: Sequence[Row]) -> list[frames.Entry]:
    shown = log_rows.kept(actor_id, [row for row in rows if row.seq > standing.join_seq])
    return as_frames(shown, standing.kind, actor_id, dst_id, reactions_to(actor_id, shown))
