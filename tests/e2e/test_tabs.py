"""Two tabs of one person: one text that is written, and one order of what is sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import BOTH, Visit
from tests.e2e.visitor import Visitor
from tests.faults.proxy import Proxy
from tests.people import Person
from tests.servers import Server, wait_for

AWAY = re.compile("offline|connecting")
BACK_MS = 40_000


def composer(page: Page) -> Locator:
    return page.get_by_test_id("composer-input")


def say(page: Page, text: str) -> None:
    composer(page).fill(text)
    composer(page).press("Enter")


def is_line(page: Page, state: str | re.Pattern[str]) -> None:
    shown = page.get_by_test_id("connection-state").first
    expect(shown).to_have_attribute("data-state", state, timeout=BACK_MS)


def texts(page: Page) -> Locator:
    return page.get_by_test_id("message-text")


def said(person: Person, other: Person) -> list[str]:
    """The texts of their conversation, as the log has them."""
    return [one["content"] for one in person.history(10, other.id)]


def drafts(person: Person) -> dict[int, str]:
    """What the server keeps of what the person began to write, by whom it is to."""
    return {one["dstid"]: one["draft"] for one in person.sync()["settings"] if "draft" in one}


@pytest.fixture
def cat(server: Server, ann: Person) -> Person:
    """Another friend of Ann's."""
    cat = Person(server.url, "Cat")
    ann.befriend(cat)
    return cat


@pytest.fixture
def talks(ann: Person, bob: Person, cat: Person) -> None:
    """Both friends have said something to Ann."""
    for friend in (bob, cat):
        with friend.chat() as line:
            line.say(ann.id, "hello")


def two_tabs(hers: Visitor) -> tuple[Page, Page]:
    """Both with the conversation with Bob open, and up to date."""
    hers.open_conversation("Bob")
    second = hers.context.new_page()
    second.goto(hers.page.url)
    for page in (hers.page, second):
        expect(texts(page)).to_have_text(["hello"])
        is_line(page, "online")
    return hers.page, second


@BOTH
def test_what_is_typed_in_two_tabs_is_one_text_and_what_is_sent_comes_once_in_one_order(
    visit: Visit, ann: Person, bob: Person, talks: None, size: dict[str, int], locale: str
) -> None:
    first, second = two_tabs(visit("Ann", size, locale).become(ann))
    with bob.chat() as his:
        composer(first).press_sequentially("begun here")
        expect(composer(second)).to_have_value("begun here")
        assert his.expect(lambda frame: frame["cmd"] == 15)["userid"] == ann.id
        composer(second).press("End")
        composer(second).press_sequentially(", ended there")
        expect(composer(first)).to_have_value("begun here, ended there")
        composer(second).press("Enter")
        for page in (first, second):
            expect(composer(page)).to_have_value("")
        words = [f"{number} of tab {number % 2}" for number in range(8)]
        for number, text in enumerate(words):
            say((first, second)[number % 2], text)
        for text in words:
            his.message(text)
    log = said(bob, ann)
    assert sorted(log) == sorted(["hello", "begun here, ended there", *words])
    for page in (first, second):
        expect(texts(page)).to_have_text(log)
        expect(composer(page)).to_have_value("")
    wait_for(lambda: drafts(ann) == {}, "a draft came back")


@BOTH
def test_each_tab_writes_to_somebody_else(
    visit: Visit, ann: Person, bob: Person, cat: Person, talks: None, size: dict[str, int], locale: str
) -> None:
    """Letter by letter in turns; both drafts are kept apart, and each message goes where it was written."""
    hers = visit("Ann", size, locale).become(ann)
    first, second = two_tabs(hers)
    if hers.is_phone:
        second.get_by_test_id("back").click()
    second.get_by_test_id("conversation-item").filter(has_text="Cat").click()
    expect(second.get_by_test_id("talk-name")).to_have_text("Cat")
    for one, other in zip("for Bob", "to Cat.", strict=True):
        composer(first).press(one if one != " " else "Space")
        composer(second).press(other if other != " " else "Space")
    expect(composer(first)).to_have_value("for Bob")
    expect(composer(second)).to_have_value("to Cat.")
    wait_for(lambda: drafts(ann) == {bob.id: "for Bob", cat.id: "to Cat."}, "no drafts")
    for page in (first, second):
        composer(page).press("Enter")
        expect(composer(page)).to_have_value("")
    wait_for(lambda: said(bob, ann) == ["hello", "for Bob"] and said(cat, ann) == ["hello", "to Cat."])
    wait_for(lambda: drafts(ann) == {}, "a draft came back")


@BOTH
def test_what_both_tabs_wrote_without_a_network_arrives_once_in_the_order_of_writing(
    visit: Visit, line: Proxy, ann: Person, bob: Person, talks: None, size: dict[str, int], locale: str
) -> None:
    """Also what a tab wrote that is closed before the line is back; what is sent is no draft again."""
    first, second = two_tabs(visit("Ann", size, locale, line.url).become(ann))
    line.go_down()
    for page in (first, second):
        is_line(page, AWAY)
    words = ["one", "two", "three", "four"]
    for number, text in enumerate(words):
        say((first, second)[number % 2], text)
    first.close()
    line.come_up()
    expect(texts(second)).to_have_text(["hello", *words], timeout=BACK_MS)
    for row in second.locator("[data-testid=message][data-own=true]").all():
        expect(row).to_have_attribute("data-progress", "sent", timeout=BACK_MS)
    assert said(bob, ann) == ["hello", *words]
    expect(composer(second)).to_have_value("")
    wait_for(lambda: drafts(ann) == {}, "a draft came back")


@BOTH
def test_what_is_too_long_for_a_draft_stays_where_it_was_written(
    visit: Visit, ann: Person, talks: None, size: dict[str, int], locale: str
) -> None:
    """The server refuses to keep it; the page keeps it, over a reload too."""
    hers = visit("Ann", size, locale).become(ann)
    hers.is_line_sure = False  # the browser tells of every answer that is a refusal
    hers.open_conversation("Bob")
    text = "much " * 2000
    with hers.page.expect_response("**/message/settings") as answer:
        hers.get("composer-input").fill(text)
    assert answer.value.status == 400
    expect(hers.get("composer-input")).to_have_value(text)
    hers.page.reload()
    expect(hers.get("composer-input")).to_have_value(text)
