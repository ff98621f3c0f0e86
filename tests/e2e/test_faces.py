"""Faces that were seen are shown without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests import pictures
from tests.e2e import kept
from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE
from tests.people import Person
from tests.servers import wait_for


@pytest.mark.parametrize(("size", "locale"), [(DESKTOP, "en"), (PHONE, "zh-CN")], ids=["desktop", "phone"])
def test_faces_that_were_seen_are_shown_without_a_network(
    visit: Visit, ann: Person, bob: Person, size: dict[str, int], locale: str
) -> None:
    """In the list of conversations and among the contacts, although the browser's own cache is empty."""
    face = bob.upload(pictures.picture("PNG", 200, 200), "face.png")
    assert bob.post("/user/update", avatar=face)["code"] == 0
    with bob.chat() as his:
        his.say(ann.id, "hello")
    hers = visit("Ann", size, locale).become(ann)
    hers.is_line_sure = False

    def is_drawn(place: Locator) -> None:
        image = place.locator("img")
        expect(image).to_have_attribute("src", f"{face}?thumb=1")
        hers.page.wait_for_function("one => one.naturalWidth > 0", arg=image.element_handle())

    is_drawn(hers.line("Bob"))
    kept.wait_for_worker(hers.page)
    hers.page.reload()
    is_drawn(hers.line("Bob"))
    wait_for(lambda: face in kept.pictures(hers.page), "the face is not kept")
    wait_for(lambda: kept.places_of(hers.page, "hello"), "the conversation is not kept")
    hers.context.new_cdp_session(hers.page).send("Network.clearBrowserCache")
    hers.context.set_offline(True)
    hers.page.reload()
    is_drawn(hers.line("Bob"))
    hers.tab("contacts")
    is_drawn(hers.get("friend-item").filter(has_text="Bob"))
