"""Signed addresses in the hands of who means ill."""

from __future__ import annotations

import base64
import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from fastim.protocol import limits
from tests.api.direct import CONTENT, Site, address, begin, expire, fetch, send
from tests.signatures import Denied, check_form


def test_an_address_holds_for_what_it_was_made_for(site: Site) -> None:
    """Another size, type, name or end is refused by whoever reads the signature; so is a piece's length."""
    ann = site.client.register()
    form = address(ann, begin(ann, CONTENT).data["id"])
    fields = form["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))
    wider = [c for c in policy["conditions"] if not isinstance(c, list)]
    forged = base64.b64encode(json.dumps({**policy, "conditions": wider}).encode()).decode()
    tampered = (
        {"policy": forged},
        {"Content-Type": "text/html"},
        {"key": fields["key"] + "x"},
        {"key": "chat/blob/" + "0" * 64},
        {"acl": "public-read"},
        {"x-amz-signature": "0" * 64},
    )
    for change in tampered:
        assert send({**form, "fields": {**fields, **change}}, CONTENT) == 403, change
    assert send(form, CONTENT + b"x") == 403
    assert send(form, CONTENT[1:]) == 403
    assert site.names() == []
    bucket = form["url"].rstrip("/").rpartition("/")[2]
    check_form(bucket, fields, len(CONTENT), datetime.now(UTC))
    later = datetime.now(UTC) + timedelta(seconds=limits.SENDING_ADDRESS_SECONDS + 5)
    with pytest.raises(Denied):
        check_form(bucket, fields, len(CONTENT), later)
    large = CONTENT * 45
    piece = address(ann, begin(ann, large).data["id"])
    assert piece["bytes"] == limits.STORAGE_PIECE_BYTES
    assert send(piece, large[: piece["bytes"] - 1]) == 403
    other = piece["url"].replace("partNumber=1", "partNumber=2")
    assert send({**piece, "url": other}, large[: piece["bytes"]]) == 403
    stolen = piece["url"].replace("X-Amz-Expires=900", "X-Amz-Expires=90000")
    assert send({**piece, "url": stolen}, large[: piece["bytes"]]) == 403


def test_who_sends_again_later_changes_nothing(site: Site) -> None:
    """An address holds for minutes: what it wrote was out of its reach before it was looked at."""
    ann = site.client.register()
    begun = begin(ann, CONTENT).data
    form = address(ann, begun["id"])
    send(form, CONTENT)
    done = ann.post("/attach/finish", id=begun["id"])
    assert send(form, os.urandom(len(CONTENT))) in (200, 204)
    assert fetch(ann.http.get(done.data).location)[1] == CONTENT
    assert len(site.names()) == 2
    expire(site, timedelta(seconds=limits.DIRECT_STRAY_SECONDS + 60))
    assert len(site.names()) == 1, "and what it wrote is collected"
