"""Files: what messages and profiles show is an upload, and what an upload names is in the storage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from sqlalchemy import insert, select

from fastim.backends.storage import Storage
from fastim.errors import NotFound
from fastim.models import Attachment, Blob, Community, Message, Upload, User, db
from fastim.operations.checks import rule
from fastim.operations.checks.rule import Lines, Rule, in_transactions
from fastim.protocol import frames, limits
from fastim.protocol.entry import Body, RecordItem
from fastim.services.entries import read_body
from fastim.services.messages import upload_name

_ROWS = 500


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
        found = db.session.execute(query.limit(_ROWS)).all()
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
    for conversation_id, seq, _, names in _messages_with_files():
        for name in sorted(names - _known(names)):
            yield f"conversation {conversation_id}: entry {seq} shows {name}, which is no upload"
    for model, column, what in ((User, User.avatar, "user"), (Community, Community.icon, "group")):
        for id_, url in db.session.execute(select(model.id, column).where(column != "")):
            name = upload_name(url)
            if name and not _known({name}):
                yield f"{what} {id_} has the picture {name}, which is no upload"


def _attachments() -> Lines:
    for conversation_id, seq, message_id, names in _messages_with_files():
        for name in sorted(_unattached(message_id, names)):
            yield f"conversation {conversation_id}: entry {seq} shows {name}, and does not hold it"


def _attach() -> None:
    """Without the row, collection would take the file from under the message."""
    for number, (_, _, message_id, names) in enumerate(_messages_with_files(), 1):
        for name in sorted(_unattached(message_id, names)):
            db.session.execute(insert(Attachment).values(upload_name=name, message_id=message_id))
        if number % rule.AT_ONCE == 0:
            db.session.commit()
    db.session.commit()


def _unattached(message_id: int, names: set[str]) -> set[str]:
    query = select(Attachment.upload_name).where(Attachment.message_id == message_id)
    return _known(names) - set(db.session.scalars(query))


def _known(names: set[str]) -> set[str]:
    return set(db.session.scalars(select(Upload.name).where(Upload.name.in_(names))))


def _messages_with_files() -> Iterator[tuple[int, int, int, set[str]]]:
    """(conversation_id, seq, id, names of uploads) of messages that show some."""
    last = 0
    while True:
        query = (
            select(Message.id, Message.conversation_id, Message.seq, Message.body)
            .where(Message.id > last, Message.media < frames.NOTICE, Message.media != frames.TEXT)
            .order_by(Message.id)
            .limit(_ROWS)
        )
        found = db.session.execute(query).all()
        if not found:
            return
        for id_, conversation_id, seq, body in found:
            names = set(_names(read_body(body)))
            if names:
                yield conversation_id, seq, id_, names
        last = found[-1][0]


def _names(body: Body | RecordItem) -> Iterator[str]:
    if name := upload_name(body.url):
        yield name
    for item in body.record:
        yield from _names(item)
