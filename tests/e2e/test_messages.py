"""What people do with messages: answer, mention, recall, edit, react, forward, pin, keep, delete."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server


@pytest.fixture
def pair(visit: Visit, ann: Person, bob: Person) -> tuple[Visitor, Visitor]:
    """Ann at a desk and Bob at a phone, in their conversation, where both have said something."""
    with ann.chat() as a, bob.chat() as b:
        a.say(bob.id, "from Ann")
        b.say(ann.id, "from Bob")
    desk, phone = visit("Ann", DESKTOP, "en").become(ann), visit("Bob", PHONE, "zh-CN").become(bob)
    desk.open_conversation("Bob")
    phone.open_conversation("Ann")
    return desk, phone


def recalled(visitor: Visitor, by: str = "") -> str:
    """What is said in place of a message of somebody, or of one's own."""
    name = visitor.words("notice.name", name=by) if by else visitor.words("notice.me")
    return visitor.words("notice.recalled", name=name)


def test_a_reply_quotes_its_source_leads_to_it_and_loses_it_with_a_recall(
    pair: tuple[Visitor, Visitor],
) -> None:
    desk, phone = pair
    phone.menu(phone.message("from Ann"), "reply")
    expect(phone.get("composer-context")).to_contain_text("from Ann")
    phone.say("an answer")
    quote = desk.message("an answer").get_by_test_id("quote")
    expect(quote).to_contain_text("from Ann")
    expect(phone.get("composer-context")).to_have_count(0)
    quote.click()
    source = desk.get("message").filter(has=desk.get("message-text").get_by_text("from Ann", exact=True))
    expect(source.first).to_be_in_viewport()
    desk.menu(source.first, "recall")
    expect(desk.get("notice").first).to_contain_text(recalled(desk))
    expect(desk.message("an answer").get_by_test_id("quote")).not_to_contain_text("from Ann")


def test_edit_react_copy_and_recall_by_menu_are_seen_by_the_other(pair: tuple[Visitor, Visitor]) -> None:
    desk, phone = pair
    desk.menu(desk.message("from Ann"), "edit")
    expect(desk.get("composer-input")).to_have_value("from Ann")
    desk.say("said better")
    phone.sees("said better")
    expect(phone.message("said better").get_by_test_id("message-edited")).to_be_visible()
    expect(desk.get("composer-input")).to_have_value("")
    phone.press_long(phone.message("said better").get_by_test_id("message-text"))
    phone.get("quick-reaction").first.click()
    reaction = desk.message("said better").get_by_test_id("reaction")
    expect(reaction).to_have_text("👍 1")
    reaction.click()
    expect(phone.message("said better").get_by_test_id("reaction")).to_have_text("👍 2")
    with desk.refused_once("**/message/reactions"):
        desk.message("said better").get_by_test_id("reaction-who").click()
    expect(desk.get("who-reacted")).to_contain_text("Bob")
    desk.get("sheet-close").click()
    desk.menu(desk.message("said better"), "versions")
    expect(desk.get("version")).to_have_count(2)
    expect(desk.get("version").last).to_contain_text("from Ann")
    desk.get("sheet-close").click()
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.menu(desk.message("from Bob"), "copy")
    expect(desk.get("toast")).to_have_text(desk.words("message.copied"))
    assert desk.page.evaluate("navigator.clipboard.readText()") == "from Bob"
    desk.menu(desk.message("said better"), "recall")
    expect(phone.get("notice").last).to_contain_text(recalled(phone, "Ann"))
    expect(phone.get("message-text").filter(has_text="said better")).to_have_count(0)
    expect(phone.get("write-again")).to_have_count(0)

    # What one took back one may write again, and the last that one said is edited by a key.
    desk.get("write-again").click()
    expect(desk.get("composer-input")).to_have_value("said better")
    expect(desk.get("composer-input")).to_be_focused()
    desk.say("said best")
    phone.sees("said best")
    desk.get("composer-input").press("ArrowUp")
    expect(desk.get("composer-context")).to_contain_text("said best")
    expect(desk.get("composer-input")).to_have_value("said best")
    desk.say("said best of all")
    phone.sees("said best of all")


def test_several_are_chosen_and_forwarded_as_a_record_or_one_by_one(
    pair: tuple[Visitor, Visitor], server: Server, ann: Person, visit: Visit
) -> None:
    cat = Person(server.url, "Cat")
    ann.befriend(cat)
    desk, phone = pair
    phone.menu(phone.message("from Bob"), "select")
    phone.message("from Bob").click()
    expect(phone.get("select-bar")).to_contain_text(phone.words("select.count", count=0))
    phone.get("select-cancel").click()
    third = visit("Cat", PHONE, "zh-CN").become(cat)
    for way in ("merged", "separately"):
        desk.menu(desk.message("from Ann"), "select")
        desk.message("from Bob").click()
        desk.get("select-forward").click()
        desk.get(f"forward-{way}").check()
        desk.get("forward-find").fill("cat")
        desk.get("forward-target").click()
        desk.get("forward-send").click()
    third.open_conversation("Ann")
    third.sees("from Bob")
    expect(third.get("message")).to_have_count(3)
    third.get("message-record").click()
    expect(third.get("record-item")).to_have_count(2)
    expect(third.get("record-item").first).to_contain_text("Ann")
    expect(third.get("record-item").last).to_contain_text("from Bob")


def test_pins_and_favourites_lead_to_the_message_and_go_with_it(pair: tuple[Visitor, Visitor]) -> None:
    desk, phone = pair
    desk.menu(desk.message("from Bob"), "pin")
    expect(phone.get("pinned-last")).to_contain_text("from Bob")
    desk.menu(desk.message("from Bob"), "keep")
    desk.get("favourites-open").click()
    desk.get("favourites-find").fill("FROM B")
    expect(desk.get("favourite")).to_have_count(1)
    desk.get("favourites-kind-4").click()
    expect(desk.get("favourite")).to_have_count(0)
    desk.get("sheet-close").click()
    phone.get("pinned-all").click()
    phone.get("pin-off").click()
    expect(phone.get("pin-item")).to_have_count(0)
    phone.get("sheet-close").click()
    expect(desk.get("pinned-bar")).to_have_count(0)
    phone.menu(phone.message("from Bob"), "recall")
    expect(desk.get("notice").last).to_contain_text(recalled(desk, "Bob"))
    desk.get("favourites-open").click()
    expect(desk.get("favourite")).to_have_count(0)


def test_what_is_deleted_for_oneself_is_gone_on_all_own_devices_alone(
    pair: tuple[Visitor, Visitor], visit: Visit, ann: Person
) -> None:
    desk, phone = pair
    second = visit("Ann", PHONE, "zh-CN").become(ann)
    second.open_conversation("Bob")
    second.sees("from Bob")
    desk.menu(desk.message("from Bob"), "erase")
    for one in (desk, second):
        expect(one.get("message-text").filter(has_text="from Bob")).to_have_count(0)
    desk.page.reload()
    desk.sees("from Ann")
    expect(desk.get("message-text").filter(has_text="from Bob")).to_have_count(0)
    phone.sees("from Bob")


def test_in_a_group_people_are_mentioned_and_the_readers_are_counted(
    visit: Visit, server: Server, ann: Person, bob: Person
) -> None:
    """The mark in the list goes when it is read, and the count of the readers with it."""
    cat = Person(server.url, "Cat")
    name = f"Trio {ann.mobile[-6:]}"
    ann.create_group(name, bob, cat)
    desk, phone = visit("Ann", DESKTOP, "en").become(ann), visit("Bob", PHONE, "zh-CN").become(bob)
    desk.open_group(name)
    desk.get("composer-input").press_sequentially("ask @bo")
    expect(desk.get("mention-item")).to_have_count(1)
    desk.get("composer-input").press("Enter")
    expect(desk.get("composer-input")).to_have_value("ask @Bob ")
    desk.get("composer-input").press("Enter")
    expect(desk.message("ask").get_by_test_id("mention")).to_have_text("@Bob")
    count = desk.message("ask").get_by_test_id("read-count")
    expect(count).to_have_text("0/2")
    expect(phone.line(name).get_by_test_id("mention-mark")).to_be_visible()
    phone.open_conversation(name)
    phone.sees("ask @Bob")
    expect(count).to_have_text("1/2")
    with desk.refused_once("**/message/readers"):
        count.click()
    expect(desk.get("readers-read")).to_contain_text("Bob")
    expect(desk.get("readers-unread")).to_contain_text("Cat")
    desk.get("sheet-close").click()
    phone.get("back").click()
    expect(phone.line(name).get_by_test_id("mention-mark")).to_have_count(0)
    desk.get("composer-input").press_sequentially("@")
    expect(desk.get("mention-item").first).to_contain_text(desk.words("mention.all"))
    desk.get("composer-input").press("Enter")
    desk.get("composer-input").press("Enter")
    expect(phone.line(name).get_by_test_id("mention-mark")).to_be_visible()


def test_the_menu_of_a_message_is_for_keyboards_too(pair: tuple[Visitor, Visitor]) -> None:
    desk, _ = pair
    more = desk.message("from Bob").get_by_test_id("message-more")
    more.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("menu")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(more).to_be_focused()
