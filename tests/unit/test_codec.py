"""Client frames: the old shapes, the bounds, and everything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.protocol import codec, frames, limits

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_a_frame_of_the_old_page_is_read_as_it_is() -> None:
    frame = codec.decode('{"dstid":3,"cmd":10,"userid":2,"media":1,"content":"你好"}')
    assert frame == frames.SendSingle(dstid=3, userid=2, media=1, content="你好")


def test_unknown_fields_are_ignored() -> None:
    assert codec.decode('{"cmd":11,"dstid":1,"createat":"x","content":"a"}') == frames.SendGroup(
        dstid=1, content="a"
    )


@given(st.text())
def test_any_text_is_a_frame_or_a_bad_frame(text: str) -> None:
    try:
        codec.decode(text)
    except codec.BadFrame as error:
        assert error.name in ("bad_frame", "text_too_long", "bad_url")


@given(JSON)
def test_any_json_is_a_frame_or_a_bad_frame(value: object) -> None:
    try:
        codec.decode(json.dumps(value))
    except codec.BadFrame as error:
        assert error.msgid == "" or isinstance(error.msgid, str)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"content": "x" * (limits.TEXT_CHARS + 1)}, "text_too_long"),
        ({"memo": "x" * (limits.MEMO_CHARS + 1)}, "text_too_long"),
        ({"url": "/" * (limits.URL_CHARS + 1)}, "bad_url"),
        ({"msgid": "x" * (limits.MSGID_CHARS + 1)}, "bad_frame"),
        ({"dstid": -1}, "bad_frame"),
        ({"dstid": 1 << 53}, "bad_frame"),
        ({"dstid": "3"}, "bad_frame"),
        ({"content": ["a"]}, "bad_frame"),
    ],
)
def test_a_field_out_of_bounds_names_the_fault(fields: dict[str, object], name: str) -> None:
    with pytest.raises(codec.BadFrame) as caught:
        codec.decode(json.dumps({"cmd": 10, "dstid": 1, **fields}))
    assert caught.value.name == name


def test_a_bad_frame_keeps_the_msgid_for_the_refusal() -> None:
    with pytest.raises(codec.BadFrame) as caught:
        codec.decode('{"cmd":10,"dstid":"three","msgid":"m1"}')
    assert caught.value.msgid == "m1"


def test_deep_nesting_is_a_bad_frame() -> None:
    with pytest.raises(codec.BadFrame):
        codec.decode("[" * 60000)


def test_deep_nesting_behind_another_fault_is_a_bad_frame_too() -> None:
    """The text is read once more, for its msgid."""
    with pytest.raises(codec.BadFrame):
        codec.decode('{"cmd":10,"dstid":"x","y":' + "[" * 60000)


def test_empty_fields_are_left_out_of_entries() -> None:
    entry = frames.Entry(id=1, seq=1, time=5, userid=2, cmd=10, dstid=3, media=1, content="hi")
    assert json.loads(codec.encode(entry)) == {
        "id": 1, "seq": 1, "time": 5, "userid": 2, "cmd": 10, "dstid": 3, "media": 1, "content": "hi",
    }  # fmt: skip
