"""The files that pages need, over HTTP."""

from __future__ import annotations

import http.client
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.client import Client
from tests.servers import Server


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files in place of fastim/static."""
    folder = tmp_path / "static"
    (folder / "dist" / "assets").mkdir(parents=True)
    (folder / "dist" / "assets" / "app-1.js").write_text("0123456789")
    (folder / "plain.txt").write_text("0123456789")
    monkeypatch.setattr(sys.modules["fastim.routes.asset"], "STATIC", folder)
    return folder


def test_a_file_is_served_whole_in_part_and_not_at_all_when_it_is_known(
    sqlite_client: Client, static: Path
) -> None:
    whole = sqlite_client.http.get("/asset/plain.txt", buffered=True)
    assert (whole.status_code, whole.text) == (200, "0123456789")
    part = sqlite_client.http.get("/asset/plain.txt", buffered=True, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.text) == (206, "234")
    assert part.headers["Content-Range"] == "bytes 2-4/10"
    beyond = sqlite_client.http.get("/asset/plain.txt", buffered=True, headers={"Range": "bytes=10-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, "bytes */10")
    known = sqlite_client.http.get(
        "/asset/plain.txt", buffered=True, headers={"If-None-Match": whole.headers["ETag"]}
    )
    assert (known.status_code, known.text) == (304, "")
    assert sqlite_client.http.head("/asset/plain.txt", buffered=True).headers["Content-Length"] == "10"


def test_only_files_named_by_their_content_are_kept_for_ever(sqlite_client: Client, static: Path) -> None:
    hashed = sqlite_client.http.get("/asset/dist/assets/app-1.js", buffered=True).headers
    assert hashed["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed["Content-Type"].startswith("text/javascript")
    assert (
        sqlite_client.http.get("/asset/plain.txt", buffered=True).headers["Cache-Control"]
        == "public, max-age=3600"
    )


def test_a_built_file_is_sent_as_the_browser_takes_it(sqlite_client: Client, static: Path) -> None:
    """The build has it compressed already; a name without such a file is sent as it is."""
    assets = static / "dist" / "assets"
    for end in ("br", "gz"):
        (assets / f"app-1.js.{end}").write_text(end)
    (assets / "raw-1.css").write_text("raw")

    def get(name: str, accepted: str) -> tuple[str, str | None, str]:
        answer = sqlite_client.http.get(
            f"/asset/dist/assets/{name}", buffered=True, headers={"Accept-Encoding": accepted}
        )
        assert "Accept-Encoding" in answer.headers["Vary"]
        return answer.text, answer.headers.get("Content-Encoding"), answer.mimetype

    assert get("app-1.js", "gzip, deflate, br") == ("br", "br", "text/javascript")
    assert get("app-1.js", "gzip") == ("gz", "gzip", "text/javascript")
    assert get("app-1.js", "gzip;q=0") == ("0123456789", None, "text/javascript")
    assert get("raw-1.css", "br") == ("raw", None, "text/css")


def test_the_service_worker_stands_at_the_root_and_is_asked_for_every_time(
    sqlite_client: Client, static: Path
) -> None:
    assert sqlite_client.http.get("/sw.js").status_code == 404
    (static / "dist" / "sw.js").write_text("self")
    answer = sqlite_client.http.get("/sw.js", buffered=True)
    assert (answer.text, answer.mimetype) == ("self", "text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/asset/../app.py",
        "/asset/%2e%2e/app.py",
        "/asset/dist/../../app.py",
        "/asset/dist/.vite/manifest.json",
        "/asset/images",
        "/asset/icon.svg%00",
        "/asset/" + "x" * 300,
        "/asset/" + "x/" * 3000,
    ],
)
def test_nothing_beside_the_files_is_served(sqlite_client: Client, path: str) -> None:
    assert sqlite_client.get(path).error == "not_found"


@pytest.mark.parametrize("name", ["avatar0.png", "avatar3.jpg", "user.jpg", "community.png"])
def test_pictures_of_old_accounts_have_one_of_ours_in_their_place(sqlite_client: Client, name: str) -> None:
    answer = sqlite_client.http.get(f"/asset/images/{name}", buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_old_pages_find_the_stickers(sqlite_client: Client, method: str) -> None:
    answer = sqlite_client.http.open("/asset/plugins/doutu/emoj/info.json", buffered=True, method=method)
    pack = answer.get_json()
    assert pack["id"] == "emoj"
    for name in (pack["icon"], *pack["assets"]):
        sticker = sqlite_client.http.get(f"/asset/plugins/doutu/emoj/{name}", buffered=True)
        assert (sticker.status_code, sticker.mimetype) == (200, "image/gif")


def test_other_files_take_no_post(sqlite_client: Client) -> None:
    assert sqlite_client.post("/asset/images/icon.svg").error == "method_not_allowed"


def test_doubled_slashes_of_the_old_pages_work_and_lead_to_no_other_host(server: Server) -> None:
    """The old chat page asks for //asset/plugins/doutu//emoj/info.json; //host/ must be no redirect."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("POST", "//asset/plugins/doutu//emoj/info.json", body=b"")
    answer = connection.getresponse()
    assert (answer.status, json.load(answer)["id"]) == (200, "emoj")
    for path in (
        "//evil.example/",
        "//evil.example//asset/x",
        "//asset//evil.example",
        "///evil.example/..",
    ):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert urlsplit(answer.headers.get("Location", "")).netloc in ("", f"127.0.0.1:{server.port}")
    connection.close()


def test_the_icon_is_there_for_browsers_that_ask_by_habit(sqlite_app: Flask) -> None:
    assert Client(sqlite_app).http.get("/favicon.ico", buffered=True).mimetype == "image/svg+xml"
