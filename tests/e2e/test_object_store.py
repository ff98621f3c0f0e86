"""Files that go past the server, in real browsers: to a storage that asks for signatures, and from it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Request, expect

from tests.conftest import inherited_variables, variables
from tests.e2e.visitor import DESKTOP, Visitor
from tests.object_store import Gate, ObjectStore
from tests.servers import Server

WAIT_MS = 20_000


@pytest.fixture
def server(
    tmp_path: Path, sqlite_template: Path, object_store: ObjectStore, gate: Gate
) -> Iterator[Server]:
    path = shutil.copy(sqlite_template, tmp_path / "fastim.db")
    url = object_store.url(object_store.bucket(), public=gate.url)
    environ = variables(tmp_path, database_url=f"sqlite:///{path}", storage_url=url)
    server = Server(tmp_path, inherited_variables() | environ)
    gate.page_origin = server.url
    yield server
    server.check_stop()


def test_files_go_past_the_server_or_through_it_where_they_cannot(
    browser: Browser, server: Server, gate: Gate, tmp_path: Path
) -> None:
    """With a pause and a reload; what is shown and saved comes from there, under the strict policy."""
    ann, bob = (Visitor(browser, server.url, name, DESKTOP, "en") for name in ("Ann", "Bob"))
    through: list[str] = []

    def note(request: Request) -> None:
        if request.method != "GET" and request.url.startswith(f"{server.url}/attach/"):
            through.append(request.url.rpartition("/attach/")[2].partition("/")[0])

    try:
        ann.sign_up()
        bob.sign_up()
        ann.add_friend(bob)
        ann.open_friend(bob)
        bob.open_friend(ann)
        ann.page.on("request", note)
        content = os.urandom(20 << 20)
        (tmp_path / "backup.zip").write_bytes(content)
        line = ann.context.new_cdp_session(ann.page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 4 << 20}
        line.send("Network.emulateNetworkConditions", slow)
        ann.get("file-input").set_input_files(tmp_path / "backup.zip")
        ann.page.wait_for_function("() => document.querySelector('progress')?.value > 45", timeout=WAIT_MS)
        ann.get("upload-pause").click()
        expect(ann.get("upload")).to_have_attribute("data-paused", "true")
        slow["uploadThroughput"] = -1
        line.send("Network.emulateNetworkConditions", slow)
        ann.page.reload()
        ann.get("upload-resume").click(timeout=WAIT_MS)
        expect(bob.get("message-file")).to_contain_text("backup.zip", timeout=WAIT_MS)
        assert [answer for answer in gate.answers if answer[0] == "PUT"] == [("PUT", 200)] * 3
        with bob.page.expect_download() as saving:
            bob.get("message-file").click()
        assert Path(saving.value.path()).read_bytes() == content
        assert saving.value.suggested_filename == "backup.zip"
        picture(tmp_path, "red")
        ann.get("picture-input").set_input_files(tmp_path / "red.png")
        bob.sees_picture(1)
        assert {"part", "upload"}.isdisjoint(through)
        posted = [answer for answer in gate.answers if answer[0] == "POST"]
        assert posted
        assert posted[0][1] < 300
        gate.spoil = lambda method: method == "POST"
        picture(tmp_path, "blue")
        ann.get("picture-input").set_input_files(tmp_path / "blue.png")
        bob.sees_picture(2)
        assert "part" in through
        assert bob.complaints == []
        assert [one for one in ann.complaints if gate.url not in one and "ERR_" not in one] == []
    finally:
        ann.close()
        bob.close()


def picture(folder: Path, colour: str) -> None:
    """Noise, so that it is not small."""
    noise = Image.effect_noise((600, 500), 80).convert("RGB")
    Image.blend(noise, Image.new("RGB", noise.size, colour), 0.5).save(folder / f"{colour}.png")
