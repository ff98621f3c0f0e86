"""Every sheet, menu, panel and page of its own: for every eye, and for a keyboard alone."""

from __future__ import annotations

import io
import json
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from bench.pages.audit import axe
from tests.client import new_mobile
from tests.e2e.openings import CREW, DIALOG, EDITED, FRIEND, OPENINGS, OWN, PANEL
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.people import Person
from tests.servers import Server
from tests.ws import Chat

AT_REST = """() => document.getAnimations().every((one) =>
  one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"""
"""Nothing moves on the page, but for what moves for ever."""


def upload(person: Person, content: bytes) -> str:
    """The address of a picture of theirs."""
    border = uuid.uuid4().hex
    part = (
        f'--{border}\r\nContent-Disposition: form-data; name="kind"\r\n\r\npicture\r\n'
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="picture.png"\r\n\r\n'
    )
    request = urllib.request.Request(
        person.base + "/attach/upload",
        part.encode() + content + f"\r\n--{border}--\r\n".encode(),
        {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Authorization": f"Bearer {person.token}",
        },
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(json.load(answer)["data"])


def must(person: Person, path: str, **fields: Any) -> Any:
    answer = person.post(path, **fields)
    assert answer["code"] == 0, (path, answer)
    return answer.get("data")


def act_of(line: Chat, **frame: Any) -> None:
    """Send, and wait until it is stored."""
    msgid = uuid.uuid4().hex
    line.send(**frame, msgid=msgid)
    line.expect(lambda answer: answer["cmd"] == 12 and answer["msgid"] == msgid)


@pytest.fixture
def ann(server: Server) -> Person:
    """Owner of a group with a notice, a pinned message, a picture, a record, reactions, somebody muted and
    somebody who waits; she has a labelled friend, a favourite and somebody blocked."""
    ann, bob, eve, zoe, dan = (Person(server.url, name) for name in ("Ann", FRIEND, "Eve", "Zoe", "Dan"))
    ann.befriend(bob, eve, dan)
    name = f"{CREW} {new_mobile()}"
    crew = ann.create_group(name, bob, eve)
    must(ann, "/contact/block", dstid=dan.id, blocked=True)
    must(ann, "/contact/tags", dstid=bob.id, tags=["Harbour"])
    image = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(image, "PNG")
    picture = upload(bob, image.getvalue())
    with ann.chat() as line, bob.chat() as other:
        first, second = (line.say(crew, text, cmd=11)["seq"] for text in ("first", "second"))
        line.say(bob.id, "hello")
        edited = line.say(crew, "said badly", cmd=11)["seq"]
        acts: tuple[dict[str, Any], ...] = (
            {"cmd": 20, "seq": edited, "content": EDITED},
            {"cmd": 24, "seq": first, "on": True},
            {"cmd": 25, "from_kind": 11, "from_id": crew, "seqs": [first, second], "merged": True},
        )
        for act in acts:
            act_of(line, kind=11, dstid=crew, **act)
        act_of(other, cmd=11, dstid=crew, media=4, url=picture, memo="320x240")
        own = line.say(crew, OWN, cmd=11)["seq"]
        act_of(other, cmd=21, kind=11, dstid=crew, seq=own, emoji="👍")
        other.send(cmd=14, kind=11, dstid=crew, seq=own)
    must(ann, "/community/putnotice", dstid=crew, text="Saturday at eight.\n\nBring water.")
    must(ann, "/community/mute", dstid=crew, memberid=eve.id, seconds=3600)
    must(ann, "/community/mode", dstid=crew, mode="approve")
    must(ann, "/community/makelink", dstid=crew)
    must(ann, "/message/favourite", cmd=11, dstid=crew, seq=own)
    must(ann, "/settings/privacy", adding="ask")
    must(zoe, "/community/join", dstname=name, note="May I?")
    return ann


@pytest.fixture(
    params=[(DESKTOP, "en", False), (PHONE, "zh-CN", True)], ids=["desktop-en", "phone-zh-dark"]
)
def visitor(
    browser: Browser, server: Server, ann: Person, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    visitor = Visitor(browser, server.url, "Ann", *request.param)
    visitor.page.add_init_script(FAKE_MICROPHONE)
    yield visitor.become(ann)
    visitor.close()


FAKE_MICROPHONE = """
  navigator.mediaDevices.getUserMedia = async () =>
    new AudioContext().createMediaStreamDestination().stream;
"""


def test_all_that_opens_is_for_every_eye_and_closes_by_a_key(visitor: Visitor) -> None:
    """axe finds nothing serious, by day and in the dark; Esc closes, and the focus is at what opened it."""
    page = visitor.page
    faults: dict[str, list[str]] = {}
    lost: dict[str, str] = {}
    for opening in OPENINGS:
        opener = opening.open(visitor)
        expect(page.locator(opening.shows).last).to_be_visible()
        page.wait_for_function(AT_REST)  # what comes in softly is half seen, and half as dark
        # What lies under a dialog is inert, and the same each time: test_access looks at it.
        within = opening.shows if "dialog" in opening.shows else ""
        faults[opening.name] = axe(page, within=within)
        close(visitor, opening.shows)
        if opener is not None and not opener.evaluate("one => one === document.activeElement"):
            lost[opening.name] = page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        close(visitor, f"{DIALOG}, {PANEL}")  # what it stood on
    assert {place: found for place, found in faults.items() if found} == {}
    assert lost == {}


def close(visitor: Visitor, what: str) -> None:
    """By Esc; a list of choices on top of it takes the first."""
    for _ in range(3):
        if not visitor.page.locator(what).count():
            return
        visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator(what)).to_have_count(0)


def test_arrows_go_through_lists_and_tab_goes_past_them(visitor: Visitor) -> None:
    """From the field that searches a list into it, and through a grid of signs that is one step for Tab."""
    keys = visitor.page.keyboard
    opening = {one.name: one.open for one in OPENINGS}
    opening["forward"](visitor)
    visitor.get("forward-find").focus()
    keys.press("ArrowDown")
    targets = visitor.get("forward-target")
    expect(targets.first).to_be_focused()
    keys.press("ArrowDown")
    expect(targets.nth(1)).to_be_focused()
    keys.press("Enter")
    expect(targets.nth(1)).to_have_attribute("aria-pressed", "true")
    keys.press("Escape")
    expect(visitor.get("forward-find")).to_have_count(0)

    opening["emoji"](visitor)
    signs = visitor.get("emoji-item")
    visitor.get("emoji-tone").focus()
    keys.press("Tab")
    expect(signs.first).to_be_focused()
    keys.press("ArrowRight")
    expect(signs.nth(1)).to_be_focused()
    keys.press("Tab")
    expect(visitor.page.get_by_role("tab", selected=True)).to_be_focused()
    keys.press("Shift+Tab")
    expect(signs.nth(1)).to_be_focused()
