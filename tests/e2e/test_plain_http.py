"""A server of a house's own network, without HTTPS: browsers take much away from its pages."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.conftest import INSECURE_HOST
from tests.e2e.conftest import BOTH, Visit
from tests.people import Person
from tests.pictures import noise
from tests.servers import Server


@BOTH
def test_one_talks_copies_and_is_told_of_news(
    visit: Visit,
    server: Server,
    ann: Person,
    bob: Person,
    tmp_path: Path,
    size: dict[str, int],
    locale: str,
) -> None:
    hers = visit("Ann", size, locale, f"http://{INSECURE_HOST}:{server.port}")
    hers.mobile = ann.mobile
    hers.log_in()
    assert hers.page.evaluate("isSecureContext") is False
    with bob.chat() as his:
        his.say(ann.id, "from Bob")
        expect(hers.page).to_have_title(re.compile(r"^\(1\)"))
        hers.open_conversation("Bob")
        hers.menu(hers.message("from Bob"), "copy")
        expect(hers.get("toast")).to_have_text(hers.words("message.copied"))
        keys = hers.get("composer-input")
        keys.focus()
        keys.press("Control+v")
        expect(keys).to_have_value("from Bob")
        keys.fill("from Ann")
        keys.press("Enter")
        his.message("from Ann")
        noise().save(tmp_path / "seen.png")
        hers.get("picture-input").set_input_files(tmp_path / "seen.png")
        his.expect(lambda frame: frame.get("media") == 4)
