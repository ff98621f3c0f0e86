"""Windows of any size, names and texts of any kind: nothing is cut off, covered or pressed by accident."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.touch import finger
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server

SMALL = {"width": 360, "height": 640}
LYING = {"width": 844, "height": 390}
"""A phone on its side: as wide as list and talk beside each other, and as low as five messages."""
DESK = {"width": 1024, "height": 768}
WALL = {"width": 2560, "height": 1440}
LONG = "Donaudampfschifffahrtselektrizitaetenhaupt"
RTL = "مرحبا بالعالم وكل من فيه من الناس"
EMOJI = ("👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "🔥", "👏", "🤔", "😍", "🥳", "💯", "🚀", "👀", "🙌")

STICKS_OUT = """() => {
  const found = [];
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) found.push(`the page is ${page.scrollWidth} wide`);
  if (page.scrollHeight > innerHeight) found.push(`the page is ${page.scrollHeight} high`);
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.unseen, [inert]')) continue;
    const { left, right, width, height } = one.getBoundingClientRect();
    if (!width || !height || (left > -1 && right < innerWidth + 1)) continue;
    let within = one.parentElement;
    while (within && getComputedStyle(within).overflowX === 'visible') within = within.parentElement;
    if (!within) found.push(`${one.tagName} ${one.className} from ${left} to ${right}`);
  }
  return found;
}"""
"""What is wider than the window and neither cut off with dots nor scrolled in a box of its own."""

COVERED = """() => {
  const found = [];
  const called = (one) => one.className || one.tagName;
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  for (const one of top.querySelectorAll('button, a[href], input, textarea')) {
    if (one.disabled || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (one.closest('.unseen, [inert]') || one.matches('.unseen')) continue;
    const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
    if (width < 8 || height < 8) continue;
    const holds = one.matches('input, textarea'); // text, and at its end maybe a key of its own
    for (const x of [left + 3, (left + right) / 2, ...(holds ? [] : [right - 3])]) {
      const [at, y] = [x, (top + bottom) / 2];
      let box = one.parentElement;
      for (; box; box = box.parentElement) {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        const clips = getComputedStyle(box).overflow !== 'visible';
        if (clips && (at < left || at > right || y < top || y > bottom)) break;
      }
      if (box || at < 0 || at > innerWidth || y < 0 || y > innerHeight) continue;
      const there = document.elementFromPoint(at, y);
      if (!there || one.contains(there) || there.contains(one)) continue;
      if (there.closest('label')?.contains(one)) continue;
      found.push(`${called(one)} at ${Math.round(at)},${Math.round(y)} by ${called(there)}`);
    }
  }
  return found;
}"""
"""What is to be pressed and lies under something else, as far as it is scrolled into view."""


class World(NamedTuple):
    ann: Person
    crowd: str


@pytest.fixture
def world(server: Server) -> World:
    """Ann among people with long names, of other scripts, of many words and many reactions."""
    ann, long, arab = (Person(server.url, name) for name in ("Ann", LONG[:40], RTL))
    friends = [Person(server.url, f"{letter} friend") for letter in "ABCDEFGHK"]
    ann.befriend(long, arab, *friends)
    crowd = f"{LONG} {ann.mobile[-4:]}"
    group = long.create_group(crowd, ann, arab, *friends)
    with long.chat() as line:
        line.say(ann.id, "A" * 400)
        line.say(ann.id, "https://example.org/" + "very-long-path/" * 20)
        for number in range(110):
            line.say(ann.id, f"number {number}")
        seq = line.say(group, "Wow " * 100, cmd=11)["seq"]
    with arab.chat() as line:
        for emoji in EMOJI:
            line.send(cmd=21, kind=11, dstid=group, seq=seq, emoji=emoji, msgid=emoji)
            line.expect(lambda frame, emoji=emoji: frame["cmd"] == 12 and frame["msgid"] == emoji)
    with arab.chat() as line:
        line.say(ann.id, RTL + ". " + RTL)
    ann.post("/settings/privacy", adding="ask")
    stranger = Person(server.url, "Stranger")
    stranger.post("/contact/addfriend", dstname=ann.mobile, note="We met at the harbour, by the boats")
    return World(ann, crowd)


Enter = Callable[..., Visitor]


@pytest.fixture
def enter(visit: Visit, world: World) -> Enter:
    def make(size: dict[str, int], locale: str, dark: bool = False) -> Visitor:
        return visit("Ann", size, locale, dark=dark, touch=size["height"] < 700).become(world.ann)

    return make


def faults(page: Page) -> list[str]:
    return [*page.evaluate(STICKS_OUT), *page.evaluate(COVERED)]


@pytest.mark.parametrize(
    ("size", "locale", "dark"),
    [(SMALL, "zh-CN", False), (LYING, "en", True), (DESK, "zh-CN", True), (WALL, "en", False)],
    ids=["small", "lying", "desk", "wall"],
)
def test_nothing_sticks_out_or_lies_under_something_else(
    enter: Enter, world: World, size: dict[str, int], locale: str, dark: bool
) -> None:
    ann = enter(size, locale, dark)
    found: dict[str, list[str]] = {}

    def look(place: str) -> None:
        ann.page.wait_for_function(
            "() => document.getAnimations().every((one) => one.playState !== 'running'"
            " || one.effect.getComputedTiming().endTime === Infinity)"
        )
        found[place] = faults(ann.page)

    expect(ann.get("unread-badge").filter(has_text="99+")).to_be_visible()
    look("chats")
    ann.get("search-input").fill("Wow")
    expect(ann.get("found-messages")).to_have_count(1, timeout=10_000)
    look("search")
    ann.get("search-leave").click()
    for name in (LONG[:40], RTL, world.crowd):
        ann.tab("chats")
        talk(ann, name)
        look(name)
    message = ann.message("Wow")
    expect(message.get_by_test_id("reaction")).to_have_count(len(EMOJI))
    message.get_by_test_id("reaction-add").scroll_into_view_if_needed()
    look("reactions")
    ann.get("composer-input").fill("A long draft. " * 60)
    look("draft")
    ann.get("talk-info").click()
    expect(ann.get("group-name")).to_be_visible()
    look("group")
    ann.page.keyboard.press("Escape")
    for tab in ("contacts", "groups", "me"):
        ann.tab(tab)
        look(tab)
    assert {place: what for place, what in found.items() if what} == {}


def talk(visitor: Visitor, name: str) -> None:
    """Open the conversation that is called exactly so."""
    title = visitor.page.locator(".name").get_by_text(name, exact=True)
    visitor.get("conversation-item").filter(has=title).click()
    expect(visitor.get("composer-input")).to_be_visible()
    visitor.wait_until_still()


def box(of: Locator) -> dict[str, float]:
    found = of.bounding_box()
    assert found is not None
    return dict(found)


@pytest.mark.parametrize(("size", "locale"), [(SMALL, "zh-CN"), (LYING, "en")], ids=["small", "lying"])
def test_a_long_draft_leaves_room_to_read_what_it_answers(
    enter: Enter, world: World, size: dict[str, int], locale: str
) -> None:
    """The text has most of its line, the messages a third of the window, and all keys are in the window."""
    ann = enter(size, locale)
    talk(ann, world.crowd)
    last = ann.message("Wow")
    expect(last).to_be_visible()
    ann.press_long(last.locator("time"))
    ann.get("menu-reply").click()
    expect(ann.get("composer-context")).to_be_visible()
    ann.get("composer-input").fill("A long draft that goes on and on. " * 30)
    expect(ann.get("composer-send")).to_be_in_viewport(ratio=1)
    input_width, form = box(ann.get("composer-input"))["width"], box(ann.page.locator("form.composer"))
    assert input_width > 0.55 * form["width"]
    assert box(ann.get("message-list"))["height"] > size["height"] / 3
    if size == LYING:
        ann.get("emoji-open").click()
        expect(ann.get("emoji-search")).to_be_in_viewport(ratio=1)


def test_a_line_of_the_list_begins_where_its_script_begins(enter: Enter) -> None:
    """What does not fit is left out at the end of a sentence, which is on the left in Arabic."""
    for ann in (enter(SMALL, "zh-CN"), enter(DESKTOP, "en")):
        text = ann.line(RTL).get_by_text(RTL + ". " + RTL)
        expect(text).to_have_css("direction", "rtl")
        expect(ann.line("number 109").locator(".clip").last).to_have_css("direction", "ltr")


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_finger_that_lifts_over_the_menu_chooses_nothing(enter: Enter, world: World, locale: str) -> None:
    """The menu comes up under the finger that still presses: what it lifts over was not meant."""
    ann = enter(PHONE, locale)
    talk(ann, world.crowd)
    last = ann.message("Wow").get_by_test_id("reaction").last
    last.scroll_into_view_if_needed()
    at = box(ann.message("Wow").get_by_test_id("message-text"))
    y = at["y"] + at["height"] - 8
    ann.page.evaluate(
        "() => addEventListener('click', () => (window.lifted = true), { capture: true, once: true })"
    )
    with finger(ann.page, at["x"] + 20, y):
        menu = ann.page.get_by_role("menu")
        expect(menu).to_be_visible()
        assert box(menu)["y"] < y, "the menu must come up under the finger"
    ann.page.wait_for_function("window.lifted")
    ann.get("menu-reply").click()
    expect(ann.get("composer-context")).to_be_visible()
