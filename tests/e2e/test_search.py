"""Searching in real browsers: from a word to the place in the history where it stands."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server, wait_for

LONG_AGO = 12
LONG = 30
SAID = 260

IS_SEEN = """(message) => {
  const within = message.querySelector('[data-testid=message-text]').childNodes;
  const text = [...within].find((node) => node.data?.includes('lighthouse'));
  const range = document.createRange();
  range.setStart(text, text.data.indexOf('lighthouse'));
  range.setEnd(text, text.data.indexOf('lighthouse') + 10);
  const list = document.querySelector('[data-testid=message-list]').getBoundingClientRect();
  const { top, bottom } = range.getBoundingClientRect();
  return top > list.top && bottom < list.bottom;
}"""
"""Whether a word of a message that is higher than the window is to be seen."""


@pytest.fixture(scope="module")
def told(server: Server) -> Person:
    """A friend of Bob's, who has written much to her."""
    ann, bob = Person(server.url, "Ann"), Person(server.url, "博文")
    bob.befriend(ann)
    with bob.chat() as line:
        for number in range(SAID):
            text = (
                "我们去吃饭吧, at the harbour" if number == LONG_AGO else f"message {number} 第{number}条"
            )
            if number == LONG:
                text = "up the hill\n" * 70 + "to the lighthouse" + "\nand down" * 70
            line.send(cmd=10, dstid=ann.id, media=1, msgid=f"said-{number}", content=text)
        file = {"url": "/asset/plan.pdf", "memo": "Plan 计划.pdf", "amount": 9}
        line.send(cmd=10, dstid=ann.id, media=5, msgid="plan", **file)
        line.expect(lambda frame: frame["cmd"] == 12 and frame["msgid"] == "plan")
    # The index follows the log: a page that asks before it has all is shown the newest that it has.
    wait_for(lambda: bob.post("/search/messages", text="计划")["rows"], "the last message is not found")
    return ann


@pytest.fixture(params=[(PHONE, "zh-CN"), (DESKTOP, "en")], ids=["phone-zh", "desktop-en"])
def ann(visit: Visit, told: Person, request: pytest.FixtureRequest) -> Visitor:
    """Her page."""
    size, locale = request.param
    return visit("Ann", size, locale).become(told)


def in_view(page: Page, text: str) -> None:
    message = page.get_by_test_id("message-text").filter(has_text=re.compile(f"^{re.escape(text)}$"))
    expect(message).to_be_in_viewport(timeout=10_000)


def test_a_word_leads_to_the_place_where_it_was_said_and_back(ann: Visitor) -> None:
    page = ann.page
    ann.tab("chats")
    expect(ann.get("conversation-item")).to_have_count(1)
    field = ann.get("search-input")
    field.fill("吃饭 harb")
    hit = ann.get("found-messages")
    expect(hit).to_have_count(1, timeout=10_000)
    expect(hit.locator("mark")).to_have_text(["吃饭", "harb"])
    expect(field).to_have_attribute("aria-activedescendant", re.compile("found-message-"))
    field.press("Enter")
    in_view(page, "我们去吃饭吧, at the harbour")
    in_view(page, f"message {LONG_AGO + 1} 第{LONG_AGO + 1}条")
    ann.get("to-end").click()
    expect(ann.get("message-file")).to_be_in_viewport(timeout=10_000)

    if ann.is_phone:
        ann.get("back").click()
    expect(field).to_have_value("吃饭 harb")
    field.fill("计划")
    ann.get("search-tab-files").click()
    expect(ann.get("found-files")).to_have_count(1, timeout=10_000)
    expect(ann.get("found-files").locator(".ending")).to_have_text("pdf", ignore_case=True)
    ann.get("search-tab-people").click()
    field.fill("博")
    expect(ann.get("found-people")).to_have_count(1)
    field.fill("nobody is called so")
    expect(ann.get("found-people")).to_have_count(0)
    ann.get("search-tab-messages").click()
    field.fill("message")
    expect(ann.get("found-messages")).to_have_count(20, timeout=10_000)
    for _ in range(19):
        field.press("ArrowDown")
    expect(ann.get("found-messages")).to_have_count(40, timeout=10_000)
    field.press("Escape")
    expect(ann.get("conversation-item")).to_have_count(1)
    expect(field).to_have_value("")


def test_hits_within_a_conversation_are_gone_through_one_by_one(ann: Visitor) -> None:
    page = ann.page
    ann.open_conversation("博文")
    ann.get("talk-search-open").click()
    field = ann.get("talk-search-input")
    expect(field).to_be_focused()
    busy = {"code": -1, "error": "server_busy", "msg": "too much to do"}
    page.route("**/search/messages", lambda route: route.fulfill(json=busy), times=1)
    field.fill("第1")
    expect(ann.get("talk-search-state")).to_have_text("too much to do")
    ann.get("talk-search-again").click()
    in_view(page, "message 199 第199条")
    expect(ann.get("talk-search-again")).to_be_hidden()
    field.focus()
    expect(ann.get("talk-search-state")).to_have_text("1 / 20+")
    ann.get("talk-search-older").click()
    in_view(page, "message 198 第198条")
    field.press("Enter")
    in_view(page, "message 197 第197条")
    ann.get("talk-search-newer").click()
    in_view(page, "message 198 第198条")
    field.fill("第5")
    in_view(page, "message 59 第59条")
    expect(ann.get("talk-search-state")).to_have_text("1 / 11")
    field.fill("lighthouse")
    long = ann.message("lighthouse")
    expect(long.get_by_test_id("message-fold")).to_have_attribute("aria-expanded", "true")
    page.wait_for_function(IS_SEEN, arg=long.element_handle())
    field.press("Escape")
    expect(ann.get("talk-search")).to_be_hidden()


def test_ctrl_k_jumps_to_a_person_or_into_the_search(ann: Visitor) -> None:
    page = ann.page
    ann.tab("me")
    page.keyboard.press("Control+k")
    field = ann.get("jump-input")
    expect(field).to_be_focused()
    expect(ann.get("jump-item")).to_have_count(1)
    field.fill("博")
    expect(ann.get("jump-item").locator("mark")).to_have_text("博")
    field.press("Enter")
    expect(field).to_be_hidden()
    expect(ann.get("talk-name")).to_have_text("博文")
    page.keyboard.press("Control+k")
    field.fill("harbour")
    expect(ann.get("jump-item")).to_have_count(0)
    field.press("Enter")
    expect(ann.get("found-messages")).to_have_count(1, timeout=10_000)
    page.keyboard.press("Control+k")
    field.press("Escape")
    expect(field).to_be_hidden()
