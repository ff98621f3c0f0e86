"""The pages as an app: several tabs, no network, a server that restarts, and nothing left at log-out."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e import kept
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.servers import Server, wait_for

PICTURE = "[data-testid=message-picture] img"
STICKER = "[data-testid=message-sticker]"


def connections(server: Server) -> int:
    """Open chat sockets, as /metrics counts them."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=5) as answer:
        found = re.search(r"^fastim_connections(?:\{[^}]*\})? (\d+)", answer.read().decode(), re.MULTILINE)
    assert found is not None
    return int(found[1])


def text(page: Page, words: str):
    return page.get_by_test_id("message-text").filter(has_text=words)


def drawn(page: Page, selector: str) -> None:
    """The first picture of this kind is there and shows something."""
    expect(page.locator(selector).first).to_be_visible()
    page.wait_for_function("one => document.querySelector(one)?.naturalWidth > 0", arg=selector)


def noise(path: Path) -> Path:
    """A picture that is not small."""
    Image.effect_noise((600, 500), 80).convert("RGB").save(path)
    return path


@pytest.fixture
def friends(
    browser: Browser, start_server: Callable[..., Server]
) -> Iterator[tuple[Server, Visitor, Visitor]]:
    """A server, Ann at a desk and Bob with a phone, who have said hello."""
    server = start_server()
    ann = Visitor(browser, server.url, "Ann", DESKTOP, "en")
    bob = Visitor(browser, server.url, "Bob", PHONE, "zh-CN")
    ann.sign_up()
    bob.sign_up()
    ann.add_friend(bob)
    ann.open_friend(bob)
    ann.say("hello Bob")
    bob.open_conversation("Ann")
    bob.sees("hello Bob")
    yield server, ann, bob
    ann.close()
    bob.close()


def test_two_tabs_share_one_connection_and_leave_together(friends: tuple[Server, Visitor, Visitor]) -> None:
    """Nothing of who left stays in the browser, nor what a tab wrote as it went."""
    server, ann, bob = friends
    assert connections(server) == 2
    second = ann.context.new_page()
    second.goto(ann.page.url)
    expect(text(second, "hello Bob")).to_be_visible()
    expect(second.get_by_test_id("connection-state").first).to_have_attribute("data-state", "online")
    assert connections(server) == 2

    ann.say("from the first tab")
    expect(text(second, "from the first tab")).to_have_count(1)
    bob.say("to both tabs")
    for page in (ann.page, second):
        expect(text(page, "to both tabs")).to_have_count(1)
    bob.sees("from the first tab")
    ann.page.reload()
    for words in ("from the first tab", "to both tabs"):
        expect(text(ann.page, words)).to_have_count(1)

    ann.tab("me")
    ann.get("logout").click()
    for page in (ann.page, second):
        page.wait_for_url("**/login.shtml")
    wait_for(lambda: databases(second) == [])
    wait_for(lambda: connections(server) == 1)

    second.evaluate("async () => void indexedDB.open('fastim.7.3')")
    wait_for(lambda: databases(second) == ["fastim.7.3"])
    second.reload()
    wait_for(lambda: databases(second) == [])


def databases(page: Page) -> list[str]:
    """What this browser keeps of people."""
    found: list[str] = page.evaluate("async () => (await indexedDB.databases()).map((base) => base.name)")
    return found


def look_at_favourites(visitor: Visitor) -> None:
    visitor.tab("chats")
    visitor.get("favourites-open").click()
    expect(visitor.get("favourite")).to_contain_text("hello Bob")


def test_without_a_network_the_last_talks_are_shown_and_what_is_written_goes_out_later(
    friends: tuple[Server, Visitor, Visitor],
) -> None:
    server, ann, bob = friends
    page = bob.page
    kept.wait_for_worker(page)
    bob.menu(bob.message("hello Bob"), "keep")
    look_at_favourites(bob)
    expect(bob.get("favourite-drop")).to_have_count(1)
    bob.get("sheet-close").click()
    wait_for(lambda: len(kept.places_of(page, "hello Bob")) == 2, "the talk or the favourite is not kept")
    bob.open_conversation("Ann")

    # Nothing answers any more: not the server for the page, nor for the worker that has the connection.
    server.check_stop()
    page.reload()
    bob.sees("hello Bob")
    state = bob.get("connection-state").first
    expect(state).to_have_attribute("data-state", re.compile("offline|connecting"))
    look_at_favourites(bob)
    expect(bob.get("favourites-old")).to_be_visible()
    expect(bob.get("favourite-drop")).to_have_count(0)
    bob.get("sheet-close").click()
    bob.open_conversation("Ann")
    bob.say("written without a network")
    row = bob.get("message").filter(has_text="written without a network")
    expect(row).to_have_attribute("data-progress", "sending")
    page.reload()
    expect(row).to_have_attribute("data-progress", "sending")
    bob.get("composer-input").fill("half a thought")
    page.reload()
    expect(bob.get("composer-input")).to_have_value("half a thought")
    ann.get("composer-input").fill("and a draft")

    again = Server(server.log_path.parent, server.environ, server.port)
    try:
        for visitor in (ann, bob):
            expect(text(visitor.page, "written without a network")).to_have_count(1, timeout=40_000)
        expect(row).to_have_attribute("data-progress", re.compile("sent|delivered|read"))
        expect(state).to_have_attribute("data-state", "online")
        expect(bob.get("composer-input")).to_have_value("half a thought")
        expect(ann.get("composer-input")).to_have_value("and a draft")
    finally:
        again.check_stop()


def test_pictures_that_were_seen_are_shown_without_a_network_and_go_with_their_message_and_the_account(
    friends: tuple[Server, Visitor, Visitor], tmp_path: Path
) -> None:
    _, ann, bob = friends
    ann.get("picture-input").set_input_files(noise(tmp_path / "seen.png"))
    bob.sees_picture(1)
    ann.get("sticker-open").click()
    ann.get("sticker-item").first.click()
    for visitor in (ann, bob):
        page = visitor.page
        drawn(page, STICKER)
        kept.wait_for_worker(page)
        page.reload()
        drawn(page, PICTURE)
        wait_for(
            lambda page=page: {"resource", "asset"} <= {one.split("/")[1] for one in kept.pictures(page)}
        )
        wait_for(
            lambda page=page: any(
                one.endswith(" conversations") for one in kept.places_of(page, "/resource/")
            )
        )
        # The browser's own cache must not be what answers.
        line = visitor.context.new_cdp_session(page)
        line.send("Network.clearBrowserCache")
        visitor.context.set_offline(True)
        page.reload()
        for kind in (PICTURE, STICKER):
            drawn(page, kind)
        visitor.context.set_offline(False)
        expect(visitor.get("connection-state").first).to_have_attribute(
            "data-state", "online", timeout=40_000
        )

    address = str(ann.page.locator(PICTURE).first.get_attribute("src")).split("?")[0]
    assert address in kept.pictures(bob.page)
    ann.menu(ann.get("message").filter(has=ann.page.locator(PICTURE)), "recall")
    wait_for(lambda: address not in kept.pictures(bob.page))
    bob.tab("me")
    bob.get("logout").click()
    bob.page.wait_for_url("**/login.shtml")
    expect(bob.get("login-submit")).to_be_visible()
    expect(bob.get("login-ended")).to_have_count(0)
    wait_for(
        lambda: bob.page.evaluate(
            "() => caches.keys().then((all) => !all.some((one) => one.includes('pictures')))"
        )
    )
