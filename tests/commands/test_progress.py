"""Progress is told often enough to wait by, and seldom enough to read."""

from __future__ import annotations

import pytest

from fastim.commands.progress import Progress


def test_a_hundred_lines_tell_of_any_number_of_rows(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with the end; the next kind of rows begins anew."""
    tell = Progress()
    for what in ("message", "contact"):
        for done in range(500, 2_000_001, 500):
            tell(what, done, 2_000_000)
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (
        200,
        "message: 20000 of 2000000",
        "contact: 2000000 of 2000000",
    )
    for done in range(1, 4):
        tell("files", done, 3)
    assert capsys.readouterr().out == "files: 1 of 3\nfiles: 2 of 3\nfiles: 3 of 3\n"


def test_rows_that_nobody_has_counted_are_told_by_the_ten_thousand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And by a tenth more, where there are many."""
    tell = Progress()
    for done in range(500, 3_000_001, 500):
        tell("contacts read", done)
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[:2]) == (45, ["contacts read: 10000", "contacts read: 20000"])
