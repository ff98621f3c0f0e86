"""Two people and their settings: links, labels, blocks, receipts, and being told of messages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.client import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor

Pair = tuple[Visitor, Visitor]

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


REFUSED = re.compile("This person does not accept your messages|被对方拒收")
"""The server's words for who is blocked, in either language: a headless browser speaks the one it was given
in its pages, and not in the worker that has their connection."""


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """Make visitors who have an account, and whose notices are kept."""

    def make(name: str, size: dict[str, int], locale: str) -> Visitor:
        visitor = visit(name, size, locale)
        visitor.page.add_init_script(RECORD_NOTICES)
        visitor.sign_up()
        return visitor

    return make


@pytest.fixture
def pair(visit: Visit) -> Pair:
    """Two friends, at a desk and at a phone."""
    ann, bob = visit("Ann", DESKTOP, "en"), visit("Bob", PHONE, "zh-CN")
    ann.add_friend(bob)
    return ann, bob


def open_page(visitor: Visitor, *names: str) -> None:
    visitor.tab("me")
    for name in names:
        visitor.get(name).click()
    expect(visitor.get("page-back")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_link_leads_to_its_owner_who_decides_and_labels(visit: Visit, size: dict[str, int]) -> None:
    ann, bob = visit("Ann", size, "zh-CN"), visit("Bob", size, "en")
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


def test_receipts_switched_off_are_seen_on_neither_side(pair: Pair) -> None:
    ann, bob = pair
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


def test_when_one_was_last_here_is_shown_until_one_hides_it(pair: Pair) -> None:
    for one, other in (pair, pair[::-1]):
        one.open_friend(other)
        state = one.get("talk-state")
        expect(state).to_have_text(one.words("talk.online"))
        other.page.goto("about:blank")
        last_seen = one.words("talk.lastseen", time=r".*\d\d:\d\d")
        expect(state).to_have_text(re.compile(f"^{last_seen}$"))
        other.page.goto(other.base + "/index.shtml")
        expect(state).to_have_text(one.words("talk.online"))
        open_page(other, "me-privacy")
        other.get("privacy-lastseen").click()
        expect(other.get("privacy-lastseen")).not_to_be_checked()
        other.page.goto("about:blank")
        expect(state).to_have_text(one.words("talk.offline"))
        one.page.reload()
        expect(state).to_have_text(one.words("talk.offline"))
        other.page.goto(other.base + "/index.shtml")


def test_somebody_is_blocked_and_taken_back(pair: Pair) -> None:
    """What the blocked one says meanwhile is not sent, says so, and is sent again or put away."""
    for one, other in (pair, pair[::-1]):
        one.tab("contacts")
        one.friend(other).click()
        one.get("friend-block").click()
        expect(one.get("friend-block")).to_have_text(one.words("person.unblock"))
        one.get("sheet-close").click()
        other.open_friend(one)
        for text in ("are you there?", f"it is {other.name}"):
            other.say(text)
            expect(other.message(text).get_by_test_id("message-retry")).to_be_visible()
            expect(other.message(text)).to_contain_text(REFUSED)
        open_page(one, "me-privacy", "privacy-blocked")
        expect(one.get("blocked-item")).to_contain_text(other.name)
        one.get("blocked-end").click()
        expect(one.get("blocked-item")).to_have_count(0)
        one.get("page-back").click()
        expect(one.get("privacy-blocked")).to_be_visible()
        other.message("are you there?").get_by_test_id("message-drop").click()
        other.get("message-retry").click()
        expect(other.get("message-retry")).to_have_count(0)
        expect(other.message("are you there?")).to_have_count(0)
        if other.is_phone:
            other.get("back").click()
        one.tab("chats")
        one.open_conversation(other.name)
        one.sees(f"it is {other.name}")
        if one.is_phone:
            one.get("back").click()


def shown_to(visitor: Visitor) -> list[list[str]]:
    """Title, text and conversation of each notice."""
    rows = visitor.page.evaluate("window.notices.map(n => n.slice(0, 3))")
    return [list(row) for row in rows]


def look_away(visitor: Visitor, is_away: bool = True) -> None:
    visitor.page.evaluate(
        "away => { window.away = away; dispatchEvent(new Event(away ? 'blur' : 'focus')) }", is_away
    )


def has_unread(visitor: Visitor, count: int) -> None:
    """As the window's title says."""
    expect(visitor.page).to_have_title(re.compile(rf"\({count}\)"))


def test_one_is_told_of_what_one_does_not_look_at(pair: Pair) -> None:
    """And of nothing else; what it says, and when it is said, is one's own to choose."""
    ann, bob = pair
    ann.open_friend(bob)
    ann.say("first")
    expect(bob.get("unread-badge")).to_be_visible()
    bob.get("notices-offer").click()  # asked for when there is something to be told of
    expect(bob.get("notices-offer")).to_be_hidden()
    talk = key_of(bob, ann)

    ann.say("you look at the list")
    has_unread(bob, 2)
    assert shown_to(bob) == []
    icon = bob.page.locator("link[rel=icon]")
    expect(icon).to_have_attribute("href", re.compile("^data:image/png"))

    look_away(bob)
    ann.say("are you away?")
    has_unread(bob, 3)
    assert shown_to(bob) == [["Ann", "are you away?", talk]]
    look_away(bob, False)
    bob.page.evaluate("window.notices[0][3].onclick()")
    expect(bob.get("composer-input")).to_be_visible()
    ann.say("in view")
    bob.sees("in view")
    bob.say("I see")
    assert len(shown_to(bob)) == 1
    expect(icon).to_have_attribute("href", "/asset/images/icon.svg")

    for one, other in ((bob, ann), (ann, bob)):
        other.open_friend(one)
        tells_no_secrets_and_keeps_quiet(one, other)
        keeps_its_quiet_hours(one)


def key_of(one: Visitor, other: Visitor) -> str:
    """Of the conversation with somebody."""
    return str(one.line(other.name).get_attribute("data-key"))


def tells_no_secrets_and_keeps_quiet(one: Visitor, other: Visitor) -> None:
    talk, before = key_of(one, other), shown_to(one)
    open_page(one, "me-notices")
    if not before:
        one.get("notices-allow").click()
    one.get("notices-preview").click()
    expect(one.get("notices-preview")).not_to_be_checked()
    look_away(one)
    other.say("a secret")
    has_unread(one, 1)
    hidden = ["FastIM", one.words("notices.hidden"), talk]
    assert shown_to(one) == [*before, hidden]
    one.get("notices-pause-hour").click()
    expect(one.get("notices-pause-hour")).to_have_attribute("aria-pressed", "true")
    other.say("hush")
    has_unread(one, 2)
    assert shown_to(one) == [*before, hidden]


def keeps_its_quiet_hours(one: Visitor) -> None:
    one.get("notices-quiet").click()
    one.get("notices-from").fill("23:15")
    one.get("notices-day-6").click()
    expect(one.get("notices-day-6")).to_have_attribute("aria-pressed", "false")
    one.page.reload()
    expect(one.get("notices-from")).to_have_value("23:15")
