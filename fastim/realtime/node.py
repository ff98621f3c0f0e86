"""One connection's way out: a bounded queue that never makes anybody wait."""

from __future__ import annotations

import time
from collections.abc import Callable

from gevent import spawn
from gevent.event import Event

from fastim.backends.counters import Counters
from fastim.protocol import limits
from fastim.protocol.close import Close
from fastim.protocol.events import MarkMoved
from fastim.realtime import framing
from fastim.realtime.bucket import Bucket, Rate
from fastim.realtime.deflate import Compressor
from fastim.realtime.websocket import WebSocket
from fastim.services.messages import Sent


class Outbox:
    """The nodes that have something to send; all are flushed together, once per turn of the loop.

    Args:
        soon: calls a function once in the loop's next turn.
    """

    def __init__(self, soon: Callable[[Callable[[], None]], object], counters: Counters) -> None:
        self.counters = counters
        self.compressor = Compressor()
        self._soon = soon
        self._dirty: list[Node] = []

    def add(self, node: Node) -> None:
        if not self._dirty:
            self._soon(self._flush)
        self._dirty.append(node)

    def _flush(self) -> None:
        dirty, self._dirty = self._dirty, []
        self.compressor.begin_turn()
        for node in dirty:
            node.flush()


NO_GROUPS: frozenset[int] = frozenset()


class Node:
    """A live connection of one user, as the Go version's Node: the socket and its queue.

    `offer` takes frames ready for the wire. They leave in one write per turn of the loop. A peer that
    does not read gets a writing greenlet while it is behind, and is closed with 4008 when the queue is
    full: it comes back and reads the log.
    """

    __slots__ = (
        "_aborting_at",
        "_bytes",
        "_committed",
        "_dirty",
        "_mark_tokens",
        "_outbox",
        "_places",
        "_queue",
        "_tokens",
        "_writing",
        "attends",
        "close_code",
        "device",
        "groups",
        "heard_at",
        "id",
        "language",
        "late_marks",
        "left_groups",
        "malformed",
        "sent",
        "session_id",
        "socket",
        "typed",
        "uncommitted",
        "user_id",
    )

    def __init__(
        self,
        node_id: str,
        user_id: int,
        session_id: int,
        socket: WebSocket,
        outbox: Outbox,
        language: str = "zh-CN",
        device: str = "program",
    ) -> None:
        self.id = node_id
        self.device = device
        self.language = language
        self.user_id = user_id
        self.session_id = session_id
        self.socket = socket
        self.groups: frozenset[int] = NO_GROUPS
        self.left_groups: frozenset[int] | None = NO_GROUPS
        """Groups left while the list of groups was being read; None once it has been."""
        self.heard_at = time.monotonic()
        self.close_code = 0
        self.uncommitted = 0
        self.attends = False
        """Whether somebody looks at its page now, as the page says."""
        self.malformed = 0
        self._tokens: Bucket | None = None
        self._mark_tokens: Bucket | None = None
        self.late_marks: dict[tuple[type[MarkMoved], int, int], int] | None = None
        """(which mark, kind, dstid) to a mark that came too fast and waits for its turn; else None."""
        self.sent: Sent | None = None
        """Who is told what became of its messages; None until the first one."""
        self.typed: tuple[int, int, float] | None = None
        """(kind, dstid, when) of the last sign that this connection is typing."""
        self._committed: Event | None = None
        self._outbox = outbox
        self._queue: list[bytes] = []
        self._places: dict[str, int] | None = None
        """Of what is in the queue and may be overtaken: its topic, and where it stands."""
        self._bytes = 0
        self._dirty = self._writing = False
        self._aborting_at = 0.0

    @property
    def is_v2(self) -> bool:
        return self.socket.is_v2

    @property
    def counters(self) -> Counters:
        return self._outbox.counters

    @property
    def queued_bytes(self) -> int:
        return self._bytes

    def hold(self) -> None:
        """Keep what is offered until `release`, but for a good-bye."""
        self._dirty = True

    def release(self) -> None:
        """Let out what was kept, and from now on all at once."""
        self._outbox.add(self)

    def offer(self, frame: bytes) -> None:
        """Queue a frame. Never waits, never raises; a closing node takes nothing."""
        if self.close_code:
            return
        self._queue.append(frame)
        self._bytes += len(frame)
        if self._bytes > limits.NODE_QUEUE_BYTES or len(self._queue) > limits.NODE_QUEUE_FRAMES:
            self.close(Close.SLOW, "too slow")
        elif not self._dirty:
            self._dirty = True
            self._outbox.add(self)

    def offer_last(self, frame: bytes, topic: str) -> None:
        """As `offer`, for a topic of which only the last news counts: it takes the place of what waits."""
        if self.close_code:
            return
        if self._places is None:
            self._places = {}
        place = self._places.get(topic)
        if place is None:
            self._places[topic] = len(self._queue)
            Node.offer(self, frame)
        else:
            self._bytes += len(frame) - len(self._queue[place])
            self._queue[place] = frame

    def offer_ephemeral(self, frame: bytes, topic: str) -> None:
        """As `offer_last`, for what is worth nothing later: dropped when the queue is half full."""
        has_room = self._bytes * 2 < limits.NODE_QUEUE_BYTES
        if has_room and len(self._queue) * 2 < limits.NODE_QUEUE_FRAMES:
            self.offer_last(frame, topic)
        else:
            self._outbox.counters.dropped += 1

    def flush(self) -> None:
        """Write what waits, as far as the kernel takes it now."""
        self._dirty = False
        if self._writing or not self._queue:
            return
        data = self._take()
        try:
            sent = self.socket.write_now(data)
        except OSError:
            self.abort()
            return
        if sent < len(data):
            self._writing = True
            spawn(self._write_on, data[sent:])

    def _take(self) -> bytes:
        counters = self._outbox.counters
        queue, self._queue, self._places, self._bytes = self._queue, [], None, 0
        data = queue[0] if len(queue) == 1 else b"".join(queue)
        counters.frames_out += len(queue)
        counters.bytes_out += len(data)
        return data

    def _write_on(self, data: bytes) -> None:
        """Catch up with a slow peer, in a greenlet of its own; the queue's bound goes on counting."""
        try:
            self.socket.write(data)
            while self._queue:
                self.socket.write(self._take())
        except OSError:
            self.abort()
        finally:
            self._writing = False

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with `code`; the reader ends when the peer answers, or after CLOSE_SECONDS."""
        if self.close_code:
            return
        self.close_code = code
        self._aborting_at = time.monotonic() + limits.CLOSE_SECONDS
        if code in (Close.SLOW, Close.SESSION_ENDED):
            self._drop()  # the peer will read it all from the log, or is not to
        self._queue.append(framing.close(code, reason))
        self.flush()

    def finish(self) -> None:
        """The reader is done: let what is queued go out, then nothing more."""
        self.close_code = self.close_code or 1006
        if not self._writing:
            self.flush()
        if not self._writing:
            self.socket.end()

    def take_token(self, rate: Rate) -> float:
        """Count one message, or another frame, against a rate; 0, or the seconds to wait."""
        if self._tokens is None:
            self._tokens = Bucket()
        return self._tokens.take(rate)

    def take_mark_token(self, rate: Rate) -> float:
        """The same for read marks, so that reading keeps nobody from writing."""
        if self._mark_tokens is None:
            self._mark_tokens = Bucket()
        return self._mark_tokens.take(rate)

    def committed(self) -> None:
        """One of this connection's messages is through, or failed."""
        self.uncommitted -= 1
        if self._committed is not None:
            self._committed.set()
            self._committed = None

    def wait_for_commits(self) -> None:
        """Hold the reader until a commit makes room: TCP then holds the sender."""
        while self.uncommitted >= limits.NODE_UNCOMMITTED:
            self._committed = Event()
            self._committed.wait()

    def abort(self) -> None:
        """Drop the connection at once."""
        self.close_code = self.close_code or 1006
        self._drop()
        self.socket.abort()

    def _drop(self) -> None:
        self._queue.clear()
        self._places = None
        self._bytes = 0

    def look_after(self, now: float) -> None:
        """Ping a silent peer, give up on a dead one. Called every second or so.

        Args:
            now: `time.monotonic()`.
        """
        if self.close_code:
            if now > self._aborting_at:
                self.abort()
            return
        silence = now - self.heard_at
        if silence > limits.DEAD_SECONDS:
            self.close(Close.DEAD, "nothing was heard")
        elif silence > limits.PING_SECONDS:
            self.offer(framing.PING_FRAME)


class CompressingNode(Node):
    """A node whose peer agreed to permessage-deflate; its queue holds, and counts, what will leave."""

    __slots__ = ()

    def offer(self, frame: bytes) -> None:
        if not self.close_code:
            super().offer(self._outbox.compressor.frame(frame, self.socket.window_bits))

    def offer_last(self, frame: bytes, topic: str) -> None:
        if not self.close_code:
            super().offer_last(self._outbox.compressor.frame(frame, self.socket.window_bits), topic)
