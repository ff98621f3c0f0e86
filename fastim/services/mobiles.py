"""Phone numbers, in the one form in which they are stored and looked up."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from fastim.errors import Refused

_CHINESE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})", re.ASCII)
_MOST_CHARS = 32


def normalise(mobile: str) -> str:
    """A number as it is stored.

    A Chinese mobile number is its eleven digits, as the pages of the Go version write it; any other
    is E.164 with its plus.

    Raises:
        Refused: `bad_mobile`.
    """
    # NFKC: a Chinese input method may write digits and + in full width.
    plain = re.sub(r"[\s()\-.]", "", unicodedata.normalize("NFKC", mobile[:_MOST_CHARS]))
    chinese = _CHINESE.fullmatch(plain)
    if chinese is not None:
        return chinese[1]
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    try:
        number = phonenumbers.parse(plain, None)
    except phonenumbers.NumberParseException as error:
        raise Refused("bad_mobile") from error
    if not phonenumbers.is_possible_number(number):
        raise Refused("bad_mobile")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
