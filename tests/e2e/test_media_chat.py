"""Films, large files, places, cards and stickers between two people in real browsers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import Visit
from tests.e2e.throttle import Throttle
from tests.e2e.touch import finger, middle
from tests.e2e.visitor import DESKTOP, PHONE, Visitor, meet

Pair = tuple[Visitor, Visitor]
WAIT_MS = 20_000

MAKE_FILM = """async () => {
  const canvas = document.createElement('canvas');
  canvas.width = 320; canvas.height = 180;
  const pen = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
  const chunks = [];
  recorder.ondataavailable = (event) => chunks.push(event.data);
  const done = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let at = 0; at < 25; at += 1) {
    pen.fillStyle = `hsl(${at * 12} 70% 50%)`;
    pen.fillRect(0, 0, 320, 180);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await done;
  return [...new Uint8Array(await new Blob(chunks).arrayBuffer())];
}"""


@pytest.fixture
def pair(visit: Visit) -> Pair:
    """Two friends, at a desk and at a phone, each with the other's conversation open."""
    ann, bob = visit("Ann", DESKTOP, "en"), visit("Bob", PHONE, "zh-CN")
    meet(ann, bob)
    return ann, bob


def swipe(visitor: Visitor, above: float = 0, left: float = 0) -> None:
    """Over the picture that is looked at, once it is there."""
    picture = visitor.get("picture-full")
    expect(picture).to_have_css("opacity", "1")
    with finger(visitor.page, *middle(picture)) as put:
        put(above=above, left=left)


def film(page: Page, folder: Path) -> Path:
    path = folder / "holiday.webm"
    path.write_bytes(bytes(page.evaluate(MAKE_FILM)))
    return path


def test_pictures_and_a_film_are_looked_at(pair: Pair, tmp_path: Path) -> None:
    """Several at once; the viewer goes from one to the next; the film has a still and plays."""
    ann, bob = pair
    paths = []
    for number, colour in enumerate(("red", "green", "blue")):
        paths.append(tmp_path / f"{number}.png")
        Image.new("RGB", (900, 600 + number), colour).save(paths[-1])
    ann.get("picture-input").set_input_files([*paths, film(ann.page, tmp_path)])
    bob.sees_picture(3)
    shown = bob.get("message-video")
    expect(shown).to_be_visible(timeout=WAIT_MS)
    still = shown.locator("img")
    assert str(still.get_attribute("src")).endswith("?thumb=1")
    bob.page.wait_for_function("image => image.naturalWidth > 0", arg=still.element_handle())
    shown.locator("button").first.click()
    bob.page.wait_for_function(
        "video => video.currentTime > 0", arg=bob.get("video-full").element_handle(), timeout=WAIT_MS
    )
    bob.get("video-close").click()
    expect(bob.get("video-viewer")).to_have_count(0)
    for visitor in (ann, bob):
        goes_to_the_second_picture(visitor)


def goes_to_the_second_picture(visitor: Visitor) -> None:
    """By keys at a desk, by swipes on a phone."""
    visitor.get("message-picture").first.locator("button").first.click()
    viewer = visitor.get("picture-viewer")
    first = visitor.get("picture-full").get_attribute("src")
    if visitor.is_phone:
        swipe(visitor, left=120)
    else:
        visitor.page.keyboard.press("ArrowRight")
    expect(visitor.get("picture-full")).not_to_have_attribute("src", str(first))
    expect(viewer).to_contain_text(visitor.words("viewer.count", at=2, all=3))
    if visitor.is_phone:
        swipe(visitor, above=-160)
    else:
        visitor.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def test_a_large_file_survives_a_pause_a_reload_and_a_broken_line(pair: Pair, tmp_path: Path) -> None:
    """It goes on where it stood, arrives whole, and a second time it is there at once."""
    ann, bob = pair
    content = os.urandom(18 << 20)
    path = tmp_path / "backup.zip"
    path.write_bytes(content)
    parts: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PUT":
            parts.append(int(request.headers["upload-offset"]))

    ann.page.on("request", note)
    network = Throttle(ann.page, upload=1 << 20)
    ann.get("file-input").set_input_files(path)
    ann.page.wait_for_function("() => document.querySelector('progress')?.value > 25", timeout=WAIT_MS)
    network.slow_to(1 << 14)  # so that it is not over before it is paused
    ann.get("upload-pause").click()
    expect(ann.get("upload")).to_have_attribute("data-paused", "true")
    ann.page.reload()
    expect(ann.get("upload")).to_have_attribute("data-paused", "true", timeout=WAIT_MS)
    network.slow_to(1 << 20)
    stood, seen = ann.page.evaluate("document.querySelector('progress').value"), len(parts)
    with ann.page.expect_request(lambda request: request.method == "PUT", timeout=WAIT_MS):
        ann.get("upload-resume").click()
    further = "stood => document.querySelector('progress')?.value > stood + 10"
    ann.page.wait_for_function(further, arg=stood, timeout=WAIT_MS)
    assert parts[seen] >= 4 << 20, "it began again"
    network.cut()
    expect(ann.get("upload")).to_contain_text(ann.words("media.waiting"), timeout=WAIT_MS)
    network.let_go()
    expect(bob.get("message-file")).to_contain_text("backup.zip", timeout=60_000)
    ann.complaints.clear()  # the browser reports the network that we took away
    with bob.page.expect_download() as saving:
        bob.get("message-file").click()
    assert Path(saving.value.path()).read_bytes() == content
    sent = len(parts)
    ann.get("file-input").set_input_files(path)
    expect(bob.get("message-file")).to_have_count(2, timeout=WAIT_MS)
    assert len(parts) == sent, "the server has the content"


def test_a_place_and_a_card_are_opened(pair: Pair, visit: Visit) -> None:
    """The place is drawn here and opened in a map by its reader; the card leads to a new friend."""
    ann, bob = pair
    eve = visit("Eve", DESKTOP, "en")
    eve.sign_up()
    ann.add_friend(eve)
    ann.open_friend(bob)
    ann.get("more-open").click()
    ann.get("location-open").click()
    ann.get("location-degrees-input").fill("geo:31.2397,121.4998")
    ann.get("location-name").fill("东方明珠")
    ann.get("location-send").click()
    place = bob.get("message-location")
    expect(place).to_contain_text("东方明珠", timeout=WAIT_MS)
    expect(place.get_by_test_id("map")).to_be_visible()
    place.click()
    north = bob.words("location.north", degrees=31.2397)
    east = bob.words("location.east", degrees=121.4998)
    expect(bob.get("location-degrees")).to_have_text(bob.words("location.pair", lat=north, lng=east))
    assert str(bob.get("map-app").get_attribute("href")).startswith("geo:31.2397,121.4998?q=")
    for link in bob.page.locator("a[data-testid^='map-']").all():
        assert "noreferrer" in str(link.get_attribute("rel"))
    bob.get("sheet-close").click()
    bob.context.grant_permissions(["geolocation"])
    bob.context.set_geolocation({"latitude": -33.8568, "longitude": 151.2153})
    bob.get("more-open").click()
    bob.get("location-open").click()
    bob.get("location-here").click()
    expect(bob.get("location-degrees-input")).to_have_value("-33.8568,151.2153")
    bob.get("location-send").click()
    for visitor in (ann, bob):  # it has no name: its degrees are said once, in each one's language
        south = visitor.words("location.south", degrees=33.8568)
        east = visitor.words("location.east", degrees=151.2153)
        shown = visitor.words("location.pair", lat=south, lng=east)
        expect(visitor.get("message-location").last).to_have_text(shown, timeout=WAIT_MS)
    ann.get("more-open").click()
    ann.get("card-open").click()
    ann.get("card-search").fill("eve")
    ann.get("card-item").click()
    bob.get("message-card").click(timeout=WAIT_MS)
    expect(bob.get("card-name")).to_have_text("Eve")
    bob.get("card-add").click()
    bob.get("card-talk").click()
    expect(bob.get("talk-name")).to_contain_text("Eve")


def test_received_pictures_become_stickers_and_emoji_are_found(pair: Pair, tmp_path: Path) -> None:
    """Kept in the viewer, sent, remembered; an emoji by its Chinese name, a hand with its tone."""
    ann, bob = pair
    path = tmp_path / "cat.png"
    Image.new("RGB", (300, 300), "orange").save(path)
    ann.send_picture(path)
    for count, (one, other) in enumerate(((bob, ann), (ann, bob)), 1):
        one.sees_picture(1)
        a_picture_becomes_a_sticker(one)
        other.sees_sticker(count)
        emoji_are_found(one, other)


def a_picture_becomes_a_sticker(one: Visitor) -> None:
    one.get("message-picture").locator("button").first.click()
    one.get("picture-keep").click()
    expect(one.get("picture-viewer")).to_contain_text(one.words("viewer.kept"))
    one.get("picture-close").click()
    one.get("sticker-open").click()
    one.get("sticker-mine").click()
    one.get("sticker-item").click()
    one.get("sticker-open").click()
    expect(one.get("sticker-recent")).to_have_attribute("aria-pressed", "true")
    expect(one.get("sticker-item")).to_have_count(1)


def emoji_are_found(one: Visitor, other: Visitor) -> None:
    one.get("emoji-open").click()
    one.get("emoji-search").fill("生日")
    expect(one.get("emoji-item").first).to_have_text("🎂")
    one.get("emoji-tone").click()
    one.get("emoji-tone-item").nth(3).click()
    one.get("emoji-search").fill("waving hand")
    one.get("emoji-item").first.click()
    expect(one.get("composer-input")).to_have_value("👋🏽")
    one.get("composer-send").click()
    expect(other.get("message-text").filter(has_text="👋🏽")).to_have_count(1 if one.is_phone else 2)
    one.get("emoji-search").fill("")
    one.get("emoji-tab-recent").click()
    expect(one.get("emoji-item").first).to_have_text("👋🏽")
