"""Why a connection ends. 4000-4499: come back; 4500-4999: stay away."""

from __future__ import annotations

from enum import IntEnum


class Close(IntEnum):
    """Close codes; below 4000 they are RFC 6455's."""

    NORMAL = 1000
    PROTOCOL = 1002
    UNSUPPORTED = 1003
    BAD_TEXT = 1007
    POLICY = 1008
    TOO_BIG = 1009
    RESTART = 1012
    SLOW = 4008
    """The connection's queue is full: come back and sync."""
    DEAD = 4009
    """Nothing was heard for too long."""
    DOUBT = 4010
    """What the connection may receive has to be read anew: come back and sync."""
    SESSION_ENDED = 4501
    REPLACED = 4502
    """The user opened more connections than one may have; this was the oldest."""
