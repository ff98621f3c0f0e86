"""A large file outlives the page that sends it: it goes on by itself, and its message is sent once."""

from __future__ import annotations

import os
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import kept
from tests.e2e.conftest import BOTH, Visit
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.faults.proxy import Proxy
from tests.people import Person
from tests.servers import wait_for

PART = 4 << 20
WAIT_MS = 40_000
AWAITED = """async () => (await navigator.locks.query())
  .pending.some((lock) => lock.name.startsWith('fastim.upload.'))"""
"""Whether a tab waits for an upload that another one has in hand."""


class Parts:
    """The parts that a page sends; from the second of a file on they are held back until `let_go`."""

    def __init__(self, page: Page) -> None:
        self.offsets: list[int] = []
        self._held: list[Route] = []
        self._is_open = False
        page.route("**/attach/part/*", self._take)

    def _take(self, route: Route) -> None:
        offset = int(route.request.headers["upload-offset"])
        self.offsets.append(offset)
        if offset and not self._is_open:
            self._held.append(route)
        else:
            route.continue_()

    def wait_for_second(self, page: Page) -> None:
        wait_for(lambda: page.evaluate("true") and self._held, "no second part")

    def let_go(self) -> None:
        self._is_open = True
        for route in self._held:
            route.continue_()


@pytest.fixture
def file(tmp_path: Path, ann: Person, bob: Person) -> Path:
    """The friends have a conversation, and a file to send in three parts."""
    with bob.chat() as his:
        his.say(ann.id, "hello")
    path = tmp_path / "backup.zip"
    path.write_bytes(os.urandom(2 * PART + 1000))
    return path


def got_it_once(bob: Person, ann: Person, file: Path) -> None:
    """The log has one message with the file, whole."""

    def files() -> list[str]:
        return [one["url"] for one in bob.history(10, ann.id) if one["media"] == 5]

    wait_for(files, "the file did not arrive")
    (url,) = files()
    request = urllib.request.Request(bob.base + url, headers={"Authorization": f"Bearer {bob.token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.read() == file.read_bytes()


def load_again(hers: Visitor, _: Person) -> None:
    hers.page.reload()


def be_signed_out_and_in(hers: Visitor, ann: Person) -> None:
    """Ann ends all her sessions at another device, and comes back to this one."""
    hers.is_line_sure = False  # the browser tells of every answer that is a refusal
    ann.post("/user/logoutall")
    hers.page.wait_for_url("**/login.shtml")
    expect(hers.get("login-ended")).to_be_visible()
    hers.log_in()
    hers.open_conversation("Bob")


@pytest.mark.parametrize(
    ("size", "locale", "go_and_come"),
    [(DESKTOP, "en", load_again), (PHONE, "zh-CN", be_signed_out_and_in)],
    ids=["desktop-loaded-again", "phone-signed-out-elsewhere"],
)
def test_a_page_that_goes_while_parts_are_on_the_way_goes_on_where_it_stood(
    visit: Visit,
    ann: Person,
    bob: Person,
    file: Path,
    size: dict[str, int],
    locale: str,
    go_and_come: Callable[[Visitor, Person], None],
) -> None:
    hers = visit("Ann", size, locale).become(ann)
    hers.open_conversation("Bob")
    parts = Parts(hers.page)
    hers.get("file-input").set_input_files(file)
    parts.wait_for_second(hers.page)
    go_and_come(hers, ann)
    expect(hers.get("upload")).to_be_visible(timeout=WAIT_MS)
    expect(hers.get("upload")).not_to_have_attribute("data-paused", "true")
    wait_for(lambda: hers.page.evaluate("true") and len(parts.offsets) > 2, "it does not go on")
    expect(hers.get("upload-progress")).to_have_attribute("value", re.compile("^(4[5-9]|5.)$"))
    parts.let_go()
    expect(hers.get("upload")).to_have_count(0, timeout=WAIT_MS)
    expect(hers.get("message-file")).to_have_count(1)
    assert parts.offsets[2:] == [PART, 2 * PART]
    got_it_once(bob, ann, file)
    hers.page.reload()
    expect(hers.get("message-file")).to_have_count(1)
    assert "fastim.uploads uploads" not in kept.places_of(hers.page, "backup.zip")


@BOTH
def test_another_tab_finishes_what_a_closed_one_began(
    visit: Visit, ann: Person, bob: Person, file: Path, size: dict[str, int], locale: str
) -> None:
    hers = visit("Ann", size, locale).become(ann)
    hers.open_conversation("Bob")
    parts = Parts(hers.page)
    hers.get("file-input").set_input_files(file)
    parts.wait_for_second(hers.page)
    other = hers.context.new_page()
    other.goto(hers.page.url)
    expect(other.get_by_test_id("message-text")).to_have_text(["hello"])
    wait_for(lambda: other.evaluate(AWAITED), "it does not wait for the first one's end")
    expect(other.get_by_test_id("message-file")).to_have_count(0)
    hers.page.close()
    expect(other.get_by_test_id("message-file")).to_have_count(1, timeout=WAIT_MS)
    got_it_once(bob, ann, file)


@BOTH
def test_a_page_opened_without_a_network_shows_what_waits_and_sends_it_later(
    visit: Visit,
    line: Proxy,
    ann: Person,
    bob: Person,
    file: Path,
    size: dict[str, int],
    locale: str,
) -> None:
    hers = visit("Ann", size, locale, line.url).become(ann)
    hers.open_conversation("Bob")
    kept.wait_for_worker(hers.page)
    wait_for(lambda: kept.places_of(hers.page, "hello"), "the conversation is not kept")
    parts = Parts(hers.page)
    hers.get("file-input").set_input_files(file)
    parts.wait_for_second(hers.page)
    line.go_down()
    hers.page.reload()
    expect(hers.get("message-file")).to_contain_text("backup.zip", timeout=WAIT_MS)
    expect(hers.get("upload")).to_contain_text(hers.words("media.waiting"))
    parts.let_go()
    line.come_up()
    expect(hers.get("upload")).to_have_count(0, timeout=WAIT_MS)
    expect(hers.get("message-file")).to_have_count(1)
    got_it_once(bob, ann, file)
