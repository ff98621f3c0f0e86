"""What narrows a search: the kind of messages, who sent them, in which conversation, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from fastim.protocol.frames import FILE, LOCATION
from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server

A_PLACE = {"media": LOCATION, "memo": "31.249600,121.455700", "content": "North exit"}
A_FILE = {"media": FILE, "url": "/asset/plan.pdf", "memo": "harbour plan.pdf", "amount": 9}
FOUND_MS = 10_000
"""A message can be found a moment after it was said."""


class World(NamedTuple):
    """Ann talks with Bob, and with Bob and Eve in a group; `harbour` was said seven times."""

    ann: Person
    bob: Person
    eve: Person
    crew: int


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    ann, bob, eve = (Person(server.url, name) for name in ("Ann", "Bob", "Eve"))
    ann.befriend(bob)
    crew = bob.create_group("Crew of the harbour", ann, eve)
    said = [
        (bob, 10, ann.id, {"content": "harbour at noon"}),
        (ann, 10, bob.id, {"content": "harbour, yes"}),
        (bob, 10, ann.id, {"content": "harbour pages: https://example.org"}),
        (bob, 10, ann.id, A_FILE),
        (bob, 11, crew, {"content": "harbour for the crew"}),
        (eve, 11, crew, {"content": "harbour lights"}),
        (ann, 11, crew, {"content": "harbour crew, I come"}),
        (eve, 11, crew, A_PLACE),
    ]
    for number, (who, cmd, dstid, content) in enumerate(said):
        with who.chat() as line:
            msgid = f"said-{number}"
            line.send(cmd=cmd, dstid=dstid, msgid=msgid, **content)
            line.expect(lambda frame, msgid=msgid: frame["cmd"] == 12 and frame["msgid"] == msgid)
    return World(ann, bob, eve, crew)


Search = Callable[[str], Visitor]


@pytest.fixture(params=[(PHONE, "zh-CN"), (DESKTOP, "en")], ids=["phone-zh", "desktop-en"])
def searching(visit: Visit, world: World, request: pytest.FixtureRequest) -> Search:
    """Ann, who searches these words, if any."""
    size, locale = request.param
    visitor = visit("Ann", size, locale)

    def search(words: str) -> Visitor:
        visitor.become(world.ann)
        if words:
            visitor.get("search-input").fill(words)
        return visitor

    return search


def found(visitor: Visitor, count: int, kind: str = "messages") -> None:
    expect(visitor.get(f"found-{kind}")).to_have_count(count, timeout=FOUND_MS)


def choose(visitor: Visitor, chip: str, item: str) -> None:
    visitor.get(chip).click()
    visitor.get(item).click()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def pick(visitor: Visitor, what: str, name: str) -> None:
    """From the list of people or conversations, by the name."""
    visitor.get(f"search-{what}").click()
    visitor.get(f"pick-{what}-input").fill(name)
    item = visitor.get(f"pick-{what}-item")
    expect(item).to_have_count(1)
    item.click()
    expect(visitor.get(f"search-{what}")).to_contain_text(name)


def is_off(chip: Locator, opener: Locator) -> None:
    """What took the condition off is gone, and reading goes on at the condition."""
    expect(chip).to_have_count(0)
    expect(opener).to_be_focused()


def test_by_kind(searching: Search) -> None:
    ann = searching("harbour")
    found(ann, 7)
    choose(ann, "search-kind", "menu-kind-link")
    found(ann, 1)
    choose(ann, "search-kind", "menu-kind-file")
    found(ann, 1)
    ann.get("search-kind").click()
    expect(ann.get("menu-kind-file")).to_have_attribute("aria-checked", "true")
    expect(ann.get("menu-kind-file")).to_be_focused()
    ann.get("menu-kind-location").click()
    found(ann, 0)
    ann.get("search-input").fill("")  # a kind is enough to look for
    found(ann, 1)
    ann.get("search-kind-clear").click()
    is_off(ann.get("search-kind-clear"), ann.get("search-kind"))
    found(ann, 0)


def test_by_sender(searching: Search, world: World) -> None:
    ann = searching("harbour")
    pick(ann, "sender", "Bob")
    found(ann, 4)
    expect(ann.get("found-groups")).to_have_count(0)  # no group was sent by anybody
    ann.get("search-sender").click()
    ann.get("pick-sender-item").first.click()  # oneself
    found(ann, 2)
    ann.get("search-sender").click()
    ann.get("pick-sender-input").fill("Eve")  # no friend of hers
    expect(ann.get("pick-sender-item")).to_have_count(0)
    ann.get("sheet-close").click()
    pick(ann, "talk", "Crew")
    found(ann, 1)
    pick(ann, "sender", "Eve")  # a member of the group that is searched
    found(ann, 1)
    expect(ann.get("found-messages")).to_contain_text("harbour lights")
    ann.get("search-sender-clear").click()
    is_off(ann.get("search-sender-clear"), ann.get("search-sender"))
    found(ann, 3)


def test_by_conversation(searching: Search) -> None:
    ann = searching("harbour")
    expect(ann.get("found-groups")).to_have_count(1)
    pick(ann, "talk", "Crew of the harbour")
    found(ann, 3)
    expect(ann.get("found-groups")).to_have_count(0)
    pick(ann, "talk", "Bob")
    found(ann, 4)
    ann.get("search-tab-files").click()
    found(ann, 1, "files")
    expect(ann.get("search-kind")).to_have_count(0)
    ann.get("search-tab-messages").click()
    found(ann, 4)
    pick(ann, "talk", "Crew of the harbour")
    found(ann, 3)
    ann.get("search-input").fill("")  # a conversation is enough to look for
    found(ann, 4)
    ann.get("search-input").fill("harbour")
    ann.get("search-talk-clear").click()
    is_off(ann.get("search-talk-clear"), ann.get("search-talk"))
    found(ann, 7)


def test_by_date(searching: Search) -> None:
    ann = searching("harbour")
    today = dt.datetime.now().astimezone()
    choose(ann, "search-date", "menu-date-today")
    found(ann, 7)
    ann.get("search-input").fill("")  # a day is enough to look for
    found(ann, 8)
    ann.get("search-input").fill("harbour")
    found(ann, 7)
    # Running on: Vue takes two clicks at one moment for the same one.
    ann.page.clock.set_system_time(today + dt.timedelta(days=10))
    choose(ann, "search-date", "menu-date-week")
    found(ann, 0)
    choose(ann, "search-date", "menu-date-month")
    found(ann, 7)
    ann.get("search-date").click()
    ann.get("menu-date-choose").click()
    yesterday = (today - dt.timedelta(days=1)).date().isoformat()
    ann.get("search-since").fill("")
    ann.get("search-until").fill(yesterday)
    ann.get("search-date-set").click()
    found(ann, 0)
    ann.get("search-date").click()
    expect(ann.get("menu-date-choose")).to_have_attribute("aria-checked", "true")
    ann.get("menu-date-choose").click()
    expect(ann.get("search-until")).to_have_value(yesterday)
    ann.get("search-since").fill((today + dt.timedelta(days=1)).date().isoformat())
    ann.get("search-date-set").click()  # the wrong way round: between them all the same
    found(ann, 7)
    ann.get("search-date-clear").click()
    is_off(ann.get("search-date-clear"), ann.get("search-date"))


def test_by_keys_alone(searching: Search) -> None:
    """Tab to a condition, Enter, arrows, Enter; Esc leaves all as it was, Backspace takes one off."""
    ann = searching("harbour")
    keys = ann.page.keyboard
    found(ann, 7)
    field = ann.get("search-input")
    field.focus()
    for _ in range(3):  # the cross, the tabs
        keys.press("Tab")
    expect(ann.get("search-kind")).to_be_focused()
    keys.press("Enter")
    expect(ann.get("menu-kind-text")).to_be_focused()
    keys.press("ArrowUp")
    expect(ann.get("menu-kind-record")).to_be_focused()
    keys.press("Escape")
    expect(ann.page.get_by_role("menu")).to_have_count(0)
    expect(ann.get("search-kind")).to_be_focused()
    found(ann, 7)
    keys.press("Tab")
    keys.press("Enter")
    expect(ann.get("pick-sender-input")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(ann.get("search-sender")).to_be_focused()
    expect(ann.get("search-sender")).to_contain_text("Bob")
    found(ann, 4)
    keys.press("Backspace")
    expect(ann.get("search-sender")).to_be_focused()
    found(ann, 7)


def test_the_hits_of_one_conversation_go_on_in_the_list(searching: Search) -> None:
    ann = searching("")
    ann.open_conversation("Crew of the harbour")
    ann.get("talk-search-open").click()
    ann.get("talk-search-input").fill("harbour")
    ann.get("talk-search-list").click()
    expect(ann.get("search-input")).to_have_value("harbour")
    expect(ann.get("search-talk")).to_contain_text("Crew of the harbour")
    found(ann, 3)
