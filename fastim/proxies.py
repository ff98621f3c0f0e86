"""Whose X-Forwarded-* headers are believed, and what they say of a request."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]

_MOST_HOPS = 10


@dataclass(frozen=True, slots=True)
class Trusted:
    """The proxies in front: so many of them, whoever connects, or whoever connects from these networks."""

    hops: int = 0
    networks: tuple[Network, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hops or self.networks)

    def __str__(self) -> str:
        return ",".join(map(str, self.networks)) or str(self.hops)

    def has(self, address: str) -> bool:
        """Whether `address` is in one of the networks; no address is in none."""
        try:
            parsed = ipaddress.ip_address(address.strip("[] "))
        except ValueError:
            return False
        mapped = getattr(parsed, "ipv4_mapped", None)
        return any((mapped or parsed) in network for network in self.networks)


def trusted(value: str) -> Trusted:
    """Read a number, or networks and addresses with commas between.

    Raises:
        ValueError: it is neither.
    """
    if re.fullmatch(r"\d{1,2}", value) and int(value) <= _MOST_HOPS:
        return Trusted(hops=int(value))
    try:
        networks = tuple(ipaddress.ip_network(part.strip()) for part in value.split(","))
    except ValueError as error:
        raise ValueError(
            f"use networks such as 127.0.0.1,10.0.0.0/8, or how many there are, from 0 to {_MOST_HOPS}"
        ) from error
    return Trusted(networks=networks)


class FromNetworks:
    """A WSGI app that knows its clients by what trusted proxies say of them.

    Each proxy adds whom it heard at the right of X-Forwarded-For, so the client is the rightmost that is no
    trusted proxy; what stands left of it anybody may have written. From others the headers are nothing.
    """

    def __init__(self, app: App, proxies: Trusted) -> None:
        self._app = app
        self._proxies = proxies

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if self._proxies.has(environ.get("REMOTE_ADDR", "")):
            self._believe(environ)
        return self._app(environ, start_response)

    def _believe(self, environ: Environ) -> None:
        named = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        for address in reversed([part for part in named if part]):
            environ["REMOTE_ADDR"] = address
            if not self._proxies.has(address):
                break
        scheme = _last(environ.get("HTTP_X_FORWARDED_PROTO", ""))
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        host = _last(environ.get("HTTP_X_FORWARDED_HOST", ""))
        if host:
            environ["HTTP_HOST"] = host


def _last(value: str) -> str:
    return value.rpartition(",")[2].strip()
