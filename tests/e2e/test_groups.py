"""Groups in real browsers: bringing people in, order among them, and the end."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.touch import middle
from tests.e2e.visitor import DESKTOP, PHONE, Visitor

Enter = Callable[[str], Visitor]


@pytest.fixture(params=[(PHONE, "zh-CN"), (DESKTOP, "en")], ids=["phone-zh-CN", "desktop-en"])
def enter(visit: Visit, request: pytest.FixtureRequest) -> Enter:
    """Make visitors of one size and language."""
    return lambda name: visit(name, *request.param)


def group_page(visitor: Visitor, *steps: str) -> None:
    """Open a page of the group whose conversation is open."""
    visitor.get("talk-info").click()
    for step in steps:
        visitor.get(step).click()


def close_sheets(visitor: Visitor) -> None:
    while visitor.get("sheet-close").count():
        visitor.get("sheet-close").last.click()


MEMBERS = "**/contact/members"


@contextmanager
def held_back(page: Page, address: str) -> Iterator[Callable[[], None]]:
    """What is asked there meanwhile is answered when what is given is called, and from then on at once."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    def let_go() -> None:
        for route in waiting:
            route.continue_()
        page.unroute(address)

    page.route(address, hold)
    yield let_go


def told(visitor: Visitor) -> Locator:
    """The last line that tells what happened."""
    return visitor.get("notice").last


def read_qr(code: Locator) -> str:
    """What a camera reads in the picture."""
    picture = Image.open(io.BytesIO(code.screenshot())).convert("L")
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def open_member(visitor: Visitor, name: str) -> None:
    visitor.get("member-item").filter(has_text=name).click()


def founded(enter: Enter, name: str) -> tuple[Visitor, Visitor, str]:
    """Ann's group with her friend Bob, whom she picked from her friends; both look at it."""
    ann, bob = enter("Ann"), enter("Bob")
    ann.sign_up()
    bob.sign_up()
    ann.add_friend(bob)
    group = f"{name} {ann.mobile[-6:]}"
    ann.create_group(group, bob)
    expect(ann.get("notice").first).to_have_text(ann.words("notice.created", name=ann.words("notice.me")))
    expect(told(ann)).to_contain_text("Bob")
    bob.open_group(group)
    return ann, bob, group


def test_a_stranger_comes_in_by_a_qr_code_and_signs_up_on_the_way(enter: Enter) -> None:
    ann, _, group = founded(enter, "Gate")
    group_page(ann, "group-links")
    ann.get("link-uses-1").click()
    ann.get("link-make").click()
    address = ann.get("link-address").inner_text()
    assert read_qr(ann.get("qr-code")) == address
    close_sheets(ann)

    eve = enter("Eve")
    eve.page.goto(address)
    expect(eve.get("invitation")).to_contain_text(group)
    eve.get("join-register").click()
    eve.page.wait_for_url("**/register.shtml")
    eve.fill_in()
    expect(eve.get("talk-name")).to_have_text(group)
    eve.say("hello from Eve")
    ann.sees("hello from Eve")
    expect(told(ann)).to_contain_text("Eve")

    late = enter("Late")
    late.page.goto(address)
    expect(late.get("join-fault")).to_be_visible()


def test_order_in_a_group(enter: Enter) -> None:
    """A name of one's own, a notice and who has read it, a mute, and handing the group on until it ends."""
    ann, bob, _ = founded(enter, "Order")
    group_page(bob)
    bob.get("group-alias").fill("Captain")
    bob.get("group-alias").press("Enter")
    close_sheets(bob)
    expect(told(ann)).to_contain_text("Captain")
    bob.say("aye")
    ann.sees("aye")
    expect(ann.get("message").last).to_contain_text("Captain")

    group_page(ann, "group-notice", "notice-edit")
    ann.get("notice-text").fill("Meet at nine")
    ann.get("notice-put").click()
    expect(ann.get("notice-readers")).to_contain_text("1")
    bob.get("notice-bar").click()
    expect(bob.get("notice-shown")).to_have_text("Meet at nine")
    close_sheets(bob)
    expect(bob.get("notice-bar")).to_be_hidden()
    close_sheets(ann)
    group_page(ann, "group-notice", "notice-only-read")
    expect(ann.get("member-item")).to_have_count(2)
    close_sheets(ann)

    group_page(ann, "group-members")
    ann.get("members-find").fill("capt")
    expect(ann.get("member-item")).to_have_count(1)
    open_member(ann, "Captain")
    ann.get("member-mute").click()
    ann.get("member-mute-hour").click()
    expect(bob.get("silence")).to_be_visible()
    expect(bob.get("composer-input")).to_be_hidden()
    open_member(ann, "Captain")
    ann.get("member-unmute").click()
    expect(bob.get("composer-input")).to_be_visible()
    open_member(ann, "Captain")
    ann.get("member-transfer").click()
    ann.get("member-transfer-sure").click()
    expect(ann.get("member-transfer")).to_be_hidden()
    close_sheets(ann)

    group_page(bob, "group-dissolve", "group-dissolve-sure")
    for visitor in (ann, bob):
        close_sheets(visitor)
        expect(visitor.get("silence")).to_be_visible()
        visitor.sees("aye")
    ann.page.reload()
    expect(ann.get("silence")).to_be_visible()
    ann.sees("aye")


def test_who_was_sent_away_asks_and_is_let_in_again(enter: Enter) -> None:
    """The way in is chosen while the lists under it come, which take nothing away from under a finger."""
    ann, bob, group = founded(enter, "Door")
    group_page(ann)
    with held_back(ann.page, MEMBERS) as let_go:
        ann.get("group-manage").click()
        ann.get("mode-approve").hover()
        place = middle(ann.get("mode-approve"))
        ann.page.mouse.down()
        let_go()
        expect(ann.get("member-item")).to_have_count(1)
        ann.page.mouse.up()
    assert middle(ann.get("mode-approve")) == place
    expect(told(ann)).to_contain_text(ann.words("mode.approve"))
    expect(told(bob)).to_contain_text(bob.words("mode.approve"))
    close_sheets(ann)
    group_page(ann, "group-members")
    open_member(ann, "Bob")
    ann.get("member-remove").click()
    ann.get("member-remove-sure").click()
    close_sheets(ann)
    expect(bob.get("composer-input")).to_be_hidden()
    bob.tab("groups")
    expect(bob.get("group-item")).to_have_count(0)
    bob.get("join-group-open").click()
    bob.get("join-group-name").fill(group)
    bob.get("join-group-note").fill("me again")
    bob.get("join-group-submit").click()
    expect(bob.get("join-group-asked")).to_be_visible()
    close_sheets(bob)

    group_page(ann, "group-requests")
    expect(ann.get("join-request")).to_contain_text("me again")
    ann.get("request-admit").click()
    expect(ann.get("join-request")).to_have_count(0)
    close_sheets(ann)
    expect(bob.get("group-item")).to_have_count(1)
    bob.open_group(group)
    bob.say("back again")
    ann.sees("back again")
