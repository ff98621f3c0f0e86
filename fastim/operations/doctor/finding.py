"""What an examination says."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["ok", "warn", "fail"]


class Finding(msgspec.Struct, frozen=True):
    """`said` is what was found; `cure` what to do, empty where all is well."""

    name: str
    state: State
    said: str
    cure: str = ""


def ok(name: str, said: str) -> Finding:
    return Finding(name, "ok", said)


def warn(name: str, said: str, cure: str) -> Finding:
    """It works, and will not always."""
    return Finding(name, "warn", said, cure)


def fail(name: str, said: str, cure: str) -> Finding:
    """It does not work, or loses something."""
    return Finding(name, "fail", said, cure)
