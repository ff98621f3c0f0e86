"""Files: what messages and profiles show is an upload, and what an upload names is in the storage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import insert, select
from sqlalchemy.orm import InstrumentedAttribute

from fastim.backends.storage import Storage
from fastim.errors import NotFound
from fastim.models import Attachment, Blob, Community, Message, Upload, User, db
from fastim.operations.checks import rule
from fastim.operations.checks.rule import Lines, Rule, in_transactions, step
from fastim.protocol import frames, limits
from fastim.protocol.entry import Body, RecordItem
from fastim.services.entries import read_body
from fastim.services.messages import upload_name
from fastim.services.steps import in_steps

_Showing = tuple[int, int, int, set[str]]
"""Of a message: conversation_id, seq, id, names of the uploads that it shows."""


def rules(storage: Storage, deep: bool) -> tuple[Rule, ...]:
    """Args:
    deep: read every file and sum it up.
    """
    return (
        Rule("files", "every file that a row names is stored", partial(_files, storage, deep)),
        Rule("shown", "messages and profiles show what is there", _shown),
        Rule("attachments", "messages hold what they show", _attachments, in_transactions(_attach)),
    )


def _files(storage: Storage, deep: bool) -> Lines:
    last = ""
    while True:
        query = select(Blob.sha256, Blob.bytes).where(Blob.sha256 > last).order_by(Blob.sha256)
        found = db.session.execute(query.limit(rule.AT_ONCE)).all()
        db.session.rollback()
        if not found:
            return
        for sha256, size in found:
            if wrong := _wrong_with(storage, sha256, size, deep):
                yield f"file {sha256}: {wrong}"
        last = found[-1][0]


def _wrong_with(storage: Storage, sha256: str, size: int, deep: bool) -> str:
    try:
        content = storage.open(sha256)
    except NotFound:
        return "is not in the storage"
    with content:
        found = content.seek(0, 2)
        if found != size:
            return f"has {found} bytes, not {size}"
        if not deep:
            return ""
        content.seek(0)
        digest = hashlib.sha256()
        while chunk := content.read(limits.FILE_CHUNK_BYTES):
            digest.update(chunk)
    return "" if digest.hexdigest() == sha256 else "its content has changed"


def _shown() -> Lines:
    for found in _messages_with_files():
        known = _known({name for *_, names in found for name in names})
        for conversation_id, seq, _, names in found:
            for name in sorted(names - known):
                yield f"conversation {conversation_id}: entry {seq} shows {name}, which is no upload"
    for model, column, what in ((User, User.avatar, "user"), (Community, Community.icon, "group")):
        for pictures in _pictures(model, column):
            known = _known({name for _, name in pictures})
            for id_, name in pictures:
                if name not in known:
                    yield f"{what} {id_} has the picture {name}, which is no upload"


def _pictures(
    model: type[User | Community], column: InstrumentedAttribute[str]
) -> Iterator[list[tuple[int, str]]]:
    """(id, name of the upload) of those who show one, some at a time."""
    for ids in in_steps(model.id, rule.AT_ONCE, column != ""):
        rows = db.session.execute(select(model.id, column).where(model.id.in_(ids)).order_by(model.id))
        yield [(id_, name) for id_, url in rows if (name := upload_name(url))]


def _attachments() -> Lines:
    for found in _messages_with_files():
        for conversation_id, seq, _, name in _unheld(found):
            yield f"conversation {conversation_id}: entry {seq} shows {name}, and does not hold it"


def _attach() -> None:
    """Without the row, collection would take the file from under the message."""
    for found in _messages_with_files():
        with step():
            if held := [{"upload_name": name, "message_id": id_} for _, _, id_, name in _unheld(found)]:
                db.session.execute(insert(Attachment), held)


def _unheld(found: Sequence[_Showing]) -> list[tuple[int, int, int, str]]:
    """(conversation_id, seq, id, name) of each upload that a message shows, and does not hold."""
    query = select(Attachment.message_id, Attachment.upload_name)
    query = query.where(Attachment.message_id.in_([id_ for _, _, id_, _ in found]))
    held = {(id_, name) for id_, name in db.session.execute(query)}
    known = _known({name for *_, names in found for name in names})
    return [
        (conversation_id, seq, id_, name)
        for conversation_id, seq, id_, names in found
        for name in sorted(names & known)
        if (id_, name) not in held
    ]


def _known(names: set[str]) -> set[str]:
    """Those that uploads have."""
    every, found = sorted(names), set[str]()
    for start in range(0, len(every), rule.AT_ONCE):
        some = every[start : start + rule.AT_ONCE]
        found |= set(db.session.scalars(select(Upload.name).where(Upload.name.in_(some))))
    return found


def _messages_with_files() -> Iterator[list[_Showing]]:
    """Messages that show uploads, some at a time."""
    last = 0
    while True:
        query = (
            select(Message.id, Message.conversation_id, Message.seq, Message.body)
            .where(Message.id > last, Message.media < frames.NOTICE, Message.media != frames.TEXT)
            .order_by(Message.id)
            .limit(rule.AT_ONCE)
        )
        found = db.session.execute(query).all()
        if not found:
            return
        yield [
            (conversation_id, seq, id_, names)
            for id_, conversation_id, seq, body in found
            if (names := set(_names(read_body(body))))
        ]
        last = found[-1][0]


def _names(body: Body | RecordItem) -> Iterator[str]:
    if name := upload_name(body.url):
        yield name
    for item in body.record:
        yield from _names(item)
