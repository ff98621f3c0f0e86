"""RFC 6455 frames, byte by byte."""

from __future__ import annotations

import os
import struct
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from fastim.protocol.close import Close
from fastim.realtime import framing
from fastim.realtime.framing import Parser, ProtocolViolation
from tests.parsing import feed

MOST = 65536


def masked(opcode: int, payload: bytes, final: bool = True, reserved: int = 0) -> bytes:
    """A client's frame, written by another implementation of the RFC where that allows it."""
    if reserved:
        return bytes((0x80 * final | reserved | opcode, 0x80 | len(payload))) + b"\0\0\0\0" + payload
    return Frame(Opcode(opcode), payload, fin=final).serialize(mask=True)


def parse(data: bytes, most: int = MOST) -> list[framing.Message]:
    return feed(Parser(most), data)


@given(st.lists(st.text(max_size=300).map(str.encode), max_size=8), st.data())
def test_messages_arrive_whole_however_the_stream_is_cut(texts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(masked(1, text) for text in texts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    parser, seen = Parser(MOST), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        seen += parser.feed(stream[start:end])
    assert seen == [(framing.TEXT, text) for text in texts]


@given(st.lists(st.binary(max_size=50), min_size=2, max_size=6))
def test_fragments_are_joined_and_control_frames_pass_between_them(parts: list[bytes]) -> None:
    stream = b""
    for place, part in enumerate(parts):
        opcode = 2 if place == 0 else 0
        stream += masked(opcode, part, final=place == len(parts) - 1) + masked(9, b"?")
    messages = parse(stream)
    assert messages.count((framing.PING, b"?")) == len(parts)
    assert (framing.BINARY, b"".join(parts)) in messages
    assert len(messages) == len(parts) + 1


def test_fragments_without_bytes_take_no_memory() -> None:
    """The bound of a message counts its bytes; of these there may come any number before it ends."""
    parser, empty = Parser(MOST), masked(0, b"", final=False) * 1000
    parser.feed(masked(1, b"begun", final=False) + empty)
    tracemalloc.start()
    try:
        for _ in range(20):
            assert parser.feed(empty) == []
        assert tracemalloc.get_traced_memory()[0] < 20_000
    finally:
        tracemalloc.stop()
    assert parser.feed(masked(0, b" and ended")) == [(framing.TEXT, b"begun and ended")]


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    """No input raises anything but ProtocolViolation."""
    try:
        parse(data)
    except ProtocolViolation as violation:
        assert violation.code in (Close.PROTOCOL, Close.TOO_BIG, Close.BAD_TEXT)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (masked(1, b"x", reserved=0x40), Close.PROTOCOL),
        (b"\x83\x80\0\0\0\0", Close.PROTOCOL),
        (b"\x8b\x80\0\0\0\0", Close.PROTOCOL),
        (b"\x81\x01x", Close.PROTOCOL),
        (masked(0, b"x"), Close.PROTOCOL),
        (masked(1, b"x", final=False) + masked(1, b"y"), Close.PROTOCOL),
        (b"\x09\x80\0\0\0\0", Close.PROTOCOL),
        (b"\x89\xfe\x00\x7e\0\0\0\0" + bytes(126), Close.PROTOCOL),
        (b"\x81\xff" + struct.pack("!Q", 1 << 62), Close.TOO_BIG),
        (masked(1, b"\xff\xfe"), Close.BAD_TEXT),
    ],
    ids=[
        "reserved bit", "unknown opcode", "unknown control", "not masked", "continues nothing",
        "new message inside another", "fragmented control", "long control", "huge", "not UTF-8",
    ],
)  # fmt: skip
def test_violations_have_the_close_code_of_the_rfc(data: bytes, code: Close) -> None:
    with pytest.raises(ProtocolViolation) as caught:
        parse(data)
    assert caught.value.code == code


def test_what_came_before_a_violation_is_not_lost() -> None:
    parser = Parser(MOST)
    assert parser.feed(masked(1, b"first") + masked(1, b"x", reserved=0x20)) == [(framing.TEXT, b"first")]
    assert parser.violation is not None


def test_a_message_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert parse(masked(1, b"x" * 100), most=100) == [(framing.TEXT, b"x" * 100)]
    with pytest.raises(ProtocolViolation) as caught:
        parse(masked(1, b"x" * 101), most=100)
    assert caught.value.code == Close.TOO_BIG


def test_the_limit_counts_all_fragments() -> None:
    with pytest.raises(ProtocolViolation) as caught:
        parse(masked(1, b"x" * 60, final=False) + masked(0, b"x" * 41), most=100)
    assert caught.value.code == Close.TOO_BIG


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536])
def test_sent_frames_have_the_shortest_length(size: int) -> None:
    payload = os.urandom(size)
    assert framing.frame(2, payload) == Frame(Opcode.BINARY, payload).serialize(mask=False)


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
def test_close_codes_that_may_not_be_sent_are_refused(code: int) -> None:
    with pytest.raises(ProtocolViolation):
        framing.read_close(struct.pack("!H", code))


def test_a_close_frame_reads_back() -> None:
    assert framing.read_close(b"") == (1005, "")
    assert framing.read_close(framing.close(4008, "slow")[2:]) == (4008, "slow")
    assert framing.close(1005) == b"\x88\x00"
    with pytest.raises(ProtocolViolation):
        framing.read_close(b"\x03")
    with pytest.raises(ProtocolViolation) as caught:
        framing.read_close(b"\x03\xe8\xff")
    assert caught.value.code == Close.BAD_TEXT
