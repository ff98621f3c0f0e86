"""Voices recorded and heard, and all else that a thumb can say, in browsers with a microphone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.conftest import CHROMIUM_OPTIONS
from tests.e2e.conftest import Visit
from tests.e2e.touch import finger, middle
from tests.e2e.visitor import DESKTOP, PHONE, Visitor, meet, uncomplaining
from tests.people import Person
from tests.servers import Server, program

WAIT_MS = 20_000


@pytest.fixture(scope="module")
def studio(browser: Browser) -> Iterator[Browser]:
    """Chromium with a microphone that beeps and a camera that shows a clock, and nobody who is asked."""
    chromium = browser.browser_type.launch(
        executable_path=program("chromium"),
        args=[
            *CHROMIUM_OPTIONS,
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
        ],
    )
    yield chromium
    chromium.close()


@pytest.fixture
def in_studio(studio: Browser, server: Server) -> Iterator[Visit]:
    """As `visit`, with a microphone and a camera."""
    with uncomplaining() as visitors:

        def make(name: str, size: dict[str, int], locale: str) -> Visitor:
            visitors.append(Visitor(studio, server.url, name, size, locale))
            return visitors[-1]

        yield make


def test_a_voice_is_recorded_heard_and_known_as_heard_everywhere(in_studio: Visit) -> None:
    """Tapped and held; the next unheard one goes on by itself; a second device sees what was played."""
    ann, bob = in_studio("Ann", PHONE, "zh-CN"), in_studio("Bob", DESKTOP, "en")
    meet(ann, bob)
    ann.get("voice-record").click()
    expect(ann.get("voice-send")).to_be_enabled(timeout=WAIT_MS)
    expect(ann.get("voice-recorder").get_by_role("timer")).to_have_text("0:02", timeout=WAIT_MS)
    ann.get("voice-send").click()
    expect(ann.get("message-voice")).to_have_count(1)
    box = ann.get("voice-record").bounding_box()
    assert box is not None
    ann.page.mouse.move(box["x"] + 20, box["y"] + 20)
    ann.page.mouse.down()
    expect(ann.get("voice-recorder")).to_be_visible()
    expect(ann.get("voice-recorder").get_by_role("timer")).to_have_text("0:02", timeout=WAIT_MS)
    ann.page.mouse.up()
    expect(ann.get("message-voice")).to_have_count(2)
    voices = bob.get("message-voice")
    expect(voices).to_have_count(2, timeout=WAIT_MS)
    expect(bob.page.locator("[data-unheard]")).to_have_count(2)
    assert ann.page.locator("[data-unheard]").count() == 0, "one's own are heard"
    phone = in_studio("Bob", PHONE, "zh-CN")
    phone.mobile = bob.mobile
    phone.log_in()
    phone.open_conversation("Ann")
    expect(phone.page.locator("[data-unheard]")).to_have_count(2)
    voices.first.get_by_test_id("voice-play").click()
    expect(voices.first.get_by_test_id("voice-rate")).to_have_text("1×")
    voices.first.get_by_test_id("voice-rate").click()
    expect(bob.page.locator("[data-unheard]")).to_have_count(0, timeout=WAIT_MS)
    expect(phone.page.locator("[data-unheard]")).to_have_count(0, timeout=WAIT_MS)
    phone.page.reload()
    phone.open_conversation("Ann")
    expect(phone.get("message-voice")).to_have_count(2)
    expect(phone.page.locator("[data-unheard]")).to_have_count(0)


def test_who_may_not_use_the_microphone_is_told_so(visit: Visit) -> None:
    """In words, and the line to type into is there again."""
    ann, bob = visit("Ann", DESKTOP, "en"), visit("Bob", PHONE, "zh-CN")
    meet(ann, bob)
    for visitor in (ann, bob):
        visitor.get("voice-record").click()
        told = visitor.page.get_by_role("alert")
        expect(told).to_have_text(visitor.words("voice.none"), timeout=WAIT_MS)
        expect(visitor.get("composer-input")).to_be_visible()


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_thumb_writes_emoji_pictures_mentions_and_voices(
    in_studio: Visit, server: Server, tmp_path: Path, locale: str
) -> None:
    """All that the composer has on a phone, by touch alone; nothing is wider than the screen."""
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    name = f"Thumbs {ann.mobile[-6:]}"
    ann.create_group(name, bob)
    phone = in_studio("Ann", PHONE, locale).become(ann)
    phone.open_group(name)
    line = phone.get("composer-input")
    phone.get("emoji-open").tap()
    phone.get("emoji-item").first.tap()
    phone.get("emoji-item").nth(1).tap()
    expect(line).to_be_in_viewport(ratio=1)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.get("composer-send").tap()
    expect(phone.get("message")).to_have_count(1)
    phone.get("emoji-open").tap()
    expect(phone.get("emoji-item")).to_have_count(0)

    line.tap()
    line.press_sequentially("see @bo")
    phone.get("mention-item").tap()
    expect(line).to_have_value("see @Bob ")
    phone.get("composer-send").tap()
    expect(phone.message("see").get_by_test_id("mention")).to_have_text("@Bob")

    picture = tmp_path / "red.png"
    Image.new("RGB", (900, 600), "red").save(picture)
    phone.get("more-open").tap()
    phone.get("more-picture").set_input_files(picture)
    phone.sees_picture(1)

    timer = phone.get("voice-recorder").get_by_role("timer")
    with finger(phone.page, *middle(phone.get("voice-record"))) as put:
        expect(timer).to_have_text("0:01", timeout=WAIT_MS)
        put(above=40)
        put(above=120)
        expect(phone.get("voice-recorder")).to_contain_text(phone.words("voice.letGo"))
    expect(phone.get("voice-recorder")).to_have_count(0)
    with finger(phone.page, *middle(phone.get("voice-record"))):
        expect(timer).to_have_text("0:01", timeout=WAIT_MS)
    expect(phone.get("message-voice")).to_have_count(1, timeout=WAIT_MS)
    expect(phone.get("message").last).to_have_attribute("data-progress", "sent", timeout=WAIT_MS)
