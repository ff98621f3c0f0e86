"""Whoever signs in next in the same browser finds nothing of whoever was there before."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from fastim.routes.context import COOKIE
from tests import pictures
from tests.e2e import kept
from tests.e2e.conftest import BOTH, Visit
from tests.e2e.visitor import Visitor
from tests.faults.proxy import Proxy
from tests.people import Person
from tests.servers import Server, wait_for

WATCH = """(words) => {
  const look = () => document.documentElement.textContent.includes(words) && (sessionStorage.seen = words);
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}"""
"""Notes whether words were on the page for as short as a moment."""

SECRET = "for Ann alone"
UNSENT = "of Ann and never sent"
DRAFT = "half a thought of Ann's"


@pytest.fixture
def cat(server: Server, bob: Person) -> Person:
    """Another friend of Bob's: what is meant for him would reach him from her too."""
    cat = Person(server.url, "Cat")
    cat.befriend(bob)
    return cat


def write_without_a_line(hers: Visitor, line: Proxy) -> None:
    """A message that waits to be sent, and a draft that is not saved."""
    line.go_down()
    expect(hers.get("connection-state").first).to_have_attribute(
        "data-state", re.compile("offline|connecting")
    )
    hers.say(UNSENT)
    expect(hers.message(UNSENT)).to_have_attribute("data-progress", "sending")
    hers.get("composer-input").fill(DRAFT)
    wait_for(lambda: kept.places_of(hers.page, DRAFT), "the draft is not kept")


def sign_in(context: BrowserContext, person: Person, base: str) -> None:
    """As after a log-in in another tab."""
    context.add_cookies([{"name": COOKIE, "value": person.token, "url": base, "httpOnly": True}])


def finds_nothing(page: Page, cat: Person, bob: Person) -> None:
    """Online and up to date, the page and the browser have nothing of Ann's, and Bob got nothing."""
    expect(page.get_by_test_id("connection-state").first).to_have_attribute("data-state", "online")
    page.get_by_test_id("tab-me").click()
    expect(page.get_by_test_id("me-nickname")).to_have_text("Cat")
    expect(page).to_have_title("FastIM")
    assert page.evaluate("sessionStorage.seen") is None
    for words in (SECRET, UNSENT, DRAFT):
        wait_for(lambda words=words: not kept.places_of(page, words), f"{words} is still kept", 10)
    with bob.chat() as his:
        said = [one["content"] for one in bob.history(10, cat.id)]
        assert (said, his.inbox_contents()) == ([], [])
    assert [one["draft"] for one in cat.sync()["settings"] if one["draft"]] == []


@BOTH
def test_after_a_session_that_ended_elsewhere_nothing_is_left_for_the_next_account(
    visit: Visit, line: Proxy, ann: Person, bob: Person, cat: Person, size: dict[str, int], locale: str
) -> None:
    """Ann's page was closed before it could hear that she is signed out."""
    url = bob.upload(pictures.picture("PNG", 300, 200), "a.png")
    with bob.chat() as his:
        his.say(ann.id, SECRET)
        his.send(cmd=10, dstid=ann.id, media=4, url=url, pic=f"{url}?thumb=1", memo="300x200", msgid="shot")
        his.expect(lambda frame: frame["cmd"] == 12 and frame["msgid"] == "shot")
    hers = visit("Ann", size, locale, line.url).become(ann)
    hers.open_conversation("Bob")
    kept.wait_for_worker(hers.page)
    hers.page.reload()
    hers.sees_picture(1)
    wait_for(lambda: url in kept.pictures(hers.page), "the picture is not kept")
    wait_for(lambda: kept.places_of(hers.page, SECRET), "the conversation is not kept")
    write_without_a_line(hers, line)
    hers.page.goto("about:blank")
    ann.post("/user/logoutall")
    line.come_up()

    hers.page.add_init_script(f"({WATCH})({SECRET!r})")
    hers.mobile = cat.mobile
    hers.log_in()
    finds_nothing(hers.page, cat, bob)
    assert url not in kept.pictures(hers.page)


@BOTH
def test_a_tab_that_slept_through_the_change_shows_and_sends_nothing_as_somebody_else(
    visit: Visit, line: Proxy, ann: Person, bob: Person, cat: Person, size: dict[str, int], locale: str
) -> None:
    """Ann's tab has no line while Cat signs in beside it; then it becomes Cat's."""
    with bob.chat() as his:
        his.say(ann.id, SECRET)
    hers = visit("Ann", size, locale, line.url).become(ann)
    hers.open_conversation("Bob")
    hers.sees(SECRET)
    write_without_a_line(hers, line)
    sign_in(hers.context, cat, line.url)
    line.come_up()
    expect(hers.page.get_by_text(SECRET)).to_have_count(0, timeout=40_000)
    if hers.is_phone:
        hers.get("back").click()
    finds_nothing(hers.page, cat, bob)
