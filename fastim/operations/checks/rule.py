"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastim.models import db

Lines = Iterator[str]


@dataclass(frozen=True)
class Rule:
    """`find` tells of each breach in a line; `repair` does what can be done, within a transaction."""

    name: str
    promise: str
    """What is true where nothing is found."""
    find: Callable[[], Lines]
    repair: Callable[[], None] | None = None


def committed(change: Callable[[], None]) -> Callable[[], None]:
    """Run a change as one transaction; nobody else uses the database meanwhile."""

    def run() -> None:
        db.session.rollback()
        try:
            change()
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise

    return run
