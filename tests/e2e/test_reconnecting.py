"""What is typed while the line is away: nothing is lost, nothing is sent twice, and the order stays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.conftest import StartServer
from tests.e2e.conftest import BOTH, Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.faults.proxy import Proxy
from tests.people import Person
from tests.servers import Server, wait_for

AWAY = re.compile("offline|connecting")
BACK_MS = 40_000
"""A page that lost its line tries again every so often, at last every half minute."""


def is_line(visitor: Visitor, state: str | re.Pattern[str], timeout: int = BACK_MS) -> None:
    expect(visitor.get("connection-state").first).to_have_attribute("data-state", state, timeout=timeout)


def said(person: Person, other: Person) -> list[str]:
    """The texts of their conversation, as the log has them."""
    return [one["content"] for one in person.history(10, other.id) if one["media"] == 1]


def shown(page: Page) -> list[str]:
    return page.get_by_test_id("message-text").all_inner_texts()


@pytest.fixture
def talk(ann: Person, bob: Person) -> None:
    """They have said something, so that there is a conversation to open."""
    with bob.chat() as his:
        his.say(ann.id, "hello")


@pytest.fixture(params=[(DESKTOP, "en"), (PHONE, "zh-CN")], ids=["desktop", "phone"])
def hers(visit: Visit, line: Proxy, ann: Person, talk: None, request: pytest.FixtureRequest) -> Visitor:
    """Ann's page, with Bob's conversation open, on a line that may fail."""
    size, locale = request.param
    visitor = visit("Ann", size, locale, line.url).become(ann)
    visitor.open_conversation("Bob")
    return visitor


def test_keys_pressed_while_reconnecting_stay_and_enter_sends_once(
    hers: Visitor, line: Proxy, ann: Person, bob: Person
) -> None:
    """A word is begun on a line, ended and sent without one; the next is still there when it is back."""
    keys = hers.get("composer-input")
    keys.press_sequentially("half on the line, ")
    line.go_down()
    keys.press_sequentially("half without")
    is_line(hers, AWAY)
    keys.press("Enter")
    row = hers.message("half on the line, half without")
    expect(row).to_have_attribute("data-progress", "sending")
    keys.press_sequentially("the next ")
    line.come_up()
    keys.press_sequentially("one")
    expect(row).to_have_attribute("data-progress", "sent", timeout=BACK_MS)
    is_line(hers, "online")
    expect(keys).to_have_value("the next one")
    assert said(bob, ann) == ["hello", "half on the line, half without"]
    wait_for(lambda: [one["draft"] for one in ann.sync()["settings"]] == ["the next one"], "no draft")


def test_three_messages_written_without_a_network_arrive_once_in_their_order(
    hers: Visitor, line: Proxy, ann: Person, bob: Person
) -> None:
    """Each is shown as being sent until the server has it, and as sent then: Bob has no device here."""
    line.go_down()
    is_line(hers, AWAY)
    words = ["one", "two", "three"]
    for word in words:
        hers.say(word)
    rows = [hers.message(word) for word in words]
    for row in rows:
        expect(row).to_have_attribute("data-progress", "sending")
    assert said(bob, ann) == ["hello"]
    line.come_up()
    for row in rows:
        expect(row).to_have_attribute("data-progress", "sent", timeout=BACK_MS)
        expect(row).to_have_attribute("data-seq", re.compile(r"\d"))
    assert said(bob, ann) == shown(hers.page) == ["hello", *words]
    hers.page.reload()
    expect(hers.get("message-text")).to_have_text(["hello", *words])


@BOTH
def test_a_restart_of_the_server_takes_nothing_from_who_is_typing(
    start_server: StartServer, visit: Visit, size: dict[str, int], locale: str
) -> None:
    """Letters go on while it stops and starts; what is sent is there once, and the draft is saved."""
    server = start_server()
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    with bob.chat() as his:
        his.say(ann.id, "hello")
    hers = visit("Ann", size, locale, server.url).become(ann)
    hers.open_conversation("Bob")
    keys = hers.get("composer-input")
    keys.press_sequentially("before, ")
    server.check_stop()
    keys.press_sequentially("meanwhile")
    keys.press("Enter")
    keys.press_sequentially("and on")
    again = Server(server.log_path.parent, server.environ, server.port)
    try:
        keys.press_sequentially(" and on")
        expect(hers.message("before, meanwhile")).to_have_attribute(
            "data-progress", "sent", timeout=BACK_MS
        )
        is_line(hers, "online")
        expect(keys).to_have_value("and on and on")
        wait_for(lambda: [one["draft"] for one in ann.sync()["settings"]] == ["and on and on"], "no draft")
        assert said(bob, ann) == ["hello", "before, meanwhile"]
    finally:
        hers.page.goto("about:blank")
        again.check_stop()


class DeadLine:
    """The page's own connection, through which nothing comes any more after `die`."""

    def __init__(self, page: Page) -> None:
        self.opened = 0
        self._dead: set[int] = set()
        page.add_init_script("delete globalThis.SharedWorker")  # as on Android, where each page has its own
        page.route_web_socket(re.compile("/chat$"), self._carry)

    def _carry(self, page: WebSocketRoute) -> None:
        self.opened += 1
        number = self.opened
        server = page.connect_to_server()
        page.on_message(lambda text: None if number in self._dead else server.send(text))
        server.on_message(lambda text: None if number in self._dead else page.send(text))

    def die(self) -> None:
        self._dead.add(self.opened)


@pytest.mark.parametrize(
    ("asleep", "size", "locale"),
    [("an hour", DESKTOP, "en"), ("the screen alone", PHONE, "zh-CN")],
    ids=["desktop", "phone"],
)
def test_who_wakes_after_an_hour_is_told_what_came(
    visit: Visit, ann: Person, bob: Person, talk: None, asleep: str, size: dict[str, int], locale: str
) -> None:
    """The line died unheard. The page notices by its clock, makes another, syncs, and sends what waits."""
    hers = visit("Ann", size, locale)
    line = DeadLine(hers.page)
    hers.page.clock.install()
    hers.become(ann)
    hers.open_conversation("Bob")
    hers.sees("hello")
    assert line.opened == 1
    line.die()
    with bob.chat() as his:
        his.say(ann.id, "said while you slept")
    hers.say("sent into a dead line")
    row = hers.message("sent into a dead line")
    expect(row).to_have_attribute("data-progress", "sending")
    expect(hers.message("said while you slept")).to_have_count(0)
    if asleep == "an hour":
        hers.page.clock.fast_forward("01:00:00")
    else:
        hers.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        hers.page.clock.run_for(6_000)
    hers.sees("said while you slept")
    expect(row).to_have_attribute("data-progress", "sent", timeout=BACK_MS)
    is_line(hers, "online")
    assert line.opened == 2
    assert said(bob, ann) == ["hello", "said while you slept", "sent into a dead line"]
    assert shown(hers.page) == said(bob, ann)
