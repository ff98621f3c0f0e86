"""How far a command is, for people who wait: a line a second at most, however many steps there are."""

from __future__ import annotations

import time

import click

_SECONDS = 1.0


class Progress:
    """Called with what is done, how many are, and how many there are (0: nobody knows yet)."""

    def __init__(self) -> None:
        self._said_at = time.monotonic()

    def __call__(self, what: str, done: int, total: int = 0) -> None:
        """The end is always told."""
        now = time.monotonic()
        if done == total or now - self._said_at >= _SECONDS:
            self._said_at = now
            click.echo(f"{what}: {done} of {total}" if total else f"{what}: {done}")
