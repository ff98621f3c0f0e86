"""Real browsers, from the site's root to a group of three, as people would do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photo of gradients, larger than a thumbnail."""
    image = Image.radial_gradient("L").resize((1200, 800))
    path = tmp_path / "photo.png"
    Image.merge("RGB", (image, image.rotate(90, expand=False), image.rotate(180))).save(path)
    return path


@pytest.mark.parametrize(("size", "locale"), [(PHONE, "zh-CN"), (DESKTOP, "en")], ids=["phone", "desktop"])
def test_two_people_become_friends_and_a_third_joins_their_group(
    visit: Visit, picture: Path, size: dict[str, int], locale: str
) -> None:
    ann, bob, eve = (visit(name, size, locale) for name in ("Ann", "博文", "Eve"))
    ann.register(avatar=picture)
    bob.register()
    assert ann.page.locator("html").get_attribute("lang") == locale

    ann.add_friend(bob)
    ann.open_friend(bob)
    ann.say("你好, Bob! https://example.org/a?b=1")
    bob.open_conversation("Ann")
    bob.sees("你好, Bob!")
    expect(bob.page.locator("a[href='https://example.org/a?b=1']")).to_be_visible()

    for count, (one, other) in enumerate(((ann, bob), (bob, ann)), 1):
        one.say(f"text from {one.name}")
        other.sees(f"text from {one.name}")
        other.sees(one.send_emoji())
        one.send_sticker()
        other.sees_sticker(count)
        one.send_picture(picture)
        one.sees_picture(count)
        other.sees_picture(count)

    group = f"Trio {ann.mobile[-6:]}"
    ann.create_group(group)
    eve.register()
    for visitor in (bob, eve):
        visitor.join_group(group)
    for visitor in (ann, bob, eve):
        visitor.open_group(group)
    for speaker in (ann, bob, eve):
        speaker.say(f"{speaker.name} is here")
        for listener in (ann, bob, eve):
            listener.sees(f"{speaker.name} is here")


def test_nothing_is_lost_or_doubled_over_a_reload_and_a_restart_of_the_line(visit: Visit) -> None:
    """What was written while the other was away is there after coming back, once."""
    ann, bob = visit("Ann", DESKTOP, "en"), visit("Bob", PHONE, "zh-CN")
    # As Chrome on Android: each tab has a connection of its own, which goes with the network.
    bob.context.add_init_script("delete window.SharedWorker")
    ann.sign_up()
    bob.sign_up()
    ann.add_friend(bob)
    ann.open_friend(bob)
    ann.say("before")
    bob.open_conversation("Ann")
    bob.sees("before")
    bob.context.set_offline(True)
    bob.complaints.clear()
    ann.say("while away")
    ann.sees("while away")
    bob.say("written offline")
    bob.context.set_offline(False)
    bob.sees("while away")
    ann.sees("written offline")
    bob.complaints.clear()  # the browser reports the network that we took away
    bob.page.reload()
    bob.open_conversation("Ann")
    for text in ("before", "while away", "written offline"):
        expect(bob.get("message-text").filter(has_text=text)).to_have_count(1)
