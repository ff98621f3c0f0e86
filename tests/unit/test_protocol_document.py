"""docs/protocol.md tells the truth: each example is what the code reads or writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from fastim.errors import AppError
from fastim.protocol import codec, frames, hello, limits, search, sync
from fastim.protocol.close import Close

DOCUMENT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json (client|server|answer) (\w+)\n(.*?)\n```", DOCUMENT, re.DOTALL)


@pytest.mark.parametrize(("side", "name", "text"), EXAMPLES)
def test_an_example_is_what_the_code_reads_or_writes(side: str, name: str, text: str) -> None:
    if side == "client":
        assert type(codec.decode(text)).__name__ == name
        return
    kind = next(getattr(m, name) for m in (frames, hello, sync, search) if hasattr(m, name))
    assert codec.encode(msgspec.json.decode(text, type=kind)).decode() == text


def test_every_frame_has_an_example() -> None:
    told = {name for side, name, _ in EXAMPLES if side != "answer"}
    made = {
        name
        for name, kind in (vars(frames) | vars(hello)).items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    }
    assert told == made - {"Amendment", "Body", "Limits", "Send", "Struct"}


def test_every_close_code_is_told() -> None:
    table = DOCUMENT.partition("## Close codes")[2]
    assert all(str(int(code)) in table for code in Close if code is not Close.NORMAL)


def test_the_hello_example_has_the_limits_of_the_code() -> None:
    (shown,) = [json.loads(text) for _, name, text in EXAMPLES if name == "Hello"]
    assert shown["limits"]["text_chars"] == limits.TEXT_CHARS
    assert shown["limits"]["frame_bytes"] == limits.FRAME_BYTES
    assert shown["limits"]["history_max"] == limits.HISTORY_MOST


def test_refusals_that_the_socket_gives_are_told() -> None:
    for name in ("rate_limited", "storage_full", "not_you", AppError().name):
        assert f"`{name}`" in DOCUMENT
