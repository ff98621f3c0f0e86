"""How words are written for FTS5: each under its conversation.

`3f_吃饭` is 吃饭 in the conversation whose id is 3f in base 36. So a word that everybody uses costs a
search only what one's own conversations have of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastim.backends.search import Sought, Term

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def stored(conversation_id: int, words: Iterable[str]) -> str:
    """The text that FTS5 is given for a message with these words."""
    begin = _base36(conversation_id) + "_"
    return " ".join([begin + word for word in words])


def match(sought: Sought) -> str:
    """FTS5's query: every term in any of the conversations. A message is in one, so all are in the same."""
    begins = [_base36(conversation_id) + "_" for conversation_id in sought.conversation_ids]
    return " AND ".join(
        "(" + " OR ".join(_quoted(begin, term) for begin in begins) + ")" for term in sought.terms
    )


def _quoted(begin: str, term: Term) -> str:
    """A string of FTS5's grammar."""
    return f'"{begin}{term.text}"*' if term.is_prefix else f'"{begin}{term.text}"'


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
