"""Forwarding: what is said again comes from the log, so nobody is quoted with what they did not say."""

from __future__ import annotations

from fastim.errors import Refused
from fastim.protocol import codec, frames, limits
from fastim.services import entries, log_rows
from fastim.services.access import Access
from fastim.services.conversations import GROUP
from fastim.services.group_names import GroupNames
from fastim.services.log_rows import Row
from fastim.services.profiles import Profiles

_TITLE_JOINT = "、"


class Forwarding:
    """Needs an app context."""

    def __init__(self, access: Access, profiles: Profiles, group_names: GroupNames) -> None:
        self._access = access
        self._profiles = profiles
        self._group_names = group_names

    def gather(
        self, actor_id: int, wanted: frames.Forward
    ) -> tuple[frames.Send, tuple[frames.RecordItem, ...]]:
        """The message to send, and the record that it carries; files stay the uploads that they are.

        Raises:
            NotFound: no such conversation to forward from, for this user.
            Refused: `no_such_message`, or `text_too_long` where the record is.
        """
        if wanted.msgid.endswith(" "):  # MySQL compares without trailing blanks
            raise Refused("bad_frame")
        messages = self._messages(actor_id, wanted)
        make = frames.SendGroup if wanted.kind == GROUP else frames.SendSingle
        if len(messages) == 1 and not wanted.merged:
            (message, body) = messages[0]
            said = make(
                dstid=wanted.dstid,
                media=message.media,
                content=body.content,
                pic=body.pic,
                url=body.url,
                memo=body.memo,
                amount=body.amount,
                msgid=wanted.msgid,
            )
            return said, body.record
        record = self._record(messages)
        if len(codec.encode(record)) > limits.RECORD_BYTES:
            raise Refused("text_too_long")
        title = self._title(actor_id, wanted)
        return make(dstid=wanted.dstid, media=frames.RECORD, memo=title, msgid=wanted.msgid), record

    def _messages(self, actor_id: int, wanted: frames.Forward) -> list[tuple[Row, frames.Body]]:
        """All that were asked for, in the order of their seq; each may be seen and says something."""
        standing = self._access.standing(actor_id, wanted.from_kind, wanted.from_id)
        found = [
            (message, entries.read_body(message.body))
            for message in log_rows.at(standing.conversation_id, wanted.seqs)
            if message.seq > standing.join_seq and message.media < frames.NOTICE
        ]
        if len(found) != len(set(wanted.seqs)) or any(body.recalled for _, body in found):
            raise Refused("no_such_message")
        return found

    def _record(self, messages: list[tuple[Row, frames.Body]]) -> tuple[frames.RecordItem, ...]:
        names = self._names({message.sender_id for message, _ in messages})
        return tuple(
            frames.RecordItem(
                userid=message.sender_id,
                name=names.get(message.sender_id, ""),
                time=message.time_ms,
                media=message.media,
                content=body.content,
                pic=body.pic,
                url=body.url,
                memo=body.memo,
                amount=body.amount,
                record=body.record,
            )
            for message, body in messages
        )

    def _names(self, user_ids: set[int]) -> dict[int, str]:
        found = self._profiles.of_many(user_ids)
        return {user_id: profile.nickname for user_id, profile in found.items()}

    def _title(self, actor_id: int, wanted: frames.Forward) -> str:
        """Of whose talk it is a record: the group's name, or the names of the two."""
        if wanted.from_kind == GROUP:
            return self._group_names.of(wanted.from_id) or ""
        names = self._names({actor_id, wanted.from_id})
        return _TITLE_JOINT.join(names[user_id] for user_id in sorted(names))[: limits.MEMO_CHARS]
