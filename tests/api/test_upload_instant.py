"""Files that need not be sent: who proves to hold one that is here already gets a name of their own."""

from __future__ import annotations

import hashlib

from tests.api.test_upload import PICTURE, get, left, upload
from tests.client import Answer, Client


def instant(person: Client, content: bytes, proof: str = "", nonce: str = "") -> Answer:
    """Probe and claim; `proof` and `nonce` in place of the right ones."""
    sha256 = hashlib.sha256(content).hexdigest()
    asked = person.post("/attach/probe", sha256=sha256, bytes=len(content)).data["nonce"]
    right = hashlib.sha256(content + bytes.fromhex(asked)).hexdigest()
    fields = {"sha256": sha256, "bytes": len(content), "nonce": nonce or asked, "proof": proof or right}
    return person.post("/attach/claim", **fields)


def test_who_holds_a_file_need_not_send_it(client: Client) -> None:
    """He gets a name of his own for it."""
    person, other = client.register(), client.register()
    first = upload(person)
    second = instant(other, PICTURE)
    assert second.data != first.data
    for same in ("bytes", "type", "width", "height", "kind"):
        assert second.json["file"][same] == first.json["file"][same]
    assert get(other, second.data).data == get(other, first.data).data


def test_who_knows_a_hash_has_nothing(client: Client) -> None:
    """Neither a wrong proof nor one that was used is taken."""
    person, other = client.register(), client.register()
    upload(person)
    sha256 = hashlib.sha256(PICTURE).hexdigest()
    assert instant(other, PICTURE, proof=sha256).error == "upload_needed"
    nonce = other.post("/attach/probe", sha256=sha256, bytes=len(PICTURE)).data["nonce"]
    proof = hashlib.sha256(PICTURE + bytes.fromhex(nonce)).hexdigest()
    fields = {"sha256": sha256, "bytes": len(PICTURE), "nonce": nonce, "proof": proof}
    assert person.post("/attach/claim", **fields).code == 0
    before = left(client.app)
    assert other.post("/attach/claim", **fields).error == "upload_needed"
    assert left(client.app) == before


def test_a_probe_says_nothing_to_strangers(sqlite_client: Client) -> None:
    """And to others no more than that an upload is needed."""
    person = sqlite_client.register()
    fields = {"sha256": "0" * 64, "bytes": 5}
    assert sqlite_client.post("/attach/probe", **fields).status == 401
    assert sqlite_client.post("/attach/claim", **fields, nonce="0" * 32, proof="0" * 64).status == 401
    assert person.post("/attach/probe", **fields).data == {"nonce": "", "direct": False}
    for wrong in ({"sha256": "../x"}, {"sha256": "A" * 64}, {"bytes": -1}, {"bytes": "many"}):
        assert person.post("/attach/probe", **{**fields, **wrong}).status == 400
