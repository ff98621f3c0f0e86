"""Visitors whose pages must not complain, and a line to the server that can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitor import DESKTOP, PHONE, Visitor, uncomplaining
from tests.faults.proxy import Proxy
from tests.servers import Server

Visit = Callable[..., Visitor]
BOTH = pytest.mark.parametrize(
    ("size", "locale"), [(DESKTOP, "en"), (PHONE, "zh-CN")], ids=["desktop", "phone"]
)
"""A test of the pages runs on a desktop in English and on a phone in Chinese."""


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Make visitors; afterwards no page may have complained. `base` is that of a line that may fail."""
    with uncomplaining() as visitors:

        def make(name: str, size: dict[str, int], locale: str, base: str = "", **looks: bool) -> Visitor:
            visitor = Visitor(browser, base or server.url, name, size, locale, **looks)
            visitor.is_line_sure = not base
            visitors.append(visitor)
            return visitor

        yield make


@pytest.fixture
def line(server: Server) -> Iterator[Proxy]:
    """A way to the server that a test can break, for pages that are visited at its address."""
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()
