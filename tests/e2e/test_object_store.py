"""Files that go past the server, in real browsers: to a storage that asks for signatures, and from it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Request, expect

from tests.e2e.throttle import Throttle
from tests.e2e.visitor import DESKTOP, PHONE, Visitor, meet
from tests.environment import inherited_variables, variables
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
    ann = Visitor(browser, server.url, "Ann", DESKTOP, "en")
    bob = Visitor(browser, server.url, "Bob", PHONE, "zh-CN")
    through: list[str] = []

    def note(request: Request) -> None:
        if request.method != "GET" and request.url.startswith(f"{server.url}/attach/"):
            through.append(request.url.rpartition("/attach/")[2].partition("/")[0])

    try:
        meet(ann, bob)
        ann.page.on("request", note)
        a_large_file_arrives(ann, bob, tmp_path / "backup.zip")
        assert statuses(gate, "PUT") == [200] * 3
        ann.send_picture(picture(tmp_path, "red"))
        bob.sees_picture(1)
        assert {"part", "upload"}.isdisjoint(through)
        assert statuses(gate, "POST")[0] < 300
        gate.spoil = lambda method: method == "POST"
        ann.send_picture(picture(tmp_path, "blue"))
        bob.sees_picture(2)
        assert "part" in through
        assert bob.complaints == []
        assert [one for one in ann.complaints if gate.url not in one and "ERR_" not in one] == []
    finally:
        ann.close()
        bob.close()


def a_large_file_arrives(ann: Visitor, bob: Visitor, path: Path) -> None:
    """Paused when half of it is sent, and taken up again after a reload."""
    path.write_bytes(os.urandom(20 << 20))
    network = Throttle(ann.page, upload=4 << 20)
    ann.get("file-input").set_input_files(path)
    ann.page.wait_for_function("() => document.querySelector('progress')?.value > 45", timeout=WAIT_MS)
    ann.get("upload-pause").click()
    expect(ann.get("upload")).to_have_attribute("data-paused", "true")
    network.let_go()
    ann.page.reload()
    ann.get("upload-resume").click(timeout=WAIT_MS)
    expect(bob.get("message-file")).to_contain_text(path.name, timeout=WAIT_MS)
    with bob.page.expect_download() as saving:
        bob.get("message-file").click()
    assert Path(saving.value.path()).read_bytes() == path.read_bytes()
    assert saving.value.suggested_filename == path.name


def statuses(gate: Gate, method: str) -> list[int]:
    return [status for asked, status in gate.answers if asked == method]


def picture(folder: Path, colour: str) -> Path:
    """Noise, so that it is not small."""
    path = folder / f"{colour}.png"
    noise = Image.effect_noise((600, 500), 80).convert("RGB")
    Image.blend(noise, Image.new("RGB", noise.size, colour), 0.5).save(path)
    return path
