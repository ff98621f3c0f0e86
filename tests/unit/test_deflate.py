"""permessage-deflate: what is agreed on, what is taken, what is sent."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

from fastim.backends.counters import Counters
from fastim.protocol import limits
from fastim.protocol.close import Close
from fastim.realtime import framing
from fastim.realtime.deflate import Compressor, compress, inflate, negotiate
from fastim.realtime.framing import Parser, ProtocolViolation
from fastim.realtime.node import CompressingNode, Outbox
from tests.parsing import feed
from tests.unit.test_node import Line

MOST = 65536
AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
TAIL = b"\0\0\xff\xff"


@pytest.mark.parametrize(
    ("header", "answer", "bits"),
    [
        ("", "", 0),
        ("permessage-deflate", AGREED, 15),
        ("permessage-deflate; client_max_window_bits", AGREED, 15),  # what browsers offer
        ("permessage-deflate;client_max_window_bits=9 ; server_no_context_takeover", AGREED, 15),
        ("permessage-deflate; server_max_window_bits=10", f"{AGREED}; server_max_window_bits=10", 10),
        ('permessage-deflate; server_max_window_bits="12"', f"{AGREED}; server_max_window_bits=12", 12),
        ("x-webkit-deflate-frame, permessage-deflate", AGREED, 15),
        # the first that can be met
        ("permessage-deflate; server_max_window_bits=8, permessage-deflate", AGREED, 15),
        ("permessage-deflate; unheard_of, permessage-deflate; server_max_window_bits=9",
         f"{AGREED}; server_max_window_bits=9", 9),
        # offers that must be declined
        ("permessage-deflate; server_max_window_bits", "", 0),
        ("permessage-deflate; server_max_window_bits=16", "", 0),
        ("permessage-deflate; server_max_window_bits=09", "", 0),
        ("permessage-deflate; server_max_window_bits=٩", "", 0),
        ("permessage-deflate; client_max_window_bits=7", "", 0),
        ("permessage-deflate; server_no_context_takeover=1", "", 0),
        ("permessage-deflate; client_no_context_takeover; client_no_context_takeover", "", 0),
        ("permessage-deflate; =", "", 0),
        ("permessage-deflate;", "", 0),
        ("Permessage-Deflate", "", 0),
        (",;,=;", "", 0),
    ],
)  # fmt: skip
def test_the_first_offer_that_can_be_met_is_agreed_to(header: str, answer: str, bits: int) -> None:
    assert negotiate(header) == (answer, bits)


@given(st.text(alphabet='permessage-deflate;,=" _windobts0189', max_size=200))
def test_no_offer_is_too_strange(header: str) -> None:
    answer, bits = negotiate(header)
    assert bool(answer) == (9 <= bits <= 15)


def deflated(message: bytes, level: int = 6) -> bytes:
    """A payload as a client makes it."""
    stream = zlib.compressobj(level, zlib.DEFLATED, -15)
    return (stream.compress(message) + stream.flush(zlib.Z_SYNC_FLUSH))[: -len(TAIL)]


def sent(payload: bytes, *cuts: int, opcode: int = framing.TEXT) -> bytes:
    """The client's frames of a compressed message, in as many fragments as there are cuts, and one."""
    stream = b""
    for start, end in zip((0, *cuts), (*cuts, len(payload)), strict=True):
        frame = Frame(
            Opcode(opcode if start == 0 else 0), payload[start:end], fin=end == len(payload)
        ).serialize(mask=True)
        stream += bytes((frame[0] | (0x40 if start == 0 else 0),)) + frame[1:]
    return stream


@given(st.text(max_size=2000).map(str.encode), st.integers(9, 15), st.integers(0, 9))
def test_what_is_compressed_comes_back(message: bytes, bits: int, level: int) -> None:
    """Either way: another implementation reads what we send, we read what it sends."""
    assert inflate(deflated(message, level), MOST) == message
    frame = compress(framing.text(message), bits)
    assert frame[0] == 0xC1
    start = {126: 4, 127: 10}.get(frame[1], 2)
    peer = PerMessageDeflate(True, True, bits, 15)
    assert peer.decode(Frame(Opcode.TEXT, frame[start:], rsv1=True)).data == message


@given(st.text(min_size=20, max_size=400).map(str.encode), st.data())
def test_fragments_are_inflated_together_and_plain_messages_pass_between(
    message: bytes, data: st.DataObject
) -> None:
    payload = deflated(message)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(payload) - 1), max_size=4)))
    plain = Frame(Opcode.TEXT, b"plain").serialize(mask=True)
    stream = sent(payload, *cuts) + plain + sent(payload)
    parser, seen = Parser(MOST, inflate), []
    for place in range(0, len(stream), 7):
        seen += feed(parser, stream[place : place + 7])
    assert seen == [(1, message), (1, b"plain"), (1, message)]


@given(st.binary(max_size=300))
def test_any_payload_is_inflated_or_refused(payload: bytes) -> None:
    try:
        for _, message in feed(Parser(MOST, inflate), sent(payload)):
            assert len(message) <= MOST
    except ProtocolViolation as violation:
        assert violation.code in (Close.BAD_TEXT, Close.TOO_BIG)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (deflated(b"\0" * (MOST + 1)), Close.TOO_BIG),
        (deflated(b"\0" * (1 << 26)), Close.TOO_BIG),
        (deflated(b"hello " * 50)[:-3], Close.BAD_TEXT),
        (b"\x07" + b"\xff" * 20, Close.BAD_TEXT),
        (zlib.compress(b"hello", wbits=-15) + b"more", Close.BAD_TEXT),
        (deflated(b"\xff\xfe"), Close.BAD_TEXT),
    ],
    ids=["one byte too many", "a bomb of 64 MiB", "cut off", "no such block", "goes on", "not UTF-8"],
)  # fmt: skip
def test_what_cannot_be_taken_has_its_close_code(payload: bytes, code: Close) -> None:
    assert len(payload) <= MOST, "it is refused for what comes of it, not for its own size"
    with pytest.raises(ProtocolViolation) as caught:
        feed(Parser(MOST, inflate), sent(payload))
    assert caught.value.code == code


def test_a_bomb_is_stopped_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """zlib is never asked for more than one byte above the limit."""
    asked: list[int] = []
    true = zlib.decompressobj

    class Watched:
        def __init__(self, bits: int) -> None:
            self._stream = true(bits)

        def decompress(self, data: bytes, most: int) -> bytes:
            asked.append(most)
            return self._stream.decompress(data, most)

    monkeypatch.setattr("fastim.realtime.deflate.zlib.decompressobj", Watched)
    with pytest.raises(ProtocolViolation):
        inflate(deflated(b"\0" * (1 << 26)), MOST)
    assert asked == [MOST + 1]


@pytest.mark.parametrize("end", [b"", b"\0"])
def test_a_message_may_end_with_a_last_block(end: bytes) -> None:
    """RFC 7692 section 7.2.3.4, with and without the byte that it asks for."""
    assert inflate(zlib.compress(b"hello", wbits=-15) + end, MOST) == b"hello"


def test_the_example_of_the_rfc_is_read() -> None:
    """Section 7.2.3.1, in two frames and in one."""
    hello = bytes.fromhex("f2 48 cd c9 c9 07 00")
    assert feed(Parser(MOST, inflate), sent(hello) + sent(hello, 3)) == [(1, b"Hello")] * 2


@pytest.mark.parametrize(
    "stream",
    [sent(b"x"), sent(b"x", opcode=9), sent(b"xy", 1)[:7] + sent(b"x", opcode=0)],
    ids=["not agreed on", "a control frame", "a later fragment"],
)
def test_the_bit_is_refused_where_it_may_not_be(stream: bytes) -> None:
    parser = Parser(MOST, None if stream[0] == 0xC1 else inflate)
    with pytest.raises(ProtocolViolation) as caught:
        feed(parser, stream)
    assert caught.value.code == Close.PROTOCOL


LONG = framing.text(b"a long text " * 100)


def test_one_frame_is_compressed_once_for_all_who_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each window: a thousand members of a group cost one compression."""
    made: list[tuple[bytes, int]] = []

    def watched(plain: bytes, bits: int) -> bytes:
        made.append((plain, bits))
        return compress(plain, bits)

    monkeypatch.setattr("fastim.realtime.deflate.compress", watched)
    outbox = Outbox(lambda flush: None, Counters())
    nodes = []
    for place in range(1000):
        line = Line()
        line.window_bits = 15 if place % 10 else 9
        nodes.append(CompressingNode(f"n{place}", 1, 1, line, outbox))  # type: ignore[arg-type]
    for frame in (LONG, framing.text(b"short"), LONG[:3] + b"b" + LONG[4:]):
        for node in nodes:
            node.offer(frame)
    assert len(made) == 4


def test_the_queue_counts_what_is_really_queued() -> None:
    """A queue of frames that shrink to a hundredth holds a hundred times as many."""
    outbox, line = Outbox(lambda flush: None, Counters()), Line()
    line.window_bits = 15
    node = CompressingNode("n", 1, 1, line, outbox)  # type: ignore[arg-type]
    small = len(compress(LONG, 15))
    for _ in range(100):
        node.offer(LONG)
    assert node.queued_bytes == 100 * small < 10 * len(LONG)
    node.flush()
    assert (node.queued_bytes, len(line.writes[0])) == (0, 100 * small)
    node.close(4008)
    node.offer(LONG)
    assert node.queued_bytes == 0


def test_short_and_control_frames_go_as_they_are() -> None:
    compressor = Compressor()
    for frame in (framing.text(b"hi"), framing.PING_FRAME, framing.close(4008, "slow" * 30)):
        assert compressor.frame(frame, 15) is frame


def test_what_is_compressed_in_one_turn_is_bounded() -> None:
    """A burst goes as it is, and the next turn compresses again."""
    compressor = Compressor()
    frames = [framing.text(b"%4d" % n * 250) for n in range(100)]
    compressed = [frame for frame in frames if compressor.frame(frame, 15)[0] == 0xC1]
    assert (
        sum(map(len, compressed)) <= limits.DEFLATE_TURN_BYTES < len(frames[0]) + sum(map(len, compressed))
    )
    assert compressor.frame(LONG, 15) is LONG
    compressor.begin_turn()
    assert compressor.frame(LONG, 15)[0] == 0xC1


def test_a_small_window_costs_no_large_table() -> None:
    """At 9 bits and zlib's own memory level, text that compresses well took ten times as long."""
    frame = framing.text(json.dumps([{"name": f"user {n}", "number": n} for n in range(800)]).encode())

    def zlibs_own() -> None:
        stream = zlib.compressobj(1, zlib.DEFLATED, -9)
        stream.compress(frame)
        stream.flush(zlib.Z_SYNC_FLUSH)

    def seconds(work: Callable[[], object]) -> float:
        started = time.thread_time()
        work()
        return time.thread_time() - started

    ours = min(seconds(lambda: compress(frame, 9)) for _ in range(20))
    assert ours < min(seconds(zlibs_own) for _ in range(20)) / 2
