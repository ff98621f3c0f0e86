"""Rows of the database that are asked for by their id, remembered.

Who makes one says which event drops a row. An event comes a few milliseconds after its commit; what changes
while it is read is used and not kept. What no event tells is seen within `_AGE_SECONDS`: of a commit whose
answer was lost, or of a program that tells nobody (`import-go` brings pictures; no other command changes
people or groups that are there).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from fastim.backends.questions import Questions
from fastim.services.any_of import AnyOf
from fastim.services.kept import Kept

V = TypeVar("V")

_AGE_SECONDS = 600.0
"""All that is kept is read again after so long, which is one short question for each that is asked for."""


class KeptRows(Generic[V]):
    """Answers from a bounded memory; what is missing is asked in one short question. Needs no app context.

    Ids without a row are not kept: a new row is told by no event.

    Args:
        question: of the rows with any of some ids; the id is its first column.
        make: what is kept of a row, given its columns.
        most: how many are kept.
    """

    def __init__(self, questions: Questions, question: AnyOf, make: Callable[..., V], most: int) -> None:
        self._ask = questions.ask
        self._question = question
        self._make = make
        self._kept: Kept[int, V] = Kept(most)
        self._changes = 0
        self._forget_at = 0.0

    def of(self, row_id: int) -> V | None:
        """What is known of one row; None where there is none."""
        return self.of_many((row_id,)).get(row_id)

    def of_many(self, row_ids: Iterable[int]) -> dict[int, V]:
        """Those of some hundred rows that there are, by their id."""
        if time.monotonic() > self._forget_at:
            self.forget()
        wanted = set(row_ids)
        found = {row_id: kept for row_id in wanted if (kept := self._kept.get(row_id)) is not None}
        missing = wanted - found.keys()
        return found | self._read(missing) if missing else found

    def drop(self, row_id: int) -> None:
        """It has changed."""
        self._changes += 1
        self._kept.drop(row_id)

    def forget(self) -> None:
        """Ask the database again: news may have been lost."""
        self._changes += 1
        self._kept.clear()
        self._forget_at = time.monotonic() + _AGE_SECONDS

    def _read(self, row_ids: set[int]) -> dict[int, V]:
        changes = self._changes
        question, values = self._question.given([(row_id,) for row_id in row_ids])
        rows: Iterable[tuple[Any, ...]] = self._ask(question, **values)
        found = {row[0]: self._make(*row) for row in rows}
        if changes == self._changes:  # else it may be old already
            for row_id, made in found.items():
                self._kept.put(row_id, made)
        return found
