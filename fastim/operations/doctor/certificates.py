"""Certificates: the one that this server shows by itself, from its files, and those that browsers meet."""

from __future__ import annotations

import socket
import ssl
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from fastim.config import Settings
from fastim.operations.doctor.finding import Finding, fail, ok, warn

_LEAST_DAYS = 14
_WAIT_SECONDS = 5
_DAY_SECONDS = 86400


def examine(settings: Settings) -> Iterator[Finding]:
    if settings.tls_cert is not None and settings.tls_key is not None:
        yield from files(settings.tls_cert, settings.tls_key)
    for origin in settings.public_origins:
        parts = urlsplit(origin)
        if parts.scheme == "https" and parts.hostname:
            yield shown(parts.hostname, parts.port or 443, ssl.create_default_context())


def files(cert: Path, key: Path) -> Iterator[Finding]:
    """Whether both can be read, belong together, and for how long they are good."""
    for name, path in (("certificate file", cert), ("key file", key)):
        try:
            path.open("rb").close()
        except OSError as error:
            cure = f"let this user read it, or correct FASTIM_TLS_{'CERT' if path == cert else 'KEY'}"
            yield fail(name, f"{path}: {error.strerror}", cure)
            return
    yield _privacy(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert, key, password="")
    except (ssl.SSLError, ValueError) as error:
        said = f"{cert} and {key} are no certificate with its key: {error}"
        yield fail("certificate file", said, "name the PEM files that were made together; no password")
        return
    yield judged("certificate file", _parsed(cert))


def shown(host: str, port: int, context: ssl.SSLContext) -> Finding:
    """Whether browsers take it, and for how long."""
    name = f"certificate of {host}"
    try:
        with (
            socket.create_connection((host, port), _WAIT_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            found = secure.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        return fail(name, error.verify_message, "renew it, and send the whole chain")
    except OSError as error:
        return warn(
            name, f"{host}:{port} does not answer: {error}", "is that origin right, seen from here?"
        )
    return judged(name, cast("dict[str, Any]", found))


def judged(name: str, certificate: dict[str, Any]) -> Finding:
    """By its dates, as Python's ssl tells them."""
    now = time.time()
    days = (ssl.cert_time_to_seconds(str(certificate["notAfter"])) - now) / _DAY_SECONDS
    if ssl.cert_time_to_seconds(str(certificate["notBefore"])) > now:
        return fail(name, f"begins on {certificate['notBefore']}", "look at this machine's clock")
    if days < 0:
        return fail(name, f"has ended {-days:.0f} days ago", "renew it; FastIM needs no restart")
    said = f"ends in {days:.0f} days"
    if days < _LEAST_DAYS:
        return warn(name, said, "renew it; where that happens by itself, it did not")
    return ok(name, said)


def _privacy(key: Path) -> Finding:
    mode = stat.S_IMODE(key.stat().st_mode)
    said = f"{key} has the mode {mode:03o}"
    if mode & stat.S_IROTH:
        return warn("key file", said, f"chmod o-rwx {key}: everybody on this machine can read it")
    return ok("key file", said)


def _parsed(cert: Path) -> dict[str, Any]:
    """The first certificate of a PEM file, which is the server's own."""
    # Python tells a certificate's fields only of one that it trusts, or by this, as its own tests do.
    return cast("dict[str, Any]", ssl._ssl._test_decode_cert(str(cert)))  # type: ignore[attr-defined]
