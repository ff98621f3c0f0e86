"""Movement: numbers that loop with time, from 0 to below 1."""

from __future__ import annotations

import math


def swing(t: float, times: int = 1, phase: float = 0) -> float:
    """From -1 to 1 and back, `times` in a loop."""
    return math.sin(math.tau * (t * times + phase))


def hop(t: float, times: int = 1) -> float:
    """From 0 to 1 and back like a ball, `times` in a loop."""
    return abs(math.sin(math.pi * t * times))
