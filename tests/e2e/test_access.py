"""Every page for everybody: what axe finds, what a keyboard reaches, and how much must be loaded first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from bench.pages.audit import axe
from bench.pages.weight import PAGES, initial_bytes
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
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


AT_REST = """() => document.getAnimations().every((one) =>
  one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"""
"""Nothing moves on the page, but for what moves for ever."""


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
        ann.page.wait_for_function(AT_REST)  # what comes in softly is half seen, and half as dark
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


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_keyboard_reaches_everything(
    visit: Callable[..., Visitor], ann: Person, bob: Person, locale: str
) -> None:
    """From a list into a talk and out of it, to the next one, what keys there are, and back from pages."""
    eve = Person(bob.base, "Eve")
    ann.befriend(eve)
    with ann.chat() as line:
        line.say(bob.id, "hello Bob")
        line.say(eve.id, "hello Eve")
    ann = visit("Ann", DESKTOP, locale).become(ann)
    rows = ann.get("conversation-item")
    expect(rows).to_have_count(2)
    rows.first.focus()
    ann.page.keyboard.press("ArrowDown")
    expect(rows.last).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(ann.get("talk-name")).to_have_text("Bob")
    expect(ann.get("composer-input")).to_be_focused()
    ann.page.keyboard.type("one")
    ann.page.keyboard.press("Shift+Enter")
    ann.page.keyboard.type("two")
    ann.page.keyboard.press("Escape")  # not away from what is written
    expect(ann.get("composer-input")).to_have_value("one\ntwo")
    ann.page.keyboard.press("Enter")
    expect(ann.get("message-text").last).to_have_text("one\ntwo")
    ann.page.keyboard.press("Alt+ArrowDown")
    expect(ann.get("talk-name")).to_have_text("Eve")
    ann.page.keyboard.press("Escape")
    expect(ann.get("composer-input")).to_have_count(0)
    ann.get("tab-chats").focus()
    ann.page.keyboard.press("?")
    expect(ann.page.get_by_role("dialog")).to_contain_text(ann.words("keys.title"))
    ann.page.keyboard.press("Escape")
    expect(ann.page.get_by_role("dialog")).to_have_count(0)
    expect(ann.get("tab-chats")).to_be_focused()
    ann.page.keyboard.press("Alt+Digit4")
    expect(ann.get("logout")).to_be_visible()
    ways = [("me-privacy", "privacy-code"), ("me-privacy", "privacy-blocked")]
    for above, below in ways:
        for row in (above, below):
            ann.get(row).press("Enter")
            expect(ann.get("page-back")).to_be_focused()
        for row in (below, above):
            ann.page.keyboard.press("Escape")
            expect(ann.get(row)).to_be_focused()
