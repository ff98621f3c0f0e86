"""No index: where an operator switched it off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from fastim.backends.search import Doc, LogRow, Proposed, Sought
from fastim.errors import Refused

R = TypeVar("R")


class NoIndex:
    """`SearchIndex` that never leads, so nobody writes to it, and that refuses every search."""

    def run(self, job: Callable[[], R]) -> R:
        return job()

    def lead(self) -> bool:
        return False

    def position(self) -> int:
        return 0

    def read(self, after: int, below: int, limit: int) -> list[LogRow]:
        return []

    def read_at(self, places: Sequence[tuple[int, int]]) -> list[LogRow]:
        return []

    def write(self, docs: Iterable[Doc], before: int, after: int) -> bool:
        return False

    def tidy(self) -> bool:
        return False

    def clear(self) -> None:
        pass

    def close(self) -> None:
        pass

    def find(self, sought: Sought) -> Proposed:
        raise Refused("search_off")
