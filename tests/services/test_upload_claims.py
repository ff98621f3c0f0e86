"""Who holds the bytes that the server has need not send them; nobody else gets them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

import pytest
from flask import Flask

from fastim.errors import Refused
from fastim.protocol import limits
from tests.services.uploading import (
    PICTURE,
    at_once,
    claim,
    new_user,
    parts,
    probe,
    proof,
    rows,
    store,
)


def test_who_holds_the_bytes_need_not_send_them(app: Flask, owner: int) -> None:
    """The proof is about the original, which the server does not even keep."""
    with app.app_context():
        other = new_user("13900000002")
        first = store(app, owner)
        assert probe(app, b"something else") == ""
        assert parts(app).uploads.probe(hashlib.sha256(PICTURE).hexdigest(), 1) == ""
        nonce = probe(app, PICTURE)
        second = claim(app, other, PICTURE, nonce, proof(PICTURE, nonce))
        assert second.upload != first.upload
        assert (second.kind, second.width, second.bytes) == (first.kind, first.width, first.bytes)
        assert rows() == [2, 2, 1, limits.PROOFS - 1]


def test_an_answer_works_once(app: Flask, owner: int) -> None:
    with app.app_context():
        store(app, owner)
        nonce = probe(app, PICTURE)
        answer = proof(PICTURE, nonce)
        claim(app, owner, PICTURE, nonce, answer)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, answer)
        assert rows()[0] == 2


def test_a_wrong_answer_uses_the_nonce_up(app: Flask, owner: int) -> None:
    """A second try needs another nonce."""
    with app.app_context():
        store(app, owner)
        nonce = probe(app, PICTURE)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, "0" * 64)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, proof(PICTURE, nonce))
        assert rows() == [1, 2, 1, limits.PROOFS - 1]


@pytest.mark.parametrize("answer", ["", "é", "0" * 64])
@pytest.mark.parametrize("nonce", ["", "0" * 32])
def test_knowing_the_hash_gives_nothing(app: Flask, owner: int, nonce: str, answer: str) -> None:
    """Nor does a nonce that was made up, with any answer."""
    with app.app_context():
        store(app, owner)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, answer)
        assert rows() == [1, 2, 1, limits.PROOFS]


def test_an_answer_counts_for_its_own_content_only(app: Flask, owner: int) -> None:
    """Somebody's own file does not open another's."""
    with app.app_context():
        mine = b"a file of mine"
        store(app, owner, PICTURE)
        store(app, owner, mine)
        nonce = probe(app, mine)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, proof(mine, nonce))


def test_questions_run_out_and_are_made_up_by_an_upload(app: Flask, owner: int) -> None:
    with app.app_context():
        store(app, owner)
        for _ in range(limits.PROOFS):
            with pytest.raises(Refused):
                claim(app, owner, PICTURE, probe(app, PICTURE), "0" * 64)
        assert probe(app, PICTURE) == ""
        store(app, owner)
        assert probe(app, PICTURE) != ""
        assert rows() == [2, 2, 1, limits.PROOFS]


def test_one_answer_at_once_works_once(app: Flask, owner: int) -> None:
    with app.app_context():
        store(app, owner)
        nonce = probe(app, PICTURE)
    results = at_once(app, *[lambda: claim(app, owner, PICTURE, nonce, proof(PICTURE, nonce))] * 4)
    assert sorted(type(one).__name__ for one in results) == ["Refused"] * 3 + ["Stored"]


def test_a_claim_keeps_the_quota_and_the_kind(make_app: Callable[..., Flask]) -> None:
    app = make_app(quota_bytes="100K")
    content = os.urandom(60_000)
    with app.app_context():
        owner, other = new_user(), new_user("13900000002")
        store(app, owner, content)
        nonce = probe(app, content)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, other, content, nonce, proof(content, nonce), "picture")
        store(app, other, os.urandom(60_000))
        nonce = probe(app, content)
        with pytest.raises(Refused, match="quota_full"):
            claim(app, other, content, nonce, proof(content, nonce))
        assert rows()[0] == 2
