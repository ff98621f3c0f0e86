"""How far a command is, for people who wait: some hundred lines at most, however many rows there are."""

from __future__ import annotations

import click

_PARTS = 100
"""Of what there is, each is told."""
_STEP = 10_000
"""Rows between two lines, where nobody knows how many there are; later a tenth of what is done."""


class Progress:
    """Called with what is done, how many are, and how many there are (0: nobody knows)."""

    def __init__(self) -> None:
        self._what = ""
        self._told = 0

    def __call__(self, what: str, done: int, total: int = 0) -> None:
        """The end is always told."""
        if what != self._what:
            self._what, self._told = what, 0
        step = max(total // _PARTS, 1) if total else max(_STEP, self._told // 10)
        if done == total or done - self._told >= step:
            self._told = done
            click.echo(f"{what}: {done} of {total}" if total else f"{what}: {done}")
