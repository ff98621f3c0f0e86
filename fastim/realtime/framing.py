"""RFC 6455 frames without I/O: bytes in, whole messages out, and the bytes of frames to send.

The common frame (final, masked, short, complete in one read) is a slice and one call of the
`websockets` package's C mask; that is a twentieth of what wsproto spends on it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from websockets.speedups import apply_mask

from fastim.protocol.close import Close

_MEDIUM_HEAD = struct.Struct("!BBH").pack

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

COMPRESSED = 0x40
"""RSV1, on the first frame of a compressed message (RFC 7692 section 6)."""
_CONTROL_BYTES = 125  # RFC 6455 section 5.5
_PRIVATE_CODES = range(3000, 5000)
_KNOWN_CODES = frozenset((1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014))


class ProtocolViolation(Exception):
    """The peer broke the protocol; close with `code`."""

    def __init__(self, code: Close, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


Inflate = Callable[[bytes, int], bytes]
"""A compressed payload and the most bytes that may come of it, to those bytes."""

Message = tuple[int, bytes]
"""An opcode (TEXT, BINARY, CLOSE, PING, PONG) and its whole payload, unmasked."""


class Parser:
    """Turns what a client sends into messages.

    Args:
        most: bytes of the largest message, over all its fragments, inflated too.
        inflate: turns a compressed message into what it was; None where compression was not agreed on.
    """

    __slots__ = (
        "_buffer",
        "_fragments",
        "_inflate",
        "_is_compressed",
        "_kind",
        "_most",
        "_size",
        "violation",
    )

    def __init__(self, most: int, inflate: Inflate | None = None) -> None:
        self._most = most
        self._inflate = inflate
        self._is_compressed = False
        self._buffer = b""
        self._fragments: list[bytes] | None = None  # an idle connection has no need of a list
        self._kind = 0  # the opcode of the message whose fragments are coming, or 0
        self._size = 0
        self.violation: ProtocolViolation | None = None
        """What the peer did wrong, with the close code that section 7.4.1 asks for: read no further."""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes; with `violation`, those before it."""
        if self._buffer:
            data = self._buffer + data
        messages: list[Message] = []
        try:
            done = self._parse(data, messages)
        except ProtocolViolation as violation:
            self.violation = violation
            return messages
        self._buffer = data[done:] if done < len(data) else b""
        return messages

    def _parse(self, data: bytes, messages: list[Message]) -> int:
        """Take whole frames off; how many bytes they were."""
        start, end, most = 0, len(data), self._most
        while end - start >= 2:
            first, second = data[start], data[start + 1]
            length, head = second & 0x7F, start + 2
            if length >= 126:
                wide = 2 if length == 126 else 8
                if head + wide > end:
                    break
                length = int.from_bytes(data[head : head + wide])
                head += wide
            if first != 0x81 or second < 0x80 or self._kind or length > most:
                self._check(first, second, length)
            body = head + 4
            stop = body + length
            if stop > end:
                break
            payload = apply_mask(data[body:stop], data[head:body])
            start = stop
            message = (TEXT, payload) if first == 0x81 else self._take(first, payload)
            if message is not None:
                if message[0] == TEXT and not message[1].isascii():
                    _check_text(message[1])
                messages.append(message)
        return start

    def _check(self, first: int, second: int, length: int) -> None:
        """Refuse a frame by its header, before its payload is waited for."""
        opcode, final = first & 0x0F, first & 0x80
        may_be_compressed = self._inflate is not None and opcode in (TEXT, BINARY)
        if first & (0x30 if may_be_compressed else 0x70):
            raise ProtocolViolation(Close.PROTOCOL, "reserved bits")
        if second < 0x80:
            raise ProtocolViolation(Close.PROTOCOL, "not masked")
        if opcode >= CLOSE:
            if opcode > PONG or not final or length > _CONTROL_BYTES:
                raise ProtocolViolation(Close.PROTOCOL, "bad control frame")
            return
        if opcode > BINARY:
            raise ProtocolViolation(Close.PROTOCOL, "unknown opcode")
        if (opcode == CONTINUATION) != bool(self._kind):
            raise ProtocolViolation(Close.PROTOCOL, "fragments out of order")
        if self._size + length > self._most:
            raise ProtocolViolation(Close.TOO_BIG, "message too big")

    def _take(self, first: int, payload: bytes) -> Message | None:
        """Any frame but a whole text: control frames pass at once, fragments are gathered."""
        opcode, final = first & 0x0F, first & 0x80
        if opcode >= CLOSE:
            return opcode, payload
        if opcode != CONTINUATION:
            self._is_compressed = bool(first & COMPRESSED)
            if final:
                return opcode, self._whole(payload)
            self._kind = opcode
        if self._fragments is None:
            self._fragments = []
        if payload:  # of empty ones any number may come: they have no bytes to be counted
            self._fragments.append(payload)
            self._size += len(payload)
        if not final:
            return None
        message = self._kind, self._whole(b"".join(self._fragments))
        self._fragments, self._kind, self._size = None, 0, 0
        return message

    def _whole(self, payload: bytes) -> bytes:
        if self._is_compressed and self._inflate is not None:
            return self._inflate(payload, self._most)
        return payload


def _check_text(payload: bytes) -> None:
    try:
        payload.decode()
    except UnicodeDecodeError as error:
        raise ProtocolViolation(Close.BAD_TEXT, "not UTF-8") from error


def read_close(payload: bytes) -> tuple[int, str]:
    """The code (1005 for none) and reason of a close frame.

    Raises:
        ProtocolViolation: a code that may not be sent, half a code, or a reason that is not UTF-8.
    """
    if not payload:
        return 1005, ""
    if len(payload) == 1:
        raise ProtocolViolation(Close.PROTOCOL, "half a close code")
    code = payload[0] << 8 | payload[1]
    if code not in _KNOWN_CODES and code not in _PRIVATE_CODES:
        raise ProtocolViolation(Close.PROTOCOL, "bad close code")
    try:
        return code, payload[2:].decode()
    except UnicodeDecodeError as error:
        raise ProtocolViolation(Close.BAD_TEXT, "close reason is not UTF-8") from error


def frame(opcode: int, payload: bytes) -> bytes:
    """A whole frame from the server, which never masks."""
    length = len(payload)
    if length < 126:
        return bytes((0x80 | opcode, length)) + payload
    if length < 65536:
        return struct.pack("!BBH", 0x80 | opcode, 126, length) + payload
    return struct.pack("!BBQ", 0x80 | opcode, 127, length) + payload


_HEADS = [bytes((0x80 | TEXT, length)) for length in range(126)]
_HEADS += [_MEDIUM_HEAD(0x80 | TEXT, 126, length) for length in range(126, 1024)]
"""Of nearly all frames, by their length: a look-up costs half of what making one does."""


def text(payload: bytes) -> bytes:
    """A text frame; `payload` is UTF-8."""
    length = len(payload)
    return _HEADS[length] + payload if length < 1024 else frame(TEXT, payload)


def close(code: int, reason: str = "") -> bytes:
    """A close frame; 1005 means one without a code."""
    if code == 1005:
        return frame(CLOSE, b"")
    return frame(CLOSE, struct.pack("!H", code) + reason.encode()[:123])


PING_FRAME = frame(PING, b"")
