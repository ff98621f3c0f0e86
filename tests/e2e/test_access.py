"""Every page for everybody: what axe finds, what a keyboard reaches, and how much must be loaded first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from bench.pages.audit import axe
from bench.pages.weight import PAGES, initial_bytes
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.servers import Server

MOST_INITIAL_BYTES = 120_000
"""Of scripts with gzip before a page shows anything: a second of a slow phone's line and processor."""


@pytest.mark.parametrize("page", PAGES)
def test_little_has_to_be_loaded_before_a_page_shows_anything(page: str) -> None:
    assert initial_bytes(page) < MOST_INITIAL_BYTES


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """Make visitors; they are gone afterwards."""
    visitors: list[Visitor] = []

    def make(*args: object, **options: object) -> Visitor:
        visitors.append(Visitor(browser, server.url, *args, **options))  # type: ignore[arg-type]
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize(
    ("size", "locale", "dark"), [(DESKTOP, "en", True), (PHONE, "zh-CN", False)], ids=["desktop", "phone"]
)
def test_axe_finds_nothing_serious(
    visit: Callable[..., Visitor], size: dict[str, int], locale: str, dark: bool
) -> None:
    """On the entrance, in a talk, in each tab, in sheets and panels; in the dark and by day."""
    ann, bob = visit("Ann", size, locale, dark), visit("Bob", size, locale)
    faults: dict[str, list[str]] = {}

    def look(place: str) -> None:
        ann.page.wait_for_timeout(300)  # what comes in softly is half seen, and half as dark, on its way
        faults[place] = axe(ann.page)

    ann.page.goto(f"{ann.base}/login.shtml")
    look("login")
    ann.page.goto(f"{ann.base}/register.shtml")
    look("register")
    ann.register()
    look("no chats")
    bob.register()
    ann.add_friend(bob)
    look("contacts")
    ann.open_friend(bob)
    ann.say("See https://example.org")
    ann.sees("See")
    ann.send_sticker()
    look("talk")
    ann.get("emoji-open").click()
    expect(ann.get("emoji-item").first).to_be_visible()
    look("emoji")
    ann.page.keyboard.press("Escape")
    ann.get("talk-info").click()
    look("person")
    ann.page.keyboard.press("Escape")
    ann.tab("chats")
    look("chats")
    ann.tab("groups")
    look("groups")
    ann.get("create-group-open").click()
    look("new group")
    ann.page.keyboard.press("Escape")
    ann.tab("me")
    look("me")
    assert {place: found for place, found in faults.items() if found} == {}
