"""permessage-deflate (RFC 7692) without memory: every message is compressed by itself, either way.

The usual form keeps a window for each connection and direction, some 300 KiB of zlib's; here a connection
keeps nothing. It is an option: compressing costs more CPU than the rest of a message's way.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from fastim.protocol import limits
from fastim.protocol.close import Close
from fastim.realtime import framing

NAME = "permessage-deflate"
_TAIL = b"\0\0\xff\xff"  # what a flush ends with; it is not sent (section 7.2.1)
_AFTER_LAST = (b"", _TAIL, b"\0" + _TAIL)  # what may follow a block that calls itself the last
_COMPRESSED_TEXT = 0xC1
_WIDEST = 15


def negotiate(header: str) -> tuple[str, int]:
    """The answer to a client's Sec-WebSocket-Extensions, and the window in bits that we compress with.

    The first offer that can be met is; ("", 0) where there is none.
    """
    for name, parameters in _offers(header):
        if name == NAME and parameters is not None and _is_valid(parameters):
            bits = int(parameters.get("server_max_window_bits") or _WIDEST)
            if bits == 8:
                continue  # zlib has no such window
            answer = f"{NAME}; server_no_context_takeover; client_no_context_takeover"
            asked = f"; server_max_window_bits={bits}" if "server_max_window_bits" in parameters else ""
            return answer + asked, bits
    return "", 0


def _offers(header: str) -> Iterator[tuple[str, dict[str, str] | None]]:
    """(name, parameters) of each offer; None for parameters that are not well formed."""
    for offer in header.split(","):
        name, *rest = (part.strip() for part in offer.split(";"))
        parameters: dict[str, str] | None = {}
        for part in rest:
            key, _, value = (text.strip() for text in part.partition("="))
            if parameters is None or not key or key in parameters:
                parameters = None
                break
            parameters[key] = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
        yield name, parameters


def _is_valid(parameters: dict[str, str]) -> bool:
    """Section 7.1: two flags, two windows, and of the client's window the value may be left out."""
    for key, value in parameters.items():
        if key in ("server_no_context_takeover", "client_no_context_takeover"):
            if value:
                return False
        elif key in ("server_max_window_bits", "client_max_window_bits"):
            if not (value in _WINDOWS or (not value and key == "client_max_window_bits")):
                return False
        else:
            return False
    return True


_WINDOWS = frozenset(map(str, range(8, _WIDEST + 1)))


def inflate(data: bytes, most: int) -> bytes:
    """A whole message as it was before; never more than `most` bytes are made.

    Raises:
        ProtocolViolation: it is larger, or not deflated.
    """
    stream = zlib.decompressobj(-_WIDEST)
    try:
        message = stream.decompress(data + _TAIL, most + 1)
    except zlib.error as error:
        raise framing.ProtocolViolation(Close.BAD_TEXT, "not deflated") from error
    if len(message) > most:
        raise framing.ProtocolViolation(Close.TOO_BIG, "message too big")
    if stream.unused_data not in _AFTER_LAST:
        raise framing.ProtocolViolation(Close.BAD_TEXT, "something after the last block")
    return message


class Deflate:
    """Frames in their compressed form; one is made once for all connections that it goes to.

    Args:
        bits: of the window, 9 to 15.
    """

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._made: dict[bytes, bytes] = {}

    def frame(self, plain: bytes) -> bytes:
        """A whole frame, compressed if it is a text that gains by it."""
        if len(plain) < limits.DEFLATE_LEAST_BYTES or plain[0] != 0x80 | framing.TEXT:
            return plain
        made = self._made.get(plain)
        if made is None:
            if len(self._made) >= limits.DEFLATE_KEPT:
                self._made.clear()
            made = self._made[plain] = self._compress(plain)
        return made

    def _compress(self, plain: bytes) -> bytes:
        start = {126: 4, 127: 10}.get(plain[1], 2)
        stream = zlib.compressobj(1, zlib.DEFLATED, -self._bits)
        payload = stream.compress(memoryview(plain)[start:]) + stream.flush(zlib.Z_SYNC_FLUSH)
        compressed = framing.frame(_COMPRESSED_TEXT & 0x7F, payload[: -len(_TAIL)])
        return compressed if len(compressed) < len(plain) else plain


_shared: dict[int, Deflate] = {}


def of_window(bits: int) -> Deflate:
    """The process's own for a window."""
    return _shared.setdefault(bits, Deflate(bits))
