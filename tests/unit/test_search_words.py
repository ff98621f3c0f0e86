"""Words: whatever stands in a text is found by any of its beginnings, and shown where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.search import Term
from fastim.backends.search import mysql as mysql_words
from fastim.services.search_words import fold, parse, words_of

TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "吃饭了繁體简体 aAbB09.,_'\"*+-()~<>@%\\ 👍🏽👨‍👩‍👧é́ßﬁＡ①ｶﾞ가각한ไทยпривет\u0301\ufe0f"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


def cut(text: str, ranges: list[tuple[int, int]]) -> list[str]:
    """The pieces of a text, as JavaScript would cut them."""
    units = text.encode("utf-16-le")
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in ranges]


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("我们去吃饭吧", "吃饭", ["吃饭"]),
        ("\u200d", "", []),
        ("我们去吃饭吧", "饭", ["饭"]),
        ("我们去吃饭吧", "去 吧", ["去", "吧"]),
        ("饭吃了, 去吃早饭", "吃饭", []),
        ("Hello World", "hel wor", ["Hel", "Wor"]),
        ("Hello World", "ello", []),
        ("say HELLO-world", "hello-w", ["HELLO-w"]),
        ("iPhone15ProMax", "iphone15", ["iPhone15"]),
        ("iPhone15ProMax", "15pro", ["15Pro"]),
        ("order 20251125", "2025", ["2025"]),
        ("ＡＢＣ① ﬁne", "abc1 fine", ["ＡＢＣ①", "ﬁne"]),
        ("cafe\u0301 Straße", "café strasse", ["cafe\u0301", "Straße"]),
        ("好的👍🏽 明天见", "👍", ["👍"]),
        ("x👍y", "👍y", ["👍y"]),
        ("家👨‍👩‍👧家", "👨‍👩‍👧", ["👨‍👩‍👧"]),
        ("我在用FastIM聊天", "fastim聊", ["FastIM聊"]),
        ("한국어 공부", "국어", ["국어"]),
        ("Привет, мир", "прив", ["Прив"]),
        ("繁體字", "繁体", []),
        ("aaa aa", "aa", ["aa", "aa"]),
        ("https://example.org/a?b=1", "example.org", ["example.org"]),
        ("50% off (now)", "(off)", ["off"]),
        ("ꭰ", "Ꭰ", ["ꭰ"]),
    ],
)
def test_what_was_typed_is_found_and_shown_where_it_stands(text: str, typed: str, shown: list[str]) -> None:
    query = parse(typed)
    assert cut(text, query.find(text)) == shown
    if shown:
        assert all(is_had(text, term) for term in query.words)


@pytest.mark.parametrize("typed", ["", "  ", "...", '"*"', "+-()", "\u200d", "、。"])
def test_signs_alone_ask_for_nothing(typed: str) -> None:
    assert parse(typed).words == ()


def is_had(text: str, term: Term) -> bool:
    words = words_of(text)
    return any(word.startswith(term.text) for word in words) if term.is_prefix else term.text in words


@given(TEXTS, st.data())
def test_every_piece_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    """Any piece that begins where a word begins: the index has its words, and the text shows it."""
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    piece = folded[start : start + data.draw(st.integers(1, 8))]
    query = parse(piece)
    if query.find(text):
        assert all(is_had(text, term) for term in query.words)
    whole = parse(text)
    if whole.parts and len(text.split()) <= 8:
        assert whole.find(text), "a text is found by itself"


@given(TEXTS, TEXTS)
def test_ranges_are_within_the_text_in_order_and_apart(text: str, typed: str) -> None:
    ranges = parse(typed).find(text)
    ends = [0, *(place for each in ranges for place in each), len(text.encode("utf-16-le")) // 2]
    assert ends == sorted(ends)
    assert all(start < end for start, end in ranges)


@given(TEXTS)
def test_words_hold_nothing_that_an_index_could_take_for_its_own_syntax(text: str) -> None:
    """Letters, digits and signs beyond ASCII; in MySQL's form ASCII letters, digits and `_` alone."""
    for word in {*words_of(text), *(term.text for term in parse(text).words)}:
        assert word
        assert all(char.isalnum() or ord(char) > 127 for char in word), word
        assert not any(char.isspace() for char in word)
        stored = mysql_words._word(mysql_words._begin(7), word)
        assert set(stored) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
        assert 9 <= len(stored) <= 84


@given(st.text(max_size=12), st.text(max_size=12))
def test_mysqls_form_of_a_beginning_is_a_beginning_of_its_form(one: str, rest: str) -> None:
    for word in words_of(one + rest):
        for size in range(1, len(word)):
            assert mysql_words._word("", word).startswith(mysql_words._word("", word[:size]))
