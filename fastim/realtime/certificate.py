"""The certificate that a process shows where it speaks TLS itself. Renewing it needs no restart.

A new worker would show the new one too, but closes every socket for it; and for the second that it starts
in, after gunicorn ended the old ones, nobody is answered.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger(__name__)

_Stamp = tuple[int, int, int] | None
"""Changes with what a path leads to: another file, or the same one written, or made readable."""


class Certificate:
    """A TLS context of two PEM files, made anew when they have changed.

    Connections that are open go on with the one that they began with.

    Args:
        cert: the certificate with its chain.
        key: its key, without a password.
        new_context: a context of what the files hold now. Gunicorn's asks at the terminal for a password.

    Raises:
        OSError: they cannot be read, or do not belong together.
    """

    def __init__(self, cert: Path, key: Path, new_context: Callable[[], ssl.SSLContext]) -> None:
        self._files = (cert, key)
        self._new_context = new_context
        self._taken = self._seen = self._stamps()
        self._context = new_context()

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:
        """As `ssl.SSLContext.wrap_socket`."""
        return self._context.wrap_socket(*arguments, **options)

    def look(self) -> None:
        """Take what the files hold if they have changed, but not since the last look: two files cannot be
        replaced at once. What is no certificate with its key changes nothing, and is told once."""
        stamps, seen = self._stamps(), self._seen
        self._seen = stamps
        if stamps == self._taken or stamps != seen:
            return
        self._taken = stamps
        try:
            self._check()
            self._context = self._new_context()
        except (OSError, ValueError) as error:
            log.error("certificate_refused", cert=str(self._files[0]), error=str(error))
        else:
            log.info("certificate_renewed", cert=str(self._files[0]))

    def _check(self) -> None:
        """Whether they fit, without a question to a terminal that holds everybody up."""
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*self._files, password="")

    def _stamps(self) -> tuple[_Stamp, ...]:
        return tuple(_stamp(path) for path in self._files)


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns
