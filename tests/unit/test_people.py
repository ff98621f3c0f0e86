"""Names as people typed them, and as others see them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.services.people import line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ann \t\n Lee ", "Ann Lee"),
        ("安妮", "安妮"),
        ("e\u0301", "é"),
        ("👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"),
        ("Ann\0\x1b[31m\x7f", "Ann[31m"),
        ("Ann\u202egnp.exe", "Anngnp.exe"),
        ("\u200b\u200d", ""),
        ("\u3164", ""),
        ("\u2800 \ufe0f", ""),
        ("\0\0", ""),
        ("a \0 b", "a b"),
        ("e\0\u0301", "é"),
    ],
)
def test_a_line_is_what_is_seen(typed: str, kept: str) -> None:
    assert line(typed) == kept


@given(st.text())
def test_a_line_is_one_line_and_stays_as_it_is(typed: str) -> None:
    kept = line(typed)
    assert line(kept) == kept
    assert kept.splitlines() in ([], [kept])
    assert not any(unicodedata.category(char) == "Cc" for char in kept)
