"""Two people and their settings: links, labels, blocks, receipts, and being told of messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.client import PASSWORD
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.servers import Server

Visit = Callable[..., Visitor]

RECORD_NOTICES = """
  window.notices = [];
  window.Notification = class {
    static permission = 'default';
    static requestPermission() { Notification.permission = 'granted'; return Promise.resolve('granted'); }
    constructor(title, options) { window.notices.push([title, options.body, options.tag, this]); }
    close() {}
  };
  window.away = false;
  document.hasFocus = () => !window.away;
"""
"""A headless browser has no system to show notices with: what would be shown is kept instead."""


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Make visitors; afterwards no page may have complained."""
    visitors: list[Visitor] = []

    def make(name: str, size: dict[str, int] = DESKTOP, locale: str = "en") -> Visitor:
        visitor = Visitor(browser, server.url, name, size, locale)
        visitor.page.add_init_script(RECORD_NOTICES)
        visitors.append(visitor)
        visitor.sign_up()
        return visitor

    yield make
    complaints = [f"{visitor.name}: {text}" for visitor in visitors for text in visitor.complaints]
    for visitor in visitors:
        visitor.close()
    assert complaints == []


def open_page(visitor: Visitor, *names: str) -> None:
    visitor.tab("me")
    for name in names:
        visitor.get(name).click()
    expect(visitor.get("page-back")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_link_leads_to_its_owner_who_decides_and_labels(visit: Visit, size: dict[str, int]) -> None:
    ann, bob = visit("Ann", size, "zh-CN"), visit("Bob", size)
    open_page(ann, "me-privacy")
    ann.get("privacy-adding-nobody").click()
    expect(ann.get("privacy-adding-nobody")).to_have_attribute("aria-pressed", "true")
    ann.get("privacy-code").click()
    expect(ann.get("qr-code")).to_be_visible()
    link = ann.get("code-link").inner_text()

    # Signed out, the link goes on after signing in.
    bob.tab("me")
    bob.get("logout").click()
    expect(bob.get("login-mobile")).to_be_visible()
    bob.page.goto(link)
    bob.get("login-mobile").fill(bob.mobile)
    bob.get("login-passwd").fill(PASSWORD)
    bob.get("login-submit").click()
    bob.get("person-note").fill("from the poster")
    bob.get("person-add").click()
    expect(bob.page.get_by_role("dialog").get_by_role("status")).to_be_visible()

    ann.tab("contacts")
    expect(ann.get("request-item")).to_contain_text("from the poster")
    ann.get("request-accept").click()
    ann.friend(bob).click()
    ann.get("tag-new").fill("同事")
    ann.get("tag-new").press("Enter")
    expect(ann.get("tag-toggle")).to_have_attribute("aria-pressed", "true")
    ann.get("sheet-close").click()
    ann.get("tag-filter").click()
    expect(ann.get("friend-item")).to_have_count(1)
    ann.get("tags-open").click()
    ann.get("tag-drop").click()
    ann.get("tag-drop-sure").click()
    expect(ann.get("tag-item")).to_have_count(0)
    ann.get("sheet-close").click()

    open_page(ann, "me-code")
    ann.get("code-renew").click()
    ann.get("code-renew-sure").click()
    expect(ann.get("code-link")).not_to_have_text(link)
    bob.page.goto(link)
    expect(bob.get("link-fault")).to_be_visible()


def test_receipts_switched_off_are_seen_on_neither_side(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob", PHONE)
    ann.add_friend(bob)
    open_page(bob, "me-privacy")
    bob.get("privacy-receipts").click()
    expect(bob.get("privacy-receipts")).not_to_be_checked()
    ann.open_friend(bob)
    ann.say("have you read it?")
    bob.open_conversation("Ann")
    bob.sees("have you read it?")
    bob.say("maybe")
    ann.sees("maybe")
    for visitor in (ann, bob):
        own = visitor.page.locator("[data-testid=message][data-own=true]").last
        expect(own).to_have_attribute("data-progress", "sent")


def test_when_one_was_last_here_is_shown_until_one_hides_it(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob", PHONE)
    ann.add_friend(bob)
    ann.open_friend(bob)
    state = ann.get("talk-state")
    expect(state).to_have_text("Online")
    bob.page.goto("about:blank")
    expect(state).to_contain_text("Last seen")
    bob.page.goto(bob.base + "/index.shtml")
    expect(state).to_have_text("Online")
    open_page(bob, "me-privacy")
    bob.get("privacy-lastseen").click()
    expect(bob.get("privacy-lastseen")).not_to_be_checked()
    bob.page.goto("about:blank")
    expect(state).to_have_text("Offline")
    ann.page.reload()
    expect(state).to_have_text("Offline")


def test_somebody_is_blocked_and_taken_back(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob", PHONE)
    ann.add_friend(bob)
    ann.friend(bob).click()
    ann.get("friend-block").click()
    expect(ann.get("friend-block")).to_have_text("Unblock")
    ann.get("sheet-close").click()
    open_page(ann, "me-privacy", "privacy-blocked")
    expect(ann.get("blocked-item")).to_contain_text("Bob")
    ann.get("blocked-end").click()
    expect(ann.get("blocked-item")).to_have_count(0)
    ann.get("page-back").click()
    expect(ann.get("privacy-blocked")).to_be_visible()


def test_one_is_told_of_what_one_does_not_look_at(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    ann.add_friend(bob)
    ann.open_friend(bob)
    ann.say("first")
    expect(bob.get("unread-badge")).to_be_visible()
    bob.get("notices-offer").click()  # asked for when there is something to be told of
    expect(bob.get("notices-offer")).to_be_hidden()

    talk = bob.get("conversation-item").get_attribute("data-key")

    def told() -> list[list[str]]:
        rows = bob.page.evaluate("window.notices.map(n => n.slice(0, 3))")
        return [list(row) for row in rows]

    def away(yes: bool) -> None:
        bob.page.evaluate(
            "yes => { window.away = yes; dispatchEvent(new Event(yes ? 'blur' : 'focus')) }", yes
        )

    ann.say("you look at the list")
    expect(bob.page).to_have_title(re.compile(r"\(2\)"))
    assert told() == []
    icon = bob.page.locator("link[rel=icon]")
    expect(icon).to_have_attribute("href", re.compile("^data:image/png"))

    away(True)
    ann.say("are you away?")
    expect(bob.page).to_have_title(re.compile(r"\(3\)"))
    assert told() == [["Ann", "are you away?", talk]]
    away(False)
    bob.page.evaluate("window.notices[0][3].onclick()")
    expect(bob.get("composer-input")).to_be_visible()
    ann.say("in view")
    bob.sees("in view")
    bob.say("I see")
    assert len(told()) == 1
    expect(icon).to_have_attribute("href", "/asset/images/icon.svg")

    open_page(bob, "me-notices")
    bob.get("notices-preview").click()
    expect(bob.get("notices-preview")).not_to_be_checked()
    away(True)
    ann.say("a secret")
    expect(bob.page).to_have_title(re.compile(r"\(1\)"))
    assert told()[1:] == [["FastIM", "You have a new message", talk]]
    bob.get("notices-pause-hour").click()
    expect(bob.get("notices-pause-hour")).to_have_attribute("aria-pressed", "true")
    ann.say("hush")
    expect(bob.page).to_have_title(re.compile(r"\(2\)"))
    assert len(told()) == 2
    bob.get("notices-quiet").click()
    bob.get("notices-from").fill("23:15")
    bob.get("notices-day-6").click()
    expect(bob.get("notices-day-6")).to_have_attribute("aria-pressed", "false")
    bob.page.reload()
    expect(bob.get("notices-from")).to_have_value("23:15")
