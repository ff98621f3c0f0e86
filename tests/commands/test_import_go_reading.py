"""What is read of the Go version's tables, and what is decided about each of their rows."""

from __future__ import annotations

import gc
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pymysql.cursors import Cursor

from fastim.config import sqlalchemy_url
from fastim.operations import go_plan_file, go_planning, go_source, go_target
from fastim.operations.go_import import GoImport
from fastim.operations.go_plan_file import PlanFile
from fastim.operations.go_source import GoCommunity, GoContact, GoRows, GoUser
from fastim.services import consistency
from tests.commands.go_version import DATE, GoVersion, user

T = TypeVar("T")


class Nobody:
    """A server that has nobody yet."""

    def accounts(self, mobiles: Sequence[str]) -> dict[str, int]:
        return {}

    def names(self, names: Sequence[str]) -> set[str]:
        return set()


def whole(batches: Iterable[list[T]]) -> list[T]:
    return [row for batch in batches for row in batch]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plans")


def test_the_tables_are_read_some_rows_at_a_time(go: GoVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver never holds more than a batch, whatever a table has; none is left out. Rows that come
    meanwhile are not seen, as all are of one moment."""
    monkeypatch.setattr(go_source, "BATCH", 7)
    fetched: list[int] = []
    run = Cursor.execute

    def execute(self: Cursor, query: str, args: Any = None) -> int:
        count = run(self, query, args)
        if "ORDER BY id" in str(query):
            fetched.append(count)
        return count

    go.add("user", *(user(n, f"139000000{n:02}") for n in range(1, 31)))
    go.add("contact", *((n, n, n + 1, 1, "", DATE) for n in range(1, 30)))
    monkeypatch.setattr(Cursor, "execute", execute)
    with go_source.reading(sqlalchemy_url(go.url), None) as found:
        users = iter(found.users)
        first = next(users)
        go.add("user", user(31, "13900000031"))
        go.add("contact", (30, 1, 31, 1, "", DATE))
        assert [first.id, *(one.id for one in users)] == list(range(1, 31))
        assert len(list(found.contacts)) == 29
    assert max(fetched) == 7
    assert sum(fetched) == 59


some_ids = st.integers(1, 6)
some_text = st.sampled_from(["", "a", "b", "13900000001", "+8613900000001", "x" * 70, "\u202e"])
no_date = st.none()


def table(row: type, *columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.builds(row, *columns), unique_by=lambda one: one.id)


some_rows = st.builds(
    GoRows,
    table(GoUser, some_ids, *[some_text] * 7, no_date),
    table(GoCommunity, some_ids, some_text, some_ids, some_text, st.integers(-1, 6), some_text, no_date),
    table(GoContact, st.integers(1, 40), some_ids, some_ids, st.integers(0, 3), some_text, no_date),
)


@given(rows=some_rows)
def test_every_row_ends_in_exactly_one_place(rows: GoRows, plans: Path) -> None:
    """Brought, or left behind with a reason; and what is brought refers to what is brought."""
    with closing(PlanFile(plans)) as plan:
        go_planning.make(plan, rows, Nobody())
        users, communities = whole(plan.users()), whole(plan.communities())
        friendships, memberships = whole(plan.friendships()), whole(plan.memberships())
        places = Counter((finding.table, finding.id) for finding in plan.findings(True))
        counts = plan.counts()
    assert counts[:4] == tuple(map(len, (users, communities, friendships, memberships)))
    assert counts.left == places.total()
    places.update(("user", new.old_id) for new in users)
    places.update(("community", new.old_id) for new in communities)
    places.update(("contact", contact) for new in friendships for contact in new.contacts)
    places.update(("contact", new.contact) for new in memberships)
    every = [("user", row.id) for row in rows.users]
    every += [("community", row.id) for row in rows.communities]
    every += [("contact", row.id) for row in rows.contacts]
    assert places == Counter(every)
    people = {new.old_id for new in users}
    groups = {new.old_id for new in communities}
    assert all({new.one, new.other} <= people and new.one < new.other for new in friendships)
    assert all(new.user in people and new.community in groups for new in memberships)
    assert all(new.owner in people for new in communities)
    assert len({new.name for new in communities}) == len(communities)
    assert len({new.mobile for new in users}) == len(users)
    members = {(new.user, new.community) for new in memberships}
    assert all(((new.owner, new.old_id) in members) != new.is_joined for new in communities)


def many(first: int, people: int) -> GoRows:
    """From that id on: each with a friend, who does not know of it, and in one of some groups; made as they
    are read."""
    now, groups = datetime(2020, 1, 1, tzinfo=UTC), people // 10
    return GoRows(
        (
            GoUser(n, f"139{n:08}", "0" * 32, "/a.png", "M", f"n{n}", "salt", "m" * 80, now)
            for n in range(first, first + people)
        ),
        (GoCommunity(n, f"club {n}", n, "", 1, "m" * 80, now) for n in range(first, first + groups)),
        (
            GoContact(2 * (first + n) + cate, first + n, first + (n + 1) % size, cate, "m" * 80, now)
            for n in range(people)
            for cate, size in ((1, people), (2, groups))
        ),
    )


def collect() -> None:
    gc.collect()


def held(app: Flask, first: int, people: int) -> int:
    """Bytes that Python held at most while so many were planned and brought over, but for waste."""
    parts = app.extensions["fastim"]
    gc.freeze()  # what was there before is not looked through with every batch
    with app.app_context(), closing(PlanFile(parts.settings.instance)) as plan:
        tracemalloc.start()
        try:
            go_planning.make(plan, many(first, people), go_target.Here())
            counts = plan.counts()
            run = GoImport(parts.bus, parts.uploads, f"of {people}", plan, False, lambda *_: collect())
            run.rows()
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.unfreeze()
    assert counts[:5] == (people, people // 10, people, people, people)
    return most


def test_a_large_server_takes_no_more_memory_than_a_small_one(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With five times as many people the plan and the way over hold as much: a batch of them. A person with
    two contacts took 2 KB when all were held at once."""
    monkeypatch.setattr(go_plan_file, "ROWS", 10)
    monkeypatch.setattr(go_planning, "ROWS", 10)
    held(sqlite_app, 1, 20)  # what is loaded once
    few = held(sqlite_app, 1001, 20)
    # The least of three: a table of the program's own that grows just then is counted too.
    more = min(held(sqlite_app, first, 100) for first in (2001, 3001, 4001))
    assert more < few + 80 * 500, (few, more)
    with sqlite_app.app_context():
        assert consistency.problems() == []
