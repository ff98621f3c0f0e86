"""What depends on the time: by the server's clock, whatever the device believes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server

HOUR_MS = 3_600_000

SET_CLOCK = """
  delete window.SharedWorker; // a worker's clock cannot be set from here
  const Right = Date;
  window.clockOff = %d;
  window.Date = class extends Right {
    constructor(...parts) { super(...(parts.length ? parts : [Right.now() + window.clockOff])); }
    static now() { return Right.now() + window.clockOff; }
  };
"""
"""A device whose clock is off by so many ms."""

CLOCK = (
    "at => new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })"
)

BOTH = pytest.mark.parametrize(
    ("size", "locale"), [(PHONE, "zh-CN"), (DESKTOP, "en")], ids=["phone", "desktop"]
)


class Circle:
    """Ann's group with Bob in it, who looks at it in a browser."""

    def __init__(self, server: Server, visitor: Visitor) -> None:
        self.ann, self.bob = Person(server.url, "Ann"), Person(server.url, "Bob")
        self.name = f"Circle {self.ann.mobile[-6:]}"
        self.id = self.ann.create_group(self.name, self.bob)
        self.page = visitor.become(self.bob)
        self.page.open_group(self.name)

    def mute(self, seconds: int) -> str:
        """Bob, for so long; until when, as the server says it."""
        answer = self.ann.post("/community/mute", dstid=self.id, memberid=self.bob.id, seconds=seconds)
        assert answer["code"] == 0, answer
        (group,) = self.bob.post("/contact/loadcommunity")["rows"]
        return str(group["muted"])


@BOTH
def test_a_mute_says_until_when_it_lasts_and_ends_by_itself(
    visit: Visit, server: Server, size: dict[str, int], locale: str
) -> None:
    circle = Circle(server, visit("Bob", size, locale))
    page = circle.page
    until = circle.mute(3600)
    expect(page.get("silence")).to_contain_text(page.page.evaluate(CLOCK, until))
    expect(page.get("composer-input")).to_be_hidden()
    circle.mute(5)
    expect(page.get("composer-input")).to_be_visible(timeout=15_000)
    expect(page.get("silence")).to_be_hidden()
    page.say("back again")
    page.sees("back again")


@pytest.mark.parametrize(
    ("off", "size", "locale"),
    [(HOUR_MS, DESKTOP, "en"), (-HOUR_MS, PHONE, "zh-CN")],
    ids=["fast-desktop", "slow-phone"],
)
def test_a_device_whose_clock_is_an_hour_off_counts_by_the_servers(
    visit: Visit, server: Server, off: int, size: dict[str, int], locale: str
) -> None:
    """A mute lasts as long as it lasts, and what was said just now can be taken back, for two minutes."""
    visitor = visit("Bob", size, locale)
    visitor.context.add_init_script(SET_CLOCK % off)
    circle = Circle(server, visitor)
    page = circle.page
    page.say("just now")
    page.sees("just now")
    expect(page.get("message")).to_have_attribute("data-progress", "sent")
    page.open_menu(page.message("just now"))
    expect(page.get("menu-recall")).to_be_visible()
    page.page.keyboard.press("Escape")

    circle.mute(1800)
    expect(page.get("silence")).to_be_visible()
    circle.mute(5)
    expect(page.get("composer-input")).to_be_visible(timeout=15_000)

    page.page.evaluate("window.clockOff += 121_000")
    page.open_menu(page.message("just now"))
    expect(page.get("menu-edit")).to_be_visible()
    expect(page.get("menu-recall")).to_be_hidden()
    page.page.keyboard.press("Escape")


@BOTH
def test_a_device_that_believes_that_it_is_yesterday_shows_todays_messages_under_today(
    visit: Visit, server: Server, size: dict[str, int], locale: str
) -> None:
    """It is the first hour of a day where it stands, and its clock is an hour slow."""
    visitor = visit("Bob", size, locale)
    visitor.context.add_init_script(SET_CLOCK % -HOUR_MS)
    east = -datetime.now(UTC).hour
    zone = f"Etc/GMT{-east:+d}" if east >= -12 else f"Etc/GMT-{24 + east}"
    visitor.context.new_cdp_session(visitor.page).send(
        "Emulation.setTimezoneOverride", {"timezoneId": zone}
    )
    circle = Circle(server, visitor)
    page = circle.page
    page.say("good morning")
    page.sees("good morning")
    expect(page.get("message")).to_have_attribute("data-progress", "sent")
    expect(page.get("day")).to_have_text([page.words("talk.today")])
