"""What a parser of frames makes of bytes, as tests like to see it."""

from __future__ import annotations

from fastim.realtime.framing import Message, Parser


def feed(parser: Parser, data: bytes) -> list[Message]:
    """The messages that `data` completes.

    Raises:
        ProtocolViolation: the parser has met one.
    """
    messages = parser.feed(data)
    if parser.violation is not None:
        raise parser.violation
    return messages
