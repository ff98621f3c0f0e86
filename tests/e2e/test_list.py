"""The list of conversations: what a person makes of it, on each of their devices."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import BOTH, Visit
from tests.e2e.visitor import DESKTOP, PHONE
from tests.people import Person
from tests.servers import Server


def test_what_is_made_of_a_conversation_is_so_at_every_own_device(
    visit: Visit, server: Server, ann: Person
) -> None:
    """Pin, mute, mark, archive and delete by menu; the next message brings a deleted one back."""
    bob, cat = Person(server.url, "Bob"), Person(server.url, "Cat")
    ann.befriend(bob, cat)
    with bob.chat() as b, cat.chat() as c:
        b.say(ann.id, "from Bob")
        c.say(ann.id, "from Cat")
        desk = visit("Ann", DESKTOP, "en").become(ann)
        phone = visit("Ann", PHONE, "zh-CN").become(ann)
        first = phone.get("conversation-item").first
        expect(first).to_contain_text("Cat")
        desk.menu(desk.line("Bob"), "pin")
        expect(first).to_contain_text("Bob")
        phone.menu(phone.line("Bob"), "mute")
        expect(desk.page).to_have_title("(1) FastIM")
        phone.menu(phone.line("Bob"), "mark")
        expect(desk.line("Bob").get_by_test_id("unread-badge")).to_have_count(0)
        desk.menu(desk.line("Bob"), "mark")
        expect(phone.line("Bob").get_by_test_id("unread-dot")).to_be_visible()
        phone.line("Bob").click()
        phone.sees("from Bob")
        expect(desk.line("Bob").get_by_test_id("unread-dot")).to_have_count(0)
        phone.get("back").click()
        phone.menu(phone.line("Cat"), "archive")
        expect(desk.line("Cat")).to_have_count(0)
        desk.get("archive-open").click()
        desk.menu(desk.line("Cat"), "archive")
        desk.get("archive-leave").click()
        expect(desk.line("Cat")).to_be_visible()
        desk.menu(desk.line("Cat"), "hide")
        expect(phone.line("Cat")).to_have_count(0)
        c.say(ann.id, "here again")
        expect(phone.line("Cat")).to_contain_text("here again")
        desk.page.reload()
        expect(desk.get("conversation-item").first).to_contain_text("Bob")


@BOTH
def test_a_line_says_what_was_said_last_behind_many_reactions(
    visit: Visit, server: Server, ann: Person, size: dict[str, int], locale: str
) -> None:
    """A sync brings the newest entries, and here those are all reactions."""
    bob = Person(server.url, "Bob")
    ann.befriend(bob)
    with ann.chat() as a, bob.chat() as b:
        for number in range(15):
            b.say(ann.id, f"said {number}")
        for number in range(30):
            a.send(
                cmd=21,
                kind=10,
                dstid=bob.id,
                seq=number // 2 + 1,
                emoji="👍🎉"[number % 2],
                msgid=f"r{number}",
            )
            a.expect(lambda frame: frame["cmd"] == 12)
    hers = visit("Ann", size, locale).become(ann)
    expect(hers.line("Bob")).to_contain_text("said 14")


def test_a_draft_goes_on_at_another_device(visit: Visit, server: Server, ann: Person) -> None:
    bob = Person(server.url, "Bob")
    ann.befriend(bob)
    with bob.chat() as b:
        b.say(ann.id, "well?")
    desk = visit("Ann", DESKTOP, "en").become(ann)
    phone = visit("Ann", PHONE, "zh-CN").become(ann)
    desk.open_conversation("Bob")
    desk.get("composer-input").fill("half a sentence")
    expect(phone.line("Bob").get_by_test_id("draft-mark")).to_be_visible()
    phone.open_conversation("Bob")
    expect(phone.get("composer-input")).to_have_value("half a sentence")
    phone.say("half a sentence, ended")
    desk.sees("half a sentence, ended")
    expect(desk.get("composer-input")).to_have_value("")


@BOTH
def test_the_menu_is_for_keyboards_too(
    visit: Visit, server: Server, ann: Person, size: dict[str, int], locale: str
) -> None:
    """Opened by Shift+F10, gone through with arrows, left by Escape; the focus comes back."""
    bob = Person(server.url, "Bob")
    ann.befriend(bob)
    with bob.chat() as b:
        b.say(ann.id, "hello")
    hers = visit("Ann", size, locale).become(ann)
    line = hers.line("Bob")
    line.focus()
    hers.page.keyboard.press("Shift+F10")
    expect(hers.get("menu-pin")).to_be_focused()
    hers.page.keyboard.press("ArrowDown")
    expect(hers.get("menu-mark")).to_be_focused()
    hers.page.keyboard.press("Escape")
    expect(line).to_be_focused()
