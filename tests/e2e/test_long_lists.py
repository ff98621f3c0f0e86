"""What makes long lists short: the letters beside the contacts, and those who joined in one line."""

from __future__ import annotations

from string import ascii_uppercase

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE
from tests.people import Person
from tests.servers import Server


def test_letters_lead_through_many_contacts(visit: Visit, server: Server, ann: Person) -> None:
    """A finger on a letter, or its key with the focus in the list, brings the first under it into view."""
    ann.befriend(*(Person(server.url, f"{letter}-friend") for letter in ascii_uppercase))
    phone = visit("Ann", PHONE, "zh-CN").become(ann)
    phone.tab("contacts")
    far = phone.get("friend-item").filter(has_text="T-friend")
    expect(far).not_to_be_in_viewport()
    phone.get("index-rail").get_by_text("T", exact=True).click()
    expect(far).to_be_in_viewport(ratio=1)
    phone.page.set_viewport_size({"width": 667, "height": 375})
    expect(phone.get("index-rail")).to_be_hidden()
    desk = visit("Ann", DESKTOP, "en").become(ann)
    desk.tab("contacts")
    far = desk.get("friend-item").filter(has_text="T-friend")
    expect(far).not_to_be_in_viewport()
    expect(desk.get("index-rail")).to_be_hidden()
    desk.get("friend-item").first.focus()
    desk.page.keyboard.press("t")
    expect(far).to_be_focused()
    expect(far).to_be_in_viewport(ratio=1)


def test_who_joined_one_after_the_other_is_one_line_that_opens(
    visit: Visit, server: Server, ann: Person
) -> None:
    names = [f"guest{number}" for number in range(1, 6)]
    ann.create_group("harbour", *(Person(server.url, name) for name in names))
    for size, locale in ((DESKTOP, "en"), (PHONE, "zh-CN")):
        hers = visit("Ann", size, locale).become(ann)
        hers.open_group("harbour")
        line = hers.get("notice").filter(has_text=names[0])
        opener = hers.get("joined-all")
        expect(line).to_contain_text(hers.words("notice.others", count=3))
        expect(line).not_to_contain_text(names[4])
        opener.press("Enter")
        expect(opener).to_have_attribute("aria-expanded", "true")
        for name in names:
            expect(line).to_contain_text(name)
        opener.press("Enter")
        expect(line).not_to_contain_text(names[4])
