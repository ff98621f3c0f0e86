"""What is looked at is read, and only that."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server
from tests.ws import Chat

HOLD_FRAMES = """() => {
  const soon = requestAnimationFrame;
  const held = [];
  const isAwaited = (then) => String(then).includes('[native code]');
  globalThis.requestAnimationFrame = (then) =>
    soon((now) => (isAwaited(then) ? held.push(then) : then(now)));
  globalThis.goOn = () => {
    globalThis.requestAnimationFrame = soon;
    for (const then of held) then(0);
  };
}"""
"""A page that waits for a frame waits until `goOn()`, as it does on a machine that has much else to do."""


@pytest.fixture
def bob(server: Server, ann: Person) -> Iterator[Chat]:
    """Bob's line, over which he has written 30 messages to Ann, who has answered."""
    bob = Person(server.url, "Bob")
    ann.befriend(bob)
    with bob.chat() as line, ann.chat() as hers:
        for number in range(30):
            line.say(ann.id, f"old {number}")
        hers.say(bob.id, "I see")
        yield line


@pytest.fixture
def hers(visit: Visit, ann: Person, bob: Chat, request: pytest.FixtureRequest) -> Visitor:
    """Ann's page."""
    size, locale = request.param
    return visit("Ann", size, locale).become(ann)


AT_A_DESK, ON_A_PHONE = (
    pytest.param(place, id=name)
    for place, name in (((DESKTOP, "en"), "desktop"), ((PHONE, "zh-CN"), "phone"))
)


@pytest.mark.parametrize("hers", [AT_A_DESK, ON_A_PHONE], indirect=True)
def test_what_comes_while_a_conversation_opens_is_read_with_the_rest(
    hers: Visitor, ann: Person, bob: Chat
) -> None:
    bob.say(ann.id, "are you there?")
    badge = hers.line("Bob").get_by_test_id("unread-badge")
    expect(badge).to_contain_text("1")
    hers.page.evaluate(HOLD_FRAMES)
    hers.line("Bob").click()
    expect(hers.get("unread-line")).to_be_visible()
    for number in range(5):
        bob.say(ann.id, f"while it opens {number}")
    expect(hers.line("Bob")).to_contain_text("while it opens 4")
    hers.page.evaluate("goOn()")
    hers.sees("while it opens 4")
    expect(hers.get("message").last).to_be_in_viewport()
    expect(badge).to_have_count(0)


@pytest.mark.parametrize("hers", [AT_A_DESK, ON_A_PHONE], indirect=True)
def test_an_open_conversation_follows_what_comes_until_its_reader_goes_up(
    hers: Visitor, ann: Person, bob: Chat
) -> None:
    hers.open_conversation("Bob")
    hers.sees("I see")
    badge = hers.line("Bob").get_by_test_id("unread-badge")
    for number in range(20):
        bob.say(ann.id, "\n".join(f"line {line} of {number}" for line in range(number % 5 * 5 + 1)))
    last = hers.get("message").last
    expect(last).to_contain_text("of 19")
    expect(last).to_be_in_viewport()
    expect(badge).to_have_count(0)

    hers.get("message-list").hover()
    hers.page.mouse.wheel(0, -900)
    expect(hers.get("to-end")).to_be_visible()
    bob.say(ann.id, "below")
    expect(badge).to_contain_text("1")
    expect(hers.get("to-end")).to_contain_text(hers.words("talk.newer", count=1))
    hers.get("to-end").click()
    expect(badge).to_have_count(0)
    expect(hers.get("message").last).to_be_in_viewport()

    # A long one is folded; unfolded it is read from where its reader is, and folded again it is there.
    bob.say(ann.id, "\n".join(f"part {part}" for part in range(90)))
    long = hers.message("part 89")
    fold = long.get_by_test_id("message-fold")
    expect(fold).to_have_text(hers.words("message.more"))
    expect(fold).to_be_in_viewport(ratio=1)
    fold.click()
    expect(fold).to_have_text(hers.words("message.less"))
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(hers.get("to-end")).to_be_visible()
    expect(fold).not_to_be_in_viewport()
    hers.wait_until_still()
    assert long.evaluate("one => one.getBoundingClientRect().top") > -200
    hers.get("to-end").click()
    expect(fold).to_be_in_viewport(ratio=1)
    hers.wait_until_still()
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(fold).to_be_in_viewport(ratio=1)
    # What the browser finds in the hidden part is shown.
    long.get_by_test_id("message-text").evaluate("one => one.scrollTo(0, 500)")
    expect(fold).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("hers", [AT_A_DESK, ON_A_PHONE], indirect=True)
def test_of_many_unread_messages_only_those_that_were_shown_are_read(
    hers: Visitor, ann: Person, bob: Chat
) -> None:
    for number in range(38):
        bob.say(ann.id, f"new {number}\nin\nthree lines")
    badge = hers.line("Bob").get_by_test_id("unread-badge")
    expect(badge).to_contain_text("38")
    hers.line("Bob").click()
    expect(hers.get("unread-line")).to_be_in_viewport()
    expect(badge).to_contain_text(re.compile("^(29|3[0-4])"))
    hers.get("message-list").hover()
    hers.page.mouse.wheel(0, 800)
    expect(badge).to_contain_text(re.compile("^(1[5-9]|2[0-5])"))


def test_a_message_is_sent_then_delivered_then_read(visit: Visit, server: Server, ann: Person) -> None:
    """Sent while nobody is there, delivered when a device has it, read when it was looked at."""
    dan = Person(server.url, "Dan")
    ann.befriend(dan)
    hers = visit("Ann", DESKTOP, "en").become(ann)
    hers.tab("contacts")
    hers.get("friend-item").filter(has_text="Dan").click()
    hers.get("friend-talk").click()
    hers.say("are you there?")
    row = hers.message("are you there?")
    expect(row).to_have_attribute("data-progress", "sent")
    expect(row.get_by_role("img", name=hers.words("state.sent"))).to_be_visible()

    his = visit("Dan", PHONE, "zh-CN").become(dan)
    expect(his.line("Ann").get_by_test_id("unread-badge")).to_contain_text("1")
    expect(row).to_have_attribute("data-progress", "delivered")
    expect(row.get_by_role("img", name=hers.words("state.delivered"))).to_be_visible()
    hers.say("a second one")
    expect(hers.message("a second one")).to_have_attribute("data-progress", "delivered")
    hers.page.reload()
    expect(hers.message("a second one")).to_have_attribute("data-progress", "delivered")

    his.open_conversation("Ann")
    for text in ("are you there?", "a second one"):
        expect(hers.message(text).get_by_role("img", name=hers.words("state.read"))).to_be_visible()
    his.say("now I am")
    expect(his.message("now I am").get_by_role("img", name=his.words("state.read"))).to_be_visible()
