"""Waiting for what takes its time, with an end to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

START_SECONDS = 30

T = TypeVar("T")


def wait_for(condition: Callable[[], T], what: str = "", seconds: float = START_SECONDS) -> T:
    """The first true value of `condition`, asked again every 20 ms.

    Raises:
        TimeoutError: it stayed false.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(what or f"{condition} stayed false for {seconds} s")
        time.sleep(0.02)
    return value
