"""Words: what of a text is indexed, what a search asks for, and where in a text it was found. Pure.

A text is folded first (NFKC and casefold; traditional and simplified characters stay what they are), then
cut into runs of one class:

    letters, digits     one word each, found by any beginning: `hel` finds hello
    scripts without blanks between words (Chinese, Japanese, Korean, Thai …)
                        every character, and every two neighbours: 吃饭了 is 吃 饭 了 吃饭 饭了
    emoji, other signs  every character

A search's words are looked up in the index; whether they stand next to each other as they were typed is
then seen in the text itself (`Query.find`).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from fastim.backends.search import Term
from fastim.protocol import limits

Range = tuple[int, int]
"""From and to (exclusive) in UTF-16 code units, as JavaScript counts."""

_LETTER, _DIGIT, _DENSE, _SIGN, _BLANK = range(5)

_DENSE_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul jamo
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3041, 0x318F),  # kana, bopomofo, jamo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),  # Hangul
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
_JOINERS = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff\u00ad")
"""Of no width: between the parts of an emoji, or put into a text by an editor."""


@functools.lru_cache(maxsize=16384)
def _class(char: str) -> int:
    code = ord(char)
    if code < 128:
        return _LETTER if char.isalpha() else _DIGIT if char.isdigit() else _BLANK
    category = unicodedata.category(char)
    if category[0] in "LM" or category == "Nl":
        return _DENSE if any(low <= code <= high for low, high in _DENSE_RANGES) else _LETTER
    if category[0] == "N":
        return _DIGIT
    return _SIGN if category in ("So", "Sm", "Sc", "Sk") else _BLANK


def fold(text: str) -> str:
    """The form in which texts are compared."""
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters where it comes from; None where they are the same."""
    if text.isascii():
        return text.lower(), None
    folded = text.casefold()
    if (
        len(folded) == len(text)
        and unicodedata.is_normalized("NFKC", folded)
        and _JOINERS.isdisjoint(folded)
    ):
        return folded, None  # casefold never makes one of two, so each stands where it stood
    parts: list[str] = []
    origins: list[int] = []
    for start, cluster in _clusters(text):
        part = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
        part = "".join(char for char in part if char not in _JOINERS)
        parts.append(part)
        origins.extend([start] * len(part))
    return "".join(parts), origins


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that NFKC cannot join with each other: a letter with its marks."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _is_joined(text[place]):
            yield start, text[start:place]
            start = place


def _is_joined(char: str) -> bool:
    is_mark = unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Mc", "Me")
    return bool(is_mark) or char in "\uff9e\uff9f" or "\u1160" <= char <= "\u11ff" or char in _JOINERS


def _runs(folded: str) -> Iterator[tuple[int, str]]:
    """(class, run) without blanks."""
    start, before = 0, _BLANK
    for place, char in enumerate(folded):
        now = _class(char)
        if now == before:
            continue
        if before != _BLANK:
            yield before, folded[start:place]
        start, before = place, now
    if before != _BLANK:
        yield before, folded[start:]


def words_of(text: str) -> set[str]:
    """Everything that a text can be found by."""
    found: set[str] = set()
    for kind, run in _runs(fold(text)):
        if kind in (_LETTER, _DIGIT):
            found.add(run[: limits.SEARCH_WORD_CHARS])
            continue
        found.update(run)
        if kind == _DENSE:
            found.update(map("".join, pairwise(run)))
    return found


def _wanted(folded: str) -> Iterator[Term]:
    for kind, run in _runs(folded):
        if kind in (_LETTER, _DIGIT):
            yield Term(run[: limits.SEARCH_WORD_CHARS], is_prefix=True)
        elif kind == _SIGN or len(run) == 1:
            yield from (Term(char) for char in run)
        else:
            yield from (Term(run[place : place + 2]) for place in range(len(run) - 1))


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed: `parts` must all be in a text, each as it was typed."""

    parts: tuple[str, ...]
    words: tuple[Term, ...]
    """What the index is asked for: no text that has all parts lacks one of these."""

    def is_in(self, text: str) -> bool:
        """Whether a name or number has all parts, anywhere in it."""
        folded = fold(text)
        return bool(self.parts) and all(part in folded for part in self.parts)

    def find(self, text: str) -> list[Range]:
        """Where the parts stand in a text, in order and without overlap; nothing unless all are there."""
        folded, origins = _folded(text)
        found: list[Range] = []
        for part in self.parts:
            places = list(_places(folded, part))
            if not places:
                return []
            found.extend(places)
        if found and origins is not None:  # a text of joiners alone has none
            ends = dict(_spans(origins, len(text)))
            found = [(origins[start], ends[origins[end - 1]]) for start, end in found]
        return _in_utf16(text, _joined(found))


def parse(text: str) -> Query:
    """A query of what was typed, at most `limits.SEARCH_PARTS` parts; without parts there is nothing to
    look for."""
    parts = dict.fromkeys(filter(None, map(_stripped, fold(text).split())))
    kept = tuple(parts)[: limits.SEARCH_PARTS]
    words = dict.fromkeys(word for part in kept for word in _wanted(part))
    return Query(kept, tuple(words))


def _stripped(part: str) -> str:
    """Without the signs of a sentence around it."""
    start, end = 0, len(part)
    while start < end and _class(part[start]) == _BLANK:
        start += 1
    while end > start and _class(part[end - 1]) == _BLANK:
        end -= 1
    return part[start:end]


def _places(folded: str, part: str) -> Iterator[Range]:
    """Where a part stands; one that begins with a letter or digit begins a word."""
    kind = _class(part[0])
    at = folded.find(part)
    while at >= 0:
        if not at or kind not in (_LETTER, _DIGIT) or _class(folded[at - 1]) != kind:
            yield at, at + len(part)
        at = folded.find(part, at + 1)


def _spans(origins: list[int], length: int) -> Iterator[Range]:
    starts = sorted(set(origins))
    return zip(starts, [*starts[1:], length], strict=True)


def _joined(ranges: Iterable[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _in_utf16(text: str, ranges: list[Range]) -> list[Range]:
    if text.isascii() or max(text) < "\U00010000":
        return ranges
    units = [0]
    for char in text:
        units.append(units[-1] + (2 if char > "\uffff" else 1))
    return [(units[start], units[end]) for start, end in ranges]
