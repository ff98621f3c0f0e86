"""Instant upload: whoever holds a file need not send it again, and whoever knows its hash has nothing.

At a full upload the server makes pairs of a random nonce and SHA-256(content, nonce). A claim names a nonce
and brings the answer; without the bytes it cannot be computed. Each nonce is asked once, so that an answer
that was overheard or passed on is worth nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import delete, func, insert, select

from fastim.backends import sniff
from fastim.backends.bus import Bus
from fastim.errors import TooLarge
from fastim.models import Proof, Source, db
from fastim.protocol import limits
from fastim.services.transaction import transaction


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of an upload as they came."""

    sha256: str
    size: int
    head: bytes
    pairs: tuple[tuple[str, str], ...]
    """(nonce, answer), both in hex."""


def read_original(stream: BinaryIO, limit: int) -> Original:
    """Read `stream` to its end and leave it at its beginning. Runs in a worker.

    Raises:
        TooLarge: it is longer than `limit` bytes.
    """
    digest = hashlib.sha256()
    head = b""
    size = 0
    stream.seek(0)
    while chunk := stream.read(limits.FILE_CHUNK_BYTES):
        head = head or chunk[: sniff.HEAD_BYTES]
        digest.update(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
    stream.seek(0)
    pairs = []
    for _ in range(limits.PROOFS):
        nonce = secrets.token_bytes(16)
        asked = digest.copy()  # the state after the content: a pair costs one block, not the file again
        asked.update(nonce)
        pairs.append((nonce.hex(), asked.hexdigest()))
    return Original(digest.hexdigest(), size, head, tuple(pairs))


def add_pairs(original: Original) -> None:
    """Make the questions about this content `limits.PROOFS` again; inside a transaction."""
    count = select(func.count()).select_from(Proof).where(Proof.source_sha == original.sha256)
    missing = limits.PROOFS - (db.session.scalar(count) or 0)
    rows = [
        {"nonce": nonce, "source_sha": original.sha256, "answer": answer}
        for nonce, answer in original.pairs[: max(0, missing)]
    ]
    if rows:
        db.session.execute(insert(Proof), rows)


def ask(sha256: str, size: int) -> str:
    """A nonce to answer for this content, or "" where only an upload will do."""
    known = select(Source.sha256).where(Source.sha256 == sha256, Source.bytes == size).limit(1)
    if db.session.scalar(known) is None:
        return ""
    nonces = list(db.session.scalars(select(Proof.nonce).where(Proof.source_sha == sha256)))
    return secrets.choice(nonces) if nonces else ""


def check(bus: Bus, sha256: str, nonce: str, answer: str) -> bool:
    """Whether `answer` is right. The nonce is used up, whatever the outcome."""
    with transaction(bus):
        query = select(Proof).where(Proof.nonce == nonce, Proof.source_sha == sha256).with_for_update()
        proof = db.session.scalars(query).one_or_none()
        if proof is None:
            return False
        expected = proof.answer
        db.session.execute(delete(Proof).where(Proof.nonce == nonce))
    return secrets.compare_digest(expected.encode(), answer.encode("utf-8", "replace"))
