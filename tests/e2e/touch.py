"""A finger on the screen, as Chromium's developer tools have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page


@contextmanager
def finger(page: Page, x: float, y: float) -> Iterator[Callable[[float], None]]:
    """Lies there until the block ends; what is given puts it so many px above."""
    touch = page.context.new_cdp_session(page)

    def put_above(by: float) -> None:
        points = [{"x": x, "y": y - by}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})

    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    yield put_above
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
