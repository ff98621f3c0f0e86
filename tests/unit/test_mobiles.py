"""Telephone numbers in the one form that is stored."""

from __future__ import annotations

import pytest

from fastim.errors import Refused
from fastim.services.mobiles import normalise


@pytest.mark.parametrize(
    "mobile", ["13800000001", "17000000001", "16600000000", "19912345678", "14712345678"]
)
def test_a_chinese_mobile_number_stays_as_the_old_pages_write_it(mobile: str) -> None:
    assert normalise(mobile) == mobile


@pytest.mark.parametrize(
    "typed",
    [
        "+8613800000001",
        "+86 138 0000 0001",
        "008613800000001",
        "8613800000001",
        " 138-0000-0001 ",
        "(138) 0000.0001",
        "１３８００００００ ０１",
        "＋８６１３８００００００ ０１",
    ],
)
def test_other_spellings_of_a_chinese_number_are_the_same_number(typed: str) -> None:
    """With its country code, in groups, and in the full width of Chinese input methods."""
    assert normalise(typed) == "13800000001"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+1 (415) 555-2671", "+14155552671"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+852 5123 4567", "+85251234567"),
        ("+86 10 6552 9988", "+861065529988"),
    ],
)
def test_other_numbers_are_stored_as_e164(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "12345",
        "1380000000",
        "138000000011",
        "12800000001",
        "4155552671",
        "+",
        "+1",
        "+999123456789",
        "+1415555267100000000",
        "13800000001; DROP TABLE user",
        "1٣٨٠٠٠٠٠٠٠١",
        "1" * 100_000,
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Digits of other scripts would look like an account that they are not."""
    with pytest.raises(Refused, match="bad_mobile"):
        normalise(typed)
