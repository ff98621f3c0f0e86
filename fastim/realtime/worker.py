"""gunicorn's worker, which at its end waits for requests, and not for connections that ask nothing.

Browsers keep connections open for the next request, and open some before they need them. The worker that
gunicorn has takes each for a request in work and waits for all of them as long as it may.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import gevent
from gevent import Greenlet, getcurrent
from gevent.server import StreamServer
from gunicorn.workers.ggevent import GeventWorker

_ROUND_SECONDS = 0.1


class Worker(GeventWorker):  # type: ignore[misc]  # gunicorn says nothing of its types
    """Knows which connections wait for a request."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting: dict[Greenlet, gevent.Timeout] = {}

    def run(self) -> None:
        if self.cfg.is_ssl:
            self.server_class = self._tls_server
        super().run()

    def _tls_server(self, listener: Any, *, spawn: Any, ssl_context: Any, **_: Any) -> StreamServer:
        """What gunicorn asks for to serve https."""
        handle = partial(self.handle, listener)
        server = _TlsServer(listener, handle, spawn=spawn, ssl_context=ssl_context)
        server.waits = self.timeout_ctx
        if self.cfg.workers > 1:
            server.max_accept = 1  # as gunicorn does: others take their part
        return server

    def timeout_ctx(self) -> Any:
        """What gunicorn enters while it waits for the next request of a connection."""
        return _Wait(self._waiting, self.cfg.keepalive)

    def close_idle(self) -> None:
        """Close connections that wait for a request, from now to the end. Does not return."""
        while True:
            gevent.sleep(_ROUND_SECONDS)  # what has arrived already is read first
            for greenlet, timeout in list(self._waiting.items()):
                greenlet.kill(timeout, block=False)  # as if it had waited long enough


class _TlsServer(StreamServer):  # type: ignore[misc]
    """Hangs up on those who connect and then speak no TLS; gevent prints a traceback for each."""

    waits: Callable[[], Any]
    """The context to wait in, which may end the wait."""

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
