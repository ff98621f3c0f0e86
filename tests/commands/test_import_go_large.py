"""Large servers of the Go version come over in bounded steps, and a run that is stopped says what to do."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from fastim.errors import Unavailable
from fastim.models import db
from fastim.operations.go_import import GoImport
from fastim.services.uploads import Uploads
from tests.commands.go_version import DATE, GoVersion, user
from tests.commands.test_import_go import bring, fill, report


@pytest.mark.parametrize("what", ["friendships", "memberships", "pictures"])
def test_a_batch_takes_as_many_statements_as_one_row(app: Flask, go: GoVersion, what: str) -> None:
    """Millions of links come over in minutes; each took six statements, and a picture four."""
    counts: list[int] = []
    go.add("community", (1, "club", 1, "", 0, "", DATE))
    for first, people in ((1, 2), (101, 40)):
        ids = range(first, first + people)
        go.add("user", *(user(n, f"1390000{n:04}", avatar="/asset/images/avatar0.png") for n in ids))
        go.add("contact", *((2 * n, n, n + 1, 1, "", DATE) for n in ids[:-1]))
        go.add("contact", *((2 * n + 1, n, 1, 2, "", DATE) for n in ids))
        counts.append(statements(app, go, what))
    assert counts[0] == counts[1] > 0


def statements(app: Flask, go: GoVersion, what: str) -> int:
    """How many the database is given while `what` comes over."""
    count = 0

    def one(*_: object) -> None:
        nonlocal count
        count += 1

    def run(self: GoImport, name: str, batches: Any, total: int, write: Any) -> None:
        if name == what:
            event.listen(db.engine, "before_cursor_execute", one)
        try:
            each(self, name, batches, total, write)
        finally:
            if name == what:
                event.remove(db.engine, "before_cursor_execute", one)

    each = GoImport._each
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GoImport, "_each", run)
        done = bring(app, go)
    assert done.exit_code == 0, done.output
    return count


@pytest.mark.parametrize("at", [1, 5])
def test_a_full_disk_ends_a_run_that_goes_on_later(
    sqlite_app: Flask, go: GoVersion, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """At a picture or at a file: those behind it are not told to be at fault, one by one."""
    fill(go)
    store, stored = Uploads.store, 0

    def full(*words: Any, **more: Any) -> Any:
        nonlocal stored
        stored += 1
        if stored >= at:
            raise Unavailable("storage_full")
        return store(*words, **more)

    with monkeypatch.context() as cut:
        cut.setattr(Uploads, "store", full)
        stopped = bring(sqlite_app, go)
    assert (stopped.exit_code, "storage_full" in stopped.output, stored) == (1, True, at), stopped.output
    done = bring(sqlite_app, go)
    assert "Left behind: 0 rows or pictures, 0 files." in done.output


def test_a_run_that_is_stopped_says_what_to_do_and_keeps_its_list(
    sqlite_app: Flask, go: GoVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Ctrl-C or by the database: a line, and what was brought differently stays written down, also when
    the next run finds those people here."""
    fill(go)
    go.add("user", user(7, "+86 139 0000 0007"))
    folder = sqlite_app.extensions["fastim"].settings.instance
    dry = bring(sqlite_app, go, "--dry-run")
    assert "is written '13900000007' here" in (folder / "import-go.jsonl").read_text("utf-8"), dry.output
    for fault in (KeyboardInterrupt(), OperationalError("", {}, Exception("gone away"))):
        with monkeypatch.context() as cut:
            cut.setattr(GoImport, "_add_friendships", Mock(side_effect=fault))
            stopped = bring(sqlite_app, go)
        assert (stopped.exit_code, "run it again, it goes on" in stopped.output) == (1, True), (
            stopped.output
        )
        with sqlite_app.app_context():
            db.session.remove()
    assert bring(sqlite_app, go).exit_code == 0
    told = [path.read_text("utf-8") for path in folder.glob("import-go*.jsonl")]
    assert [("13900000007" in text) for text in told].count(True) == 2
    assert report(sqlite_app) == []
