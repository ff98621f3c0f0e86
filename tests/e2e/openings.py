"""How everything that opens over the pages is opened: sheets, menus, panels, and the pages of "me"."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator

from tests.e2e.visitor import Visitor

CREW, FRIEND = "Crew", "Bob"
OWN, EDITED = "said by Ann", "said better"
Open = Callable[[Visitor], Locator | None]
"""Opens it; what has the focus when it is closed again, unless a finger opened it."""


class Opening(NamedTuple):
    name: str
    open: Open
    shows: str
    """A CSS selector of what is then there."""


def pressed(control: Locator) -> Locator:
    """Press a control as the keyboard does."""
    control.focus()
    control.press("Enter")
    return control


def in_talk(name: str, then: Open) -> Open:
    def open_it(visitor: Visitor) -> Locator | None:
        head = visitor.get("talk-name")
        if not head.count() or head.inner_text() != name:
            visitor.open_conversation(name)
        return then(visitor)

    return open_it


def press(visitor: Visitor, *steps: str) -> list[Locator]:
    """Press one control after the other; all of them."""
    return [pressed(visitor.get(step).first) for step in steps]


def in_tab(tab: str, *steps: str) -> Open:
    """The row that leads there has the focus afterwards."""

    def open_it(visitor: Visitor) -> Locator | None:
        visitor.tab(tab)
        return press(visitor, *steps)[0]

    return open_it


def of_group(*steps: str) -> Open:
    """A page of the group's sheet."""
    return in_talk(CREW, lambda visitor: press(visitor, "talk-info", *steps)[0])


def menu_of_message(visitor: Visitor, says: str = OWN) -> Locator | None:
    message = visitor.message(says)
    if visitor.is_phone:
        visitor.press_long(message.get_by_test_id("message-text"))
        return None
    return pressed(message.get_by_test_id("message-more"))


def of_message(item: str, says: str = OWN) -> Open:
    """What a message's menu leads to."""

    def open_it(visitor: Visitor) -> Locator | None:
        opener = menu_of_message(visitor, says)
        row = visitor.get(f"menu-{item}")
        if visitor.is_phone:
            row.click()
        else:
            pressed(row)
        return opener

    return in_talk(CREW, open_it)


def of_composer(*steps: str) -> Open:
    return in_talk(CREW, lambda visitor: press(visitor, *steps)[-1])


def panel(*steps: str) -> Open:
    """Below the text or over it; when it is closed, one goes on writing."""

    def open_it(visitor: Visitor) -> Locator | None:
        press(visitor, *steps)
        return visitor.get("composer-input")

    return in_talk(CREW, open_it)


def recorder(visitor: Visitor) -> Locator:
    """A phone shows no keyboard after it: one may record again."""
    opener = pressed(visitor.get("voice-record"))
    return opener if visitor.is_phone else visitor.get("composer-input")


def picture(visitor: Visitor) -> Locator:
    return pressed(visitor.get("message-picture").last.get_by_role("button"))


def face(visitor: Visitor) -> Locator:
    return pressed(visitor.get("message-face").locator("visible=true").last)


def member(visitor: Visitor) -> Locator:
    press(visitor, "talk-info", "group-members")
    return pressed(visitor.get("member-item").filter(has_text=FRIEND))


def keys(combination: str, tab: str = "me") -> Open:
    def open_it(visitor: Visitor) -> Locator | None:
        visitor.tab(tab)
        visitor.get(f"tab-{tab}").focus()
        visitor.page.keyboard.press(combination)
        return visitor.get(f"tab-{tab}")

    return open_it


def of_search(*steps: str) -> Open:
    def open_it(visitor: Visitor) -> Locator | None:
        visitor.tab("chats")
        visitor.get("search-input").fill(OWN)
        return press(visitor, *steps)[0]

    return open_it


def menu_of_talk(visitor: Visitor) -> Locator | None:
    visitor.tab("chats")
    if visitor.get("search-leave").count():
        visitor.get("search-leave").click()
    line = visitor.line(CREW)
    if visitor.is_phone:
        visitor.press_long(line)
        return None
    line.focus()
    line.press("Shift+F10")
    return line


def me_page(*steps: str) -> Open:
    return in_tab("me", *steps)


DIALOG, PANEL, PAGE = "dialog[open]", "form.composer .panel", "[data-testid=page-back]"
TWO_DIALOGS = "dialog[open] ~ dialog[open]"

OPENINGS = (
    Opening("person", in_talk(FRIEND, lambda visitor: pressed(visitor.get("talk-info"))), DIALOG),
    Opening("group", of_group(), DIALOG),
    Opening("members", of_group("group-members"), DIALOG),
    Opening("member", in_talk(CREW, member), TWO_DIALOGS),
    Opening("invite", of_group("group-invite"), DIALOG),
    Opening("links", of_group("group-links"), DIALOG),
    Opening("requests", of_group("group-requests"), DIALOG),
    Opening("notice", of_group("group-notice"), DIALOG),
    Opening("edit group", of_group("group-edit"), DIALOG),
    Opening("manage", of_group("group-manage"), DIALOG),
    Opening("who said it", in_talk(CREW, face), DIALOG),
    Opening("pins", of_composer("pinned-all"), DIALOG),
    Opening("message menu", in_talk(CREW, menu_of_message), DIALOG),
    Opening("forward", of_message("forward"), DIALOG),
    Opening("readers", of_message("readers"), DIALOG),
    Opening("versions", of_message("versions", EDITED), DIALOG),
    Opening("reactions", of_composer("reaction-who"), DIALOG),
    Opening("react", of_composer("reaction-add"), DIALOG),
    Opening("record", of_composer("message-record"), DIALOG),
    Opening("picture", in_talk(CREW, picture), DIALOG),
    Opening("emoji", panel("emoji-open"), PANEL),
    Opening("stickers", panel("sticker-open"), PANEL),
    Opening("own stickers", panel("sticker-open", "sticker-mine"), PANEL),
    Opening("more", panel("more-open"), PANEL),
    Opening("recorder", in_talk(CREW, recorder), "[data-testid=voice-recorder]"),
    Opening("place", of_composer("more-open", "location-open"), DIALOG),
    Opening("card", of_composer("more-open", "card-open"), DIALOG),
    Opening("talk search", of_composer("talk-search-open"), "[data-testid=talk-search]"),
    Opening("talk menu", menu_of_talk, DIALOG),
    Opening("start menu", in_tab("chats", "start-open"), DIALOG),
    Opening("start with a friend", in_tab("chats", "start-open", "menu-add-friend"), DIALOG),
    Opening("favourites", in_tab("chats", "favourites-open"), DIALOG),
    Opening("kind", of_search("search-kind"), DIALOG),
    Opening("sender", of_search("search-sender"), DIALOG),
    Opening("conversation", of_search("search-talk"), DIALOG),
    Opening("date", of_search("search-date"), DIALOG),
    Opening("days", of_search("search-date", "menu-date-choose"), DIALOG),
    Opening("add friend", in_tab("contacts", "add-friend-open"), DIALOG),
    Opening("labels", in_tab("contacts", "tags-open"), DIALOG),
    Opening("friend", in_tab("contacts", "friend-item"), DIALOG),
    Opening("join group", in_tab("groups", "join-group-open"), DIALOG),
    Opening("new group", in_tab("groups", "create-group-open"), DIALOG),
    Opening("password", in_tab("me", "me-password"), DIALOG),
    Opening("jump", keys("Control+k"), DIALOG),
    Opening("keys", keys("?"), DIALOG),
    Opening("profile", me_page("me-edit"), PAGE),
    Opening("code", me_page("me-code"), PAGE),
    Opening("notices", me_page("me-notices"), PAGE),
    Opening("privacy", me_page("me-privacy"), PAGE),
    Opening("blocked", me_page("me-privacy", "privacy-blocked"), PAGE),
    Opening("looks", me_page("me-looks"), PAGE),
    Opening("devices", me_page("me-devices"), PAGE),
)
