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
_END = b"\1\0\0\xff\xff"  # an empty last block: zlib has come to it only if the message was whole
_AFTER_LAST = (b"", _END, _TAIL + _END, b"\0" + _TAIL + _END)
"""What may be left over: nothing, or what follows a block that called itself the last (section 7.2.3.4)."""
_NARROWEST, _WIDEST = 9, 15
_WINDOWS = frozenset(map(str, range(8, _WIDEST + 1)))
_COMPRESSIBLE = frozenset((0x80 | framing.TEXT, 0x80 | framing.BINARY))
_LENGTH_BYTES = {126: 2, 127: 8}


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


def inflate(data: bytes, most: int) -> bytes:
    """A whole message as it was before; never more than one byte above `most` is made.

    Raises:
        ProtocolViolation: it is larger, or not deflated, or not whole.
    """
    stream = zlib.decompressobj(-_WIDEST)
    try:
        message = stream.decompress(data + _TAIL + _END, most + 1)
    except zlib.error as error:
        raise framing.ProtocolViolation(Close.BAD_TEXT, "not deflated") from error
    if len(message) > most:
        raise framing.ProtocolViolation(Close.TOO_BIG, "message too big")
    if not stream.eof or stream.unused_data not in _AFTER_LAST:
        raise framing.ProtocolViolation(Close.BAD_TEXT, "not deflated to its end")
    return message


def compress(plain: bytes, bits: int) -> bytes:
    """A whole frame of the server's, compressed with a window of at most `bits`, 9 to 15."""
    start = 2 + _LENGTH_BYTES.get(plain[1], 0)
    # A window that fits the frame takes 10 us for 1 KB, the largest 55: its memory comes from the kernel.
    bits = max(_NARROWEST, min(bits, len(plain).bit_length()))
    # zlib's own memory level clears a table of 32,768 places for each window that it moves on: ten times
    # slower at 9 bits than a table that fits the window.
    stream = zlib.compressobj(1, zlib.DEFLATED, -bits, min(bits - 6, 8))
    payload = stream.compress(memoryview(plain)[start:]) + stream.flush(zlib.Z_SYNC_FLUSH)
    return framing.frame(framing.COMPRESSED | plain[0] & 0x0F, payload[: -len(_TAIL)])


class Compressor:
    """Frames in the form in which they leave, for all connections of a process that agreed to compress.

    A frame goes to all its receivers before the next one comes, so it is enough to remember the last: it
    is compressed once for each window. What is compressed between two calls of `begin_turn` is bounded;
    the rest goes as it is, which the RFC leaves to the sender.
    """

    def __init__(self) -> None:
        self._last: dict[int, tuple[bytes, bytes]] = {}
        self._left = limits.DEFLATE_TURN_BYTES

    def begin_turn(self) -> None:
        """The loop has been free meanwhile."""
        self._left = limits.DEFLATE_TURN_BYTES

    def frame(self, plain: bytes, bits: int) -> bytes:
        """A whole frame, compressed if it is a message long enough to gain by it."""
        last = self._last.get(bits)
        if last is not None and last[0] is plain:
            return last[1]
        if plain[0] not in _COMPRESSIBLE or not limits.DEFLATE_LEAST_BYTES <= len(plain) <= self._left:
            return plain
        self._left -= len(plain)
        made = compress(plain, bits)
        self._last[bits] = plain, made
        return made
