"""gunicorn's worker as FastIM runs it: what comes in the moment in which it is told to end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

import gevent
import pytest
from gevent import socket
from gevent.baseserver import BaseServer
from gunicorn.config import Config
from gunicorn.glogging import Logger

from fastim.realtime.worker import Worker


def hello(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", "5")])
    return [b"hello"]


def test_a_connection_that_was_just_taken_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its greenlet begins when nobody listens any more."""
    config = Config()
    config.set("keepalive", 0)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    address = listener.getsockname()
    worker = Worker(0, os.getpid(), [listener], None, 30, config, Logger(config))
    worker.wsgi = hello
    handle = BaseServer.do_handle

    def end_and_handle(server: BaseServer, *arguments: Any) -> None:
        worker.handle_exit(signal.SIGTERM, None)
        handle(server, *arguments)

    monkeypatch.setattr(BaseServer, "do_handle", end_and_handle)
    running = gevent.spawn(worker.run)
    with socket.create_connection(address, timeout=10) as line, line.makefile("rb") as answers:
        line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        answer = answers.read()
    running.get(timeout=10)
    worker.tmp.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"hello")
