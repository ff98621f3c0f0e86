"""A part of the page cannot be loaded: the network failed for a moment, or the server has newer pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server

PART, ITS_STYLE = "**/EmojiPanel-*.js", "**/EmojiPanel-*.css"


def keep_back(route: Route) -> None:
    route.abort()


@pytest.fixture(params=[(DESKTOP, "en"), (PHONE, "zh-CN")], ids=["desktop", "phone"])
def writing(
    visit: Visit, server: Server, ann: Person, bob: Person, request: pytest.FixtureRequest
) -> Visitor:
    """Ann, half-way through a line to Bob, with a page that lacks the emoji yet."""
    with bob.chat() as his:
        his.say(ann.id, "hello")
    size, locale = request.param
    visitor = visit("Ann", size, locale, server.url)
    # It would have kept all parts at the first visit.
    visitor.context.route("**/sw.js", keep_back)
    visitor.become(ann).open_conversation("Bob")
    visitor.get("composer-input").fill("half a thought")
    visitor.page.evaluate("window.isOfBefore = true")
    return visitor


def is_of_before(visitor: Visitor) -> bool:
    return visitor.page.evaluate("Boolean(window.isOfBefore)")


def test_a_part_that_the_network_kept_back_is_asked_for_again_in_the_same_page(writing: Visitor) -> None:
    """With its style, which Vite by itself would take for loaded."""
    page = writing.page
    for one in (PART, ITS_STYLE):
        page.route(one, keep_back)
    with page.expect_response("**/index.shtml"):
        writing.get("emoji-open").click()
    for one in (PART, ITS_STYLE):
        page.unroute(one)
    writing.get("emoji-open").click()
    writing.get("emoji-open").click()
    expect(writing.get("emoji-item").first).to_be_visible()
    expect(writing.get("emoji-item").first).to_have_css("min-height", "44px")
    assert is_of_before(writing)
    expect(writing.get("composer-input")).to_have_value("half a thought")


def test_a_part_that_is_gone_after_an_upgrade_brings_the_new_page_once(writing: Visitor) -> None:
    page = writing.page

    def be_newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r"/index-[\w-]+\.js", "/index-newer.js", answer.text()))

    page.route(PART, lambda route: route.fulfill(status=404))
    page.route(
        "**/index.shtml",
        lambda route: route.continue_() if route.request.is_navigation_request() else be_newer(route),
    )
    with page.expect_navigation():
        writing.get("emoji-open").click()
    expect(writing.get("composer-input")).to_have_value("half a thought")
    assert not is_of_before(writing)
    page.evaluate("window.isOfBefore = true")
    with page.expect_response(PART):
        writing.get("emoji-open").click()
    writing.get("emoji-open").click()
    assert is_of_before(writing)
