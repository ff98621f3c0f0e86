"""What people say in MongoDB: one bulk write a batch, journaled by a majority before it counts.

PyMongo yields while it waits, so no thread is needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import structlog
from pymongo import ASCENDING, DESCENDING, InsertOne, MongoClient, ReturnDocument, WriteConcern, errors
from pymongo.collection import Collection
from pymongo.read_concern import ReadConcern

from fastim.backends.log import Counted, Span, Stored, Taken
from fastim.errors import Unavailable

log = structlog.get_logger(__name__)

Document = dict[str, Any]

_WAIT_MS = 3000
"""For a primary, for an answer, and for the majority, each: a batch that waited for all of them still ends
within the ten seconds that a sync's cursor and the indexer wait for an id."""
_DUPLICATE = 11000


class MongoShelf:
    """`Shelf` in one collection.

    Args:
        url: ``mongodb://…/NAME`` or ``mongodb+srv://…/NAME``; without a name the database is `fastim`.
        newest: asks for the highest id of the database's own entries, once: ids go on above it.
    """

    def __init__(self, url: str, newest: Callable[[], int]) -> None:
        self._url = url
        self._newest = newest
        self._counts = False
        self._turn = threading.Lock()
        self._client: MongoClient[Document] | None = None
        self._opened: Collection[Document] | None = None

    def next_ids(self, count: int) -> int:
        counter = self._messages().database.get_collection("counter", write_concern=_MAJORITY)
        with _away():
            if not self._counts:
                counter.update_one({"_id": "message"}, {"$max": {"last": self._newest()}}, upsert=True)
                self._counts = True
            found = counter.find_one_and_update(
                {"_id": "message"},
                {"$inc": {"last": count}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
        assert found is not None, "it is made where there is none"
        return int(found["last"]) - count + 1

    def add(self, rows: Sequence[Stored]) -> None:
        messages = self._messages()
        try:
            # Ordered, so what is stored of a batch that fails is its beginning: no number is left out.
            messages.bulk_write([InsertOne(_document(row)) for row in rows], ordered=True)
        except errors.BulkWriteError as error:
            codes = {one.get("code") for one in error.details.get("writeErrors", ())}
            if codes <= {_DUPLICATE}:  # or the majority did not answer in time: nobody knows
                raise Taken from error
            log.error("messages_not_stored", error=str(error))
            raise Unavailable from error
        except errors.PyMongoError as error:
            log.warning("mongodb_answer_lost", error=str(error))
            raise Taken from error

    def remove(self, ids: Sequence[int]) -> None:
        with _away():
            self._messages().delete_many({"_id": {"$in": list(ids)}})

    def rewrite(self, message_id: int, rev: int, body: str) -> None:
        with _away():
            self._messages().update_one(
                {"_id": message_id, "rev": {"$lt": rev}}, {"$set": {"rev": rev, "body": body}}
            )

    def spans(self, spans: Sequence[Span]) -> list[Stored]:
        if not spans:
            return []
        order = [("conversation", ASCENDING), ("seq", ASCENDING)]
        return self._find({"$or": [_within(span) for span in spans]}, order)

    def walk(self, span: Span, limit: int, newest_first: bool) -> list[Stored]:
        return self._find(_within(span), [("seq", DESCENDING if newest_first else ASCENDING)], limit)

    def at(self, places: Sequence[tuple[int, int]]) -> list[Stored]:
        if not places:
            return []
        seqs: dict[int, list[int]] = {}
        for conversation_id, seq in places:
            seqs.setdefault(conversation_id, []).append(seq)
        those = [{"conversation": key, "seq": {"$in": some}} for key, some in seqs.items()]
        return self._find({"$or": those})

    def by_ids(self, ids: Sequence[int]) -> list[Stored]:
        return self._find({"_id": {"$in": list(ids)}}) if ids else []

    def said(self, keys: Sequence[tuple[int, str]]) -> list[Stored]:
        if not keys:
            return []
        return self._find({"$or": [{"msgid": msgid, "sender": sender_id} for sender_id, msgid in keys]})

    def follow(self, after: int, below: int, limit: int) -> list[Stored]:
        return self._find({"_id": {"$gt": after, "$lt": below}}, [("_id", ASCENDING)], limit)

    def newest_id(self) -> int:
        found = self._find({}, [("_id", DESCENDING)], 1)
        return found[0].id if found else 0

    def counts(self, first: int, last: int) -> dict[int, Counted]:
        within = {"conversation": {"$gte": first, "$lte": last}}
        group = {
            "_id": "$conversation",
            "messages": {"$sum": 1},
            "first": {"$min": "$seq"},
            "last": {"$max": "$seq"},
        }
        with _away():
            rows = list(self._messages().aggregate([{"$match": within}, {"$group": group}]))
        return {
            int(row["_id"]): Counted(int(row["messages"]), int(row["first"]), int(row["last"]))
            for row in rows
        }

    def messages(self) -> int:
        with _away():
            return self._messages().estimated_document_count()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._opened = None

    def _find(self, what: Document, order: Sequence[tuple[str, int]] = (), limit: int = 0) -> list[Stored]:
        with _away():
            found = self._messages().find(what, limit=limit)
            return [_stored(document) for document in (found.sort(order) if order else found)]

    def _messages(self) -> Collection[Document]:
        """Opened at the first use, which is after a server's processes have parted."""
        if self._opened is None:
            with self._turn, _away():  # one client, however many ask while it cannot connect
                if self._client is None:
                    self._client = _client(self._url)
                messages = self._client.get_default_database(default="fastim").get_collection(
                    "message", read_concern=ReadConcern("majority"), write_concern=_MAJORITY
                )
                messages.create_index([("conversation", ASCENDING), ("seq", ASCENDING)], unique=True)
                messages.create_index(
                    [("msgid", ASCENDING), ("sender", ASCENDING)],
                    unique=True,
                    partialFilterExpression={"msgid": {"$exists": True}},
                )
                self._opened = messages
        return self._opened


_MAJORITY = WriteConcern(w="majority", j=True, wtimeout=_WAIT_MS)


def _client(url: str) -> MongoClient[Document]:
    return MongoClient(
        url,
        appname="fastim",
        serverSelectionTimeoutMS=_WAIT_MS,
        connectTimeoutMS=_WAIT_MS,
        socketTimeoutMS=_WAIT_MS,
    )


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except errors.PyMongoError as error:
        log.warning("mongodb_unreachable", error=str(error))
        raise Unavailable from error


def _within(span: Span) -> Document:
    return {"conversation": span.conversation_id, "seq": {"$gt": span.above, "$lt": span.below}}


def _document(row: Stored) -> Document:
    document: Document = {
        "_id": row.id,
        "conversation": row.conversation_id,
        "seq": row.seq,
        "sender": row.sender_id,
        "media": row.media,
        "body": row.body,
        "time_ms": row.time_ms,
        "rev": row.rev,
    }
    if row.msgid:
        document["msgid"] = row.msgid
    if row.uploads:
        document["uploads"] = list(row.uploads)
    if row.mentions:
        document["mentions"] = list(row.mentions)
    return document


def _stored(document: Document) -> Stored:
    """With plain numbers: BSON's Int64 is a class of its own, which JSON's encoder does not know."""
    return Stored(
        id=int(document["_id"]),
        conversation_id=int(document["conversation"]),
        seq=int(document["seq"]),
        sender_id=int(document["sender"]),
        msgid=document.get("msgid"),
        media=int(document["media"]),
        body=document["body"],
        time_ms=int(document["time_ms"]),
        rev=int(document["rev"]),
        uploads=tuple(document.get("uploads", ())),
        mentions=tuple(int(user_id) for user_id in document.get("mentions", ())),
    )
