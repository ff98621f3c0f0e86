"""What is read of the Go version's tables, and what is decided about each of their rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymysql.cursors import Cursor, SSCursor

from fastim.config import sqlalchemy_url
from fastim.operations import go_plan, go_planning, go_source
from fastim.operations.go_source import GoCommunity, GoContact, GoRows, GoUser
from tests.commands.go_version import DATE, GoVersion, user

EMPTY = go_plan.Target({}, {}, set(), set(), {}, set())


def test_the_tables_are_read_some_rows_at_a_time(go: GoVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver never holds more than a batch, whatever a table has; none is left out."""
    monkeypatch.setattr(go_source, "BATCH", 7)
    fetched: list[int] = []
    buffered: list[str] = []
    some, run = SSCursor.fetchmany, Cursor.execute

    def fetchmany(self: SSCursor, size: int | None = None) -> Any:
        rows = some(self, size)
        fetched.append(len(rows))
        return rows

    def execute(self: Cursor, query: str, args: Any = None) -> int:
        if not isinstance(self, SSCursor) and "ORDER BY id" in str(query):
            buffered.append(str(query))
        return run(self, query, args)

    monkeypatch.setattr(SSCursor, "fetchmany", fetchmany)
    monkeypatch.setattr(Cursor, "execute", execute)
    go.add("user", *(user(n, f"139000000{n:02}") for n in range(1, 31)))
    go.add("contact", *((n, n, n + 1, 1, "", DATE) for n in range(1, 30)))
    found = go_source.read(sqlalchemy_url(go.url), None)
    assert [one.id for one in found.users] == list(range(1, 31))
    assert len(found.contacts) == 29
    assert max(fetched) == 7
    assert sum(fetched) == 59
    assert buffered == []


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
def test_every_row_ends_in_exactly_one_place(rows: GoRows) -> None:
    """Brought, or left behind with a reason; and what is brought refers to what is brought."""
    plan = go_planning.make(rows, EMPTY)
    places = Counter((finding.table, finding.id) for finding in plan.left)
    places.update(("user", new.old_id) for new in plan.users)
    places.update(("community", new.old_id) for new in plan.communities)
    places.update(("contact", contact) for new in plan.friendships for contact in new.contacts)
    places.update(("contact", new.contact) for new in plan.memberships if new.contact)
    every = [("user", row.id) for row in rows.users]
    every += [("community", row.id) for row in rows.communities]
    every += [("contact", row.id) for row in rows.contacts]
    assert places == Counter(every)
    people = {new.old_id for new in plan.users}
    groups = {new.old_id for new in plan.communities}
    assert all({new.one, new.other} <= people and new.one < new.other for new in plan.friendships)
    assert all(new.user in people and new.community in groups for new in plan.memberships)
    assert all(new.owner in people for new in plan.communities)
    assert len({new.name for new in plan.communities}) == len(plan.communities)
    assert len({new.mobile for new in plan.users}) == len(plan.users)
    members = {(new.user, new.community) for new in plan.memberships}
    assert all((new.owner, new.old_id) in members for new in plan.communities)
