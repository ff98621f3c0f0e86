"""When somebody may be disturbed; the pages' tests read the same cases."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.protocol.views import Notices
from fastim.services.notices import is_silent

CASES = json.loads(Path(__file__).with_name("notice_cases.json").read_text("utf-8"))
DAY_MS = 86_400_000


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_the_rules_say_when_it_is_quiet(case: dict[str, Any]) -> None:
    now_ms = int(datetime.fromisoformat(case["now"]).timestamp() * 1000)
    assert is_silent(msgspec.convert(case["rules"], Notices), now_ms) is case["silent"]


minutes = st.integers(0, 1439)


@given(minutes, minutes, st.integers(0, 127), st.integers(0, 7 * DAY_MS))
def test_a_quiet_time_and_the_rest_of_the_day_share_the_week(
    start: int, end: int, days: int, at: int
) -> None:
    """At any moment exactly one of both is quiet, where every day has both; on no day neither is."""
    rules = Notices(quiet=True, quietfrom=start, quietto=end, quietdays=127)
    rest = msgspec.structs.replace(rules, quietfrom=end, quietto=start)
    if start != end:
        assert is_silent(rules, at) != is_silent(rest, at)
    assert not is_silent(msgspec.structs.replace(rules, quietdays=0), at)
    some = msgspec.structs.replace(rules, quietdays=days)
    assert is_silent(rules, at) or not is_silent(some, at)
