"""Attempts are counted in a moving window, and nothing is kept of those who stopped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.errors import TooOften
from fastim.services.ratelimit import RateLimit, Window


def test_whoever_tried_too_often_is_told_when_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("fastim.services.ratelimit.time.monotonic", lambda: now[0])
    rates = RateLimit(enabled=True)
    for _ in range(10):
        rates.hit("10/5minutes", "log-in", "ann")
        now[0] += 1
    with pytest.raises(TooOften) as refused:
        rates.hit("10/5minutes", "log-in", "ann")
    assert refused.value.details["retry_after"] == 290
    rates.hit("10/5minutes", "log-in", "bob")
    now[0] += 290
    rates.hit("10/5minutes", "log-in", "ann")
    with pytest.raises(TooOften):
        rates.hit("10/5minutes", "log-in", "ann")


def test_switched_off_it_counts_nothing() -> None:
    rates = RateLimit(enabled=False)
    for _ in range(100):
        rates.hit("1/hour", "register", "here")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=80), st.integers(0, 4))
def test_a_window_agrees_with_a_plain_model(steps: list[tuple[str, int]], most: int) -> None:
    """Never more than `most` within its seconds; the wait it tells is the least; the idle are forgotten."""
    window, now = Window(most, 60), 0.0
    counted: dict[str, list[float]] = {}
    for name, pause in steps:
        now += pause
        recent = [at for at in counted.get(name, []) if at > now - 60]
        wait = window.take((name,), now)
        if len(recent) < most:
            assert wait == 0
            counted[name] = [*recent, now]
        else:
            assert wait == (recent[0] + 60 - now if recent else 60)
    assert len(window) <= len(counted)
    if most:
        window.take(("last",), now + 1000)
        assert len(window) == 1
