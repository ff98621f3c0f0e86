"""Which language is spoken with whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.locales import LANGUAGES, negotiate, text


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        ("", "zh-CN"),
        ("*", "zh-CN"),
        ("fr-FR,de;q=0.9", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-TW,en;q=0.9", "zh-CN"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "en"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("zh;q=0.2, en;q=0.9", "en"),
        ("en;q=0.2, zh;q=0.9", "zh-CN"),
        ("en;q=0, fr", "zh-CN"),
        ("en;q=0.5,zh;q=0.5", "en"),
        ("en ; q=0.9 , zh ; q = 0.1", "en"),
        ("en;q=nan,zh;q=inf", "zh-CN"),
        ("en;q=9,fr", "zh-CN"),
        ("english", "zh-CN"),
    ],
)
def test_the_language_that_is_liked_most_is_spoken(preferred: str, language: str) -> None:
    assert negotiate(preferred) == language


@given(st.text() | st.from_regex(r"(en|zh)?[-;q=0-9., ]*"))
def test_any_header_gives_a_language(preferred: str) -> None:
    assert negotiate(preferred) in LANGUAGES


def test_an_unknown_error_has_the_text_of_a_fault() -> None:
    assert text("no such name", "en", {}) == text("internal", "en", {})
    assert text("too_often", "en", {}) == "Too many attempts; try again in {retry_after} s"
