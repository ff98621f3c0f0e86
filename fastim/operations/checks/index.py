"""The search index finds what it has read. Being behind is no fault: it follows, when a server runs."""

from __future__ import annotations

from fastim.operations.checks.rule import Lines, Rule
from fastim.services.search_index import Indexer

_SAMPLE = 300
"""Messages that are looked for, spread evenly over the log."""


def rules(indexer: Indexer) -> tuple[Rule, ...]:
    def find() -> Lines:
        for message_id in indexer.lacks(_SAMPLE):
            yield f"message {message_id} is not found by its own words"

    def repair() -> None:
        indexer.rebuild()
        indexer.catch_up()

    return (Rule("search", "every message can be found", find, repair),)
