"""Visitors whose pages must not complain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitor import Visitor
from tests.servers import Server

Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Make visitors; afterwards no page may have complained."""
    visitors: list[Visitor] = []

    def make(name: str, size: dict[str, int], locale: str) -> Visitor:
        visitor = Visitor(browser, server.url, name, size, locale)
        visitors.append(visitor)
        return visitor

    yield make
    complaints = [f"{visitor.name}: {text}" for visitor in visitors for text in visitor.complaints]
    for visitor in visitors:
        visitor.close()
    assert complaints == []
