"""A node's queue: bounded, flushed together, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fastim.backends.counters import Counters
from fastim.protocol import limits
from fastim.realtime import framing
from fastim.realtime.bucket import Rate
from fastim.realtime.node import Node, Outbox


class Line:
    """A socket that takes `room` bytes at once."""

    is_v2 = True
    window_bits = 0

    def __init__(self, room: int = 1 << 30) -> None:
        self.room = room
        self.writes: list[bytes] = []
        self.is_aborted = False

    def write_now(self, data: bytes) -> int:
        taken = data[: self.room]
        self.room -= len(taken)
        if taken:
            self.writes.append(taken)
        return len(taken)

    def write(self, data: bytes) -> None:
        raise OSError("it takes nothing")

    def abort(self) -> None:
        self.is_aborted = True


class Loop:
    """Keeps what is to run in the next turn."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.counters = Counters()
        self.outbox = Outbox(self.waiting.append, self.counters)

    def turn(self) -> None:
        waiting, self.waiting[:] = list(self.waiting), []
        for flush in waiting:
            flush()

    def node(self, line: Any) -> Node:
        return Node("n", 1, 1, line, self.outbox)


def test_all_that_waits_goes_out_in_one_write_per_turn() -> None:
    loop, one, other = Loop(), Line(), Line()
    first, second = loop.node(one), loop.node(other)
    for node in (first, second, first):
        node.offer(b"ab")
    assert len(loop.waiting) == 1
    loop.turn()
    assert (one.writes, other.writes) == ([b"abab"], [b"ab"])
    assert (loop.counters.frames_out, loop.counters.bytes_out) == (3, 6)
    loop.turn()
    assert (one.writes, other.writes) == ([b"abab"], [b"ab"])


@pytest.mark.parametrize("frame", [b"x", b"x" * 1000])
def test_a_full_queue_closes_with_4008_and_keeps_nothing_else(frame: bytes) -> None:
    """Full in frames or in bytes; what the peer misses it reads from the log."""
    loop, line = Loop(), Line()
    node = loop.node(line)
    for _ in range(limits.NODE_QUEUE_FRAMES + 1):
        node.offer(frame)
    assert node.close_code == 4008
    assert b"".join(line.writes) == framing.close(4008, "too slow")
    node.offer(b"late")
    loop.turn()
    assert b"late" not in b"".join(line.writes)


def test_what_is_worth_nothing_later_is_dropped_at_half() -> None:
    loop = Loop()
    node = loop.node(Line())
    for _ in range(limits.NODE_QUEUE_FRAMES // 2):
        node.offer(b"x")
    node.offer_ephemeral(b"typing", "typing")
    assert node.queued_bytes == limits.NODE_QUEUE_FRAMES // 2
    assert loop.counters.dropped == 1
    node.offer_last(b"mark", "mark")  # but what must arrive is not
    loop.turn()
    assert loop.counters.frames_out == limits.NODE_QUEUE_FRAMES // 2 + 1


def test_of_a_topic_only_the_last_news_leaves() -> None:
    """It stands where the first one stood; what has left is followed by the next."""
    loop, line = Loop(), Line()
    node = loop.node(line)
    for frame, topic in ((b"a1", "a"), (b"b1", "b"), (b"a2 and more", "a"), (b"a3", "a")):
        node.offer_last(frame, topic)
        node.offer(b".")
    assert node.queued_bytes == 8
    loop.turn()
    node.offer_ephemeral(b"a4", "a")
    node.offer_ephemeral(b"a5", "a")
    loop.turn()
    assert line.writes == [b"a3.b1...", b"a5"]
    assert node.queued_bytes == 0


def test_news_of_one_topic_never_fill_the_queue() -> None:
    loop, line = Loop(), Line()
    node = loop.node(line)
    for number in range(2 * limits.NODE_QUEUE_FRAMES):
        node.offer_last(b"%06d" % number, "mark")
    assert (node.close_code, node.queued_bytes) == (0, 6)
    node.close(1012)
    node.offer_last(b"late", "mark")
    assert line.writes == [b"%06d" % (2 * limits.NODE_QUEUE_FRAMES - 1) + framing.close(1012, "")]


def test_a_node_that_is_held_lets_nothing_out_but_a_good_bye() -> None:
    loop, line = Loop(), Line()
    node = loop.node(line)
    node.hold()
    node.offer(b"hello ")
    loop.turn()
    assert line.writes == []
    node.release()
    node.offer(b"and more")
    loop.turn()
    assert line.writes == [b"hello and more"]
    other = loop.node(closed := Line())
    other.hold()
    other.offer(b"secret")
    other.close(4501)
    assert closed.writes == [framing.close(4501, "")]


def test_a_silent_peer_is_pinged_and_then_given_up() -> None:
    loop, line = Loop(), Line()
    node = loop.node(line)
    node.look_after(node.heard_at + limits.PING_SECONDS - 1)
    loop.turn()
    assert line.writes == []
    node.look_after(node.heard_at + limits.PING_SECONDS + 1)
    loop.turn()
    assert line.writes == [framing.PING_FRAME]
    node.look_after(node.heard_at + limits.DEAD_SECONDS + 1)
    assert node.close_code == 4009
    node.look_after(node.heard_at + 10**6)
    assert line.is_aborted


def test_the_rate_is_a_bucket_that_fills_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("fastim.realtime.node.time.monotonic", lambda: now[0])
    node, rate = Loop().node(Line()), Rate(per_second=5, burst=10)
    assert [node.take_token(rate) for _ in range(10)] == [0] * 10
    assert node.take_token(rate) == pytest.approx(0.2)
    now[0] += 0.1
    assert node.take_token(rate) == pytest.approx(0.1)
    now[0] += 0.1
    assert node.take_token(rate) == 0
    assert all(node.take_token(Rate(0, 0)) == 0 for _ in range(100))
