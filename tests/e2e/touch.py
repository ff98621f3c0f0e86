"""A finger on the screen, as Chromium's developer tools have one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from playwright.sync_api import Locator, Page


class Put(Protocol):
    def __call__(self, *, above: float = 0, left: float = 0) -> None: ...


@contextmanager
def finger(page: Page, x: float, y: float) -> Iterator[Put]:
    """Lies there until the block ends; what is given puts it so many px above and to the left."""
    touch = page.context.new_cdp_session(page)

    def put(*, above: float = 0, left: float = 0) -> None:
        points = [{"x": x - left, "y": y - above}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})

    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    yield put
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
