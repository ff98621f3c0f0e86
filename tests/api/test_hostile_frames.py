"""Every frame, with whatever a client may put into it: an ack, or a refusal by a documented name; never a
fault of the server's, and nothing of it in the log."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import gevent
import msgspec
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fastim.protocol import codec, frames, limits
from fastim.realtime import connection, framing
from fastim.realtime.dispatch import HANDLERS
from tests.client import Client
from tests.hostile import MARK, WILD, as_json, fields_of, pairs_of
from tests.wire import connect

DOCUMENT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
REFUSALS = DOCUMENT.partition("### cmd 13, server: refusal")[2].partition("\n###")[0]
NAMES = set(re.findall(r"`([a-z_]+)`", REFUSALS)) - {"error", "msgid", "retry_after"}
KINDS = tuple(HANDLERS)


def payloads(kind: type[msgspec.Struct], ids: list[int]) -> st.SearchStrategy[bytes]:
    """A frame's JSON; its `cmd` is mostly right."""
    cmd = kind.__struct_config__.tag
    named = st.one_of(*[st.just(cmd)] * 9, WILD)
    pairs = pairs_of(fields_of(kind), ids)
    return st.builds(lambda cmd, found: as_json([("cmd", cmd), *found]), named, pairs)


def read(written: bytes) -> list[dict[str, Any]]:
    """The frames of what the server wrote."""
    found = []
    while written:
        assert written[0] == 0x81, "a text in one piece"
        assert written[1] < 127, "and short"
        size, start = (int.from_bytes(written[2:4], "big"), 4) if written[1] == 126 else (written[1], 2)
        found.append(json.loads(written[start : start + size]))
        written = written[start + size :]
    return found


def test_no_frame_gets_anything_but_a_clear_answer(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setattr(limits, "NODE_UNCOMMITTED", 1)  # a frame is over when its message is stored
    ann, bob, eve = (Client(app).register() for _ in range(3))
    ann.befriend(bob)
    ours = ann.post("/contact/createcommunity", name="ours").data["id"]
    theirs = eve.post("/contact/createcommunity", name="theirs").data["id"]
    ids = [bob.id, ours, eve.id, theirs, ann.id]
    services = app.extensions["fastim"].realtime.services
    node, line = connect(app, ann)

    def answers(payload: bytes) -> list[dict[str, Any]]:
        line.written, node.malformed = b"", 0
        with gevent.Timeout(10):
            connection.take(services, node, framing.TEXT, payload)
            gevent.sleep(0)  # the turn of the loop in which all that is said goes out
        return read(line.written)

    def ask(kind: type[msgspec.Struct]) -> None:
        @settings(max_examples=25, database=None, suppress_health_check=list(HealthCheck))
        @given(payloads(kind, ids))
        def run(payload: bytes) -> None:
            caplog.clear()
            got = answers(payload)
            said = [frame for frame in got if frame["cmd"] in (frames.ACK, frames.REFUSAL)]
            assert len(said) <= 1
            for frame in said:
                if frame["cmd"] == frames.REFUSAL:
                    assert frame["error"] in NAMES - {"internal", "server_busy"}
                    assert frame["msg"]
            try:
                msgid = getattr(codec.decode(payload), "msgid", "")
            except codec.BadFrame:
                assert [frame["cmd"] for frame in got] == [frames.REFUSAL]
            else:
                assert not msgid or [frame["msgid"] for frame in said] == [msgid]
            assert node.close_code == 0
            assert MARK not in caplog.text
            assert "failed" not in caplog.text

        run()

    for kind in KINDS:
        ask(kind)


def test_every_frame_that_can_be_decoded_is_tried() -> None:
    assert set(KINDS) == set(get_args(frames.ClientFrame))
