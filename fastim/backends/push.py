"""Telling a browser of something while none of its pages is open: the port, and where it may lead."""

from __future__ import annotations

import enum
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

_HTTPS_PORT = 443


class Outcome(enum.Enum):
    """What became of a push."""

    DELIVERED = "delivered"
    GONE = "gone"
    """The browser wants it no more: forget the subscription."""
    FAILED = "failed"


@dataclass(frozen=True)
class Subscription:
    """Where a browser wants to be told, and the keys that only it can read by (RFC 8291)."""

    endpoint: str
    p256dh: bytes
    auth: bytes


class Pusher(Protocol):
    """Sends at most once, within bounded time; never raises for what the other side does."""

    @property
    def public_key(self) -> str:
        """What pages subscribe with; "" where push is switched off."""

    def push(self, to: Subscription, payload: bytes) -> Outcome: ...


class NoPush:
    """Push is switched off."""

    public_key = ""

    def push(self, to: Subscription, payload: bytes) -> Outcome:
        return Outcome.FAILED


@dataclass(frozen=True)
class Address:
    """A checked place to connect to: `ip` is used, so that no second look-up may say something else."""

    host: str
    ip: str
    port: int
    tls: bool = True


class Forbidden(ValueError):
    """An endpoint that leads where the server does not go for anybody."""


Reach = Callable[[str], Address]
"""An endpoint to where it leads; raises Forbidden."""


def check_endpoint(endpoint: str) -> str:
    """The host that an endpoint names, without asking for its addresses.

    Raises:
        Forbidden: it is no plain https address of a named host.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise Forbidden(endpoint) from error
    host = parts.hostname or ""
    is_plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if not is_plain or parts.scheme != "https" or "@" in parts.netloc or port not in (None, _HTTPS_PORT):
        raise Forbidden(endpoint)
    # An address in figures, whatever its spelling, is nobody's push service.
    if "." not in host or ":" in host or host.rsplit(".", 1)[1].isdigit():
        raise Forbidden(endpoint)
    return host


def public_address(endpoint: str) -> Address:
    """Where an endpoint leads, if that is the public internet: it is whatever some browser's user sent.

    Raises:
        Forbidden: it is no plain https address, or any of its host's addresses is not public.
    """
    host = check_endpoint(endpoint)
    try:
        found = socket.getaddrinfo(host, _HTTPS_PORT, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Forbidden(endpoint) from error
    ips = [str(info[4][0]) for info in found]
    if not ips or not all(is_public(ip) for ip in ips):
        raise Forbidden(endpoint)
    return Address(host, ips[0], _HTTPS_PORT)


def is_public(ip: str) -> bool:
    """Whether an address is one of the public internet, also where it wraps an IPv4 one."""
    address = ipaddress.ip_address(ip.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is not None:
            return is_public(str(wrapped))
        if address in _NAT64:
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
