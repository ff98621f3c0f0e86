"""gunicorn's worker, which at its end waits for requests, and not for connections that ask nothing.

Browsers keep connections open for the next request, and open some before they need them. The worker that
gunicorn has takes each for a request in work and waits for all of them as long as it may; and it looks once
a second whether it is to end, and whether it may.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from socket import socket
from typing import Any

import gevent
from gevent import Greenlet, getcurrent
from gevent.event import Event
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn.sock import ssl_context
from gunicorn.workers.ggevent import GeventWorker

from fastim.realtime.certificate import Certificate

_ROUND_SECONDS = 0.1
_BEAT_SECONDS = 1
"""How often the arbiter is told that the loop turns, and files are looked at for a new certificate."""
_ASIDE_SECONDS = 0.1
"""A full process lets others take what comes for so long, then looks again whether they do."""


class Worker(GeventWorker):  # type: ignore[misc]  # gunicorn says nothing of its types
    """Knows which connections wait for a request."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting: dict[Greenlet, gevent.Timeout] = {}
        self.ending = Event()
        """Set when it was told to end."""
        self.is_elsewhere: Callable[[], bool] = lambda: False
        """Whether new connections are for another process."""

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        self.ending.set()

    def run(self) -> None:
        """Serve until told to end, then until all requests are answered, or `graceful_timeout`."""
        certificate = self._certificate()
        servers = [self._serve(listener, certificate) for listener in self.sockets]
        while not self.ending.wait(_BEAT_SECONDS):
            self.notify()
            if certificate is not None:
                certificate.look()
        for server in servers:
            server.close()
        if all(server.pool.join(self.cfg.graceful_timeout) for server in servers):
            return
        self.log.warning("Worker graceful timeout (pid:%s)", self.pid)
        for server in servers:
            server.stop(timeout=1)

    def _certificate(self) -> Certificate | None:
        if not self.cfg.is_ssl:
            return None
        files = Path(self.cfg.certfile), Path(self.cfg.keyfile)
        return Certificate(*files, partial(ssl_context, self.cfg))

    def _serve(self, listener: socket, certificate: Certificate | None) -> StreamServer:
        listener.setblocking(True)
        handle, pool = partial(self.handle, _Listener(listener)), Pool(self.worker_connections)
        secure = {} if certificate is None else {"ssl_context": certificate}
        server = _Server(listener, handle, spawn=pool, **secure)
        server.waits, server.is_elsewhere = self.timeout_ctx, self.is_elsewhere
        if self.cfg.workers > 1:
            server.max_accept = 1  # as gunicorn does: others take their part
        server.start()
        return server

    def handle_request(self, listener_name: Any, request: Any, client: Any, address: Any) -> Any:
        if self.is_elsewhere():  # a proxy may keep this connection for a socket to come
            request.force_close()
        return super().handle_request(listener_name, request, client, address)

    def timeout_ctx(self) -> Any:
        """What gunicorn enters while it waits for the next request of a connection."""
        return _Wait(self._waiting, self.cfg.keepalive)

    def close_idle(self) -> None:
        """Close connections that wait for a request, from now to the end. Does not return."""
        while True:
            gevent.sleep(_ROUND_SECONDS)  # what has arrived already is read first
            for greenlet, timeout in list(self._waiting.items()):
                greenlet.kill(timeout, block=False)  # as if it had waited long enough


class _Listener:
    """What a connection's handler asks of its listening socket, which may be closed before it begins."""

    def __init__(self, listener: socket) -> None:
        self._name = listener.getsockname()

    def getsockname(self) -> Any:
        return self._name


class _Server(StreamServer):  # type: ignore[misc]
    """Leaves connections that are for another process. Hangs up on those who connect and then speak no TLS,
    where that is asked for; gevent prints a traceback for each."""

    waits: Callable[[], Any]
    """The context to wait in, which may end the wait."""
    is_elsewhere: Callable[[], bool]
    _pause: Greenlet | None = None

    def do_read(self) -> Any:
        """Take a connection; gevent asks when there may be one."""
        if not self.is_elsewhere():
            return super().do_read()
        self.stop_accepting()
        if self._pause is None:
            self._pause = gevent.spawn_later(_ASIDE_SECONDS, self._look_again)
        return None

    def _look_again(self) -> None:
        self._pause = None
        if self.started:
            self.start_accepting()

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        secure = None
        try:
            with self.waits():
                secure = self.wrap_socket(client_socket, **self.ssl_args)
        except OSError:  # TLS's own errors too
            pass
        if secure is not None:
            with closing(secure):
                self.handle(secure, address)


class _Wait:
    """`gevent.Timeout(seconds, False)` that can be found."""

    def __init__(self, waiting: dict[Greenlet, gevent.Timeout], seconds: float) -> None:
        self._waiting = waiting
        self._timeout = gevent.Timeout(seconds, False)

    def __enter__(self) -> None:
        self._timeout.start()
        self._waiting[getcurrent()] = self._timeout

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self._waiting.pop(getcurrent(), None)
        self._timeout.close()
        return error is self._timeout
