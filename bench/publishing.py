"""What Redis takes for a message that is published: `python -m bench.publishing`.

CPU of the server, by process accounting, with one message under way at a time, and with fifty: what
comes together costs less. The slope over the number of subscribers is what each of them costs. The
cheapest of some turns counts, as in `bench.requests`.
"""

from __future__ import annotations

import argparse
import os
import selectors
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import measure
from bench.started import Started, program

_TOGETHER = (1, 50)
"""Publishers, each with one message under way."""
_MESSAGES = 2000
_SUBSCRIBERS = (0, 1, 2, 4, 8)
_CHANNEL = b"talk"
_BODY = b"x" * 260
"""As large as a message of a sentence is on the bus."""


def cost_us(port: int, pid: int, publishers: int, subscribers: int, messages: int) -> float:
    """CPU microseconds of the server for each message."""
    listening = [_connect(port, b"SUBSCRIBE", _CHANNEL) for _ in range(subscribers)]
    publishing = [_connect(port, b"PING") for _ in range(publishers)]
    waiting = selectors.DefaultSelector()
    for one in listening:
        one.recv(1 << 16)
        waiting.register(one, selectors.EVENT_READ, False)
    publish = _command(b"PUBLISH", _CHANNEL, _BODY)
    for one in publishing:
        one.recv(1 << 16)
        waiting.register(one, selectors.EVENT_READ, True)
    before, sent, answered = measure.fine_us([pid]), 0, 0
    for one in publishing:
        one.sendall(publish)
        sent += 1
    while answered < sent:
        for key, _ in waiting.select():
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.recv(1 << 20)
            if key.data:
                answered += 1
                if sent < messages:
                    key.fileobj.sendall(publish)
                    sent += 1
    taken = measure.fine_us([pid]) - before
    for one in (*listening, *publishing):
        one.close()
    waiting.close()
    return taken / answered


def _connect(port: int, *words: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.sendall(_command(*words))
    return made


def _command(*words: bytes) -> bytes:
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.publishing", description=__doc__)
    parser.add_argument("--turns", type=int, default=10, help=f"of {_MESSAGES} messages for each line")
    turns = parser.parse_args(arguments).turns
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [program("redis-server", "redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        options = ["--save", "", "--appendonly", "no", "--dir", folder]
        redis = Started([*command, *options], Path(folder), measure.SERVER_CPU, os.environ)
        try:
            redis.wait_for_port(port)
            for publishers in _TOGETHER:
                for subscribers in _SUBSCRIBERS:
                    taken = min(
                        cost_us(port, redis.pid, publishers, subscribers, _MESSAGES) for _ in range(turns)
                    )
                    print(f"{publishers} under way, {subscribers} subscribers: {taken:.1f} us", flush=True)
        finally:
            redis.stop()


if __name__ == "__main__":
    main()
