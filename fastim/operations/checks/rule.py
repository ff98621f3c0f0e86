"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastim.models import db

Lines = Iterator[str]


@dataclass(frozen=True)
class Rule:
    """`find` tells of each breach in a line; `repair` does what can be done, within a transaction, or some
    links in each: what was put right stays so, whatever stops it."""

    name: str
    promise: str
    """What is true where nothing is found."""
    find: Callable[[], Lines]
    repair: Callable[[], None] | None = None


def committed(change: Callable[[], None]) -> Callable[[], None]:
    """Run a change as one transaction; nobody else uses the database meanwhile."""

    def run() -> None:
        change()
        db.session.commit()

    return in_transactions(run)


def in_transactions(change: Callable[[], None]) -> Callable[[], None]:
    """Run a change that commits by itself; where it fails, nothing is left of what it had not committed."""

    def run() -> None:
        db.session.rollback()
        try:
            change()
        except BaseException:
            db.session.rollback()
            raise

    return run
