"""Queues: when messages come, and how long each is there."""

from __future__ import annotations

import random
from collections.abc import Sequence


def one_by_one(
    arrivals: Sequence[float], service_s: float, rng: random.Random, down: tuple[float, float] = (0, 0)
) -> list[float]:
    """How long each was there: one server, one after the other, times of service that vary (exponential).

    Args:
        down: from when to when it serves nobody.
    """
    free, stays = 0.0, []
    for came in arrivals:
        start = max(came, free)
        if down[0] <= start < down[1]:
            start = down[1]
        free = start + rng.expovariate(1 / service_s)
        stays.append(free - came)
    return stays


def in_batches(
    arrivals: Sequence[float], commit_s: float, row_s: float, most: int, down: tuple[float, float] = (0, 0)
) -> list[float]:
    """How long each was there: whatever came during one commit goes into the next, at most so many."""
    free, stays, place = 0.0, list[float](), 0
    while place < len(arrivals):
        start = max(arrivals[place], free)
        if down[0] <= start < down[1]:
            start = down[1]
        end = place
        while end < len(arrivals) and end - place < most and arrivals[end] <= start:
            end += 1
        free = start + commit_s + row_s * (end - place)
        stays += [free - came for came in arrivals[place:end]]
        place = end
    return stays


def arrivals(rate: float, seconds: float, rng: random.Random) -> list[float]:
    """Times at which messages come, at random and independent of each other."""
    found, now = list[float](), 0.0
    while rate > 0 and (now := now + rng.expovariate(rate)) < seconds:
        found.append(now)
    return found


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def recovery(times: Sequence[float], stays: Sequence[float], from_s: float, usual: float) -> float:
    """From a failure until the last message that waited more than twice as long as usual was served."""
    late = [
        came + stay for came, stay in zip(times, stays, strict=True) if came >= from_s and stay > usual * 2
    ]
    return max(late) - from_s if late else 0.0
