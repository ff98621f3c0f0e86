"""Every address under every method, with whatever a caller may send, signed in and not: a clear answer of
the documented shape, never a fault of the server's, and no secret in the log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from fastim import locales
from fastim.routes.endpoint import ENDPOINTS
from fastim.routes.pages import Pages
from tests.api.test_views import write_manifest
from tests.client import Client
from tests.hostile import MARK, as_json, fields_of, pairs_of

ARGUMENTS = {endpoint.path: fields_of(endpoint.arguments) for endpoint in ENDPOINTS}
ENDING = ("/user/logout", "/user/logoutall", "/user/password", "/user/enddevice")
"""These end sessions: sent by nobody, so that the others are still somebody's."""
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
STATUSES = {200, 206, 302, 304, 308, 400, 401, 403, 404, 405, 409, 413, 416}
TYPES = st.sampled_from(
    ["application/json", "application/json; charset=utf-16", "multipart/form-data", "text/plain", "",
     "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)  # fmt: skip
STARTS = st.sampled_from([b"", b"{", b'{"id":', b"id=", b"--x\r\nContent-Disposition: form-data; name="])
NAMES = st.sampled_from(
    ["x", "0" * 32, f"{'0' * 32}.webp", "index", "login", "images/person.svg", "dist", "..", "%", "a\0b",
     ".", "x" * 300, "x/" * 500, "\ud800", "😀", "a\nlevel=info", "plugins/doutu/emoj/info.json"]
)  # fmt: skip
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Authorization": st.sampled_from([f"Bearer {MARK}", "Bearer", "Basic eDp5", "Bearer \xff"]),
        "Accept": st.sampled_from(["text/html", "*/*;q=x", ",,,"]),
        "Accept-Language": st.sampled_from(["en", "zh;q=9", "x" * 5000, ";;;", "\xff"]),
        "Cookie": st.sampled_from([f"fastim={MARK}", "fastim=", "fastim_lang=x; ;=", "\xff"]),
        "Host": st.sampled_from(["x:y:z", "[", "a b", ""]),
        "Range": st.sampled_from(["bytes=0-1", "bytes=999999999-", "bytes=-0", "bytes=x", "bytes=5-1"]),
        "If-None-Match": st.sampled_from(["*", '"x"', "W/"]),
        "If-Modified-Since": st.sampled_from(["x", "Thu, 99 Jan 1970 00:00:00 GMT"]),
        "Origin": st.sampled_from(["http://[", "null"]),
        "Upload-Offset": st.sampled_from(["0", "-1", "9" * 16, "x"]),
        "Content-Digest": st.sampled_from([f"sha-256=:{'A' * 43}=:", "x"]),
        "X-Forwarded-For": st.just("x"),
    },
)


def bodies(fields: dict[str, Any], ids: Sequence[int]) -> st.SearchStrategy[tuple[bytes, str]]:
    """A body and its type."""
    pairs = pairs_of(fields, ids)
    form = pairs.map(lambda found: urlencode(found, doseq=True, errors="surrogatepass").encode())
    raw = st.builds(lambda start, rest: start + rest, STARTS, st.binary(max_size=40))
    return st.one_of(
        st.tuples(pairs.map(as_json), st.just("application/json")),
        st.tuples(form, st.just("application/x-www-form-urlencoded")),
        st.tuples(st.one_of(pairs.map(as_json), form, raw), TYPES),
    )


def requests_to(rule: Rule, ids: Sequence[int]) -> st.SearchStrategy[dict[str, Any]]:
    """What werkzeug's client is given to ask for an address."""
    own = st.sampled_from(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    parts = dict.fromkeys(rule.arguments, NAMES)
    query = st.one_of(st.just(""), st.just(f"id=1&token={MARK}"), st.just("thumb=1&save=1&id=\xff&token="))

    def request(method: str, names: dict[str, str], body: tuple[bytes, str], **more: Any) -> dict[str, Any]:
        path = rule.rule
        for name, text in names.items():
            place = path[path.index("<") : path.index(">") + 1]
            assert name in place
            path = path.replace(place, quote(text, safe="/.", errors="surrogatepass"))
        return {"path": path, "method": method, "data": body[0], "content_type": body[1], **more}

    return st.builds(
        request,
        method=st.one_of(own, own, own, METHODS),
        names=st.fixed_dictionaries(parts),
        body=bodies(ARGUMENTS.get(rule.rule, {"x": str}), ids),
        headers=HEADERS,
        query_string=query,
    )


def check(response: TestResponse) -> None:
    """It is an answer that docs/protocol.md and /openapi.json tell of."""
    assert response.status_code in STATUSES, response.get_data(as_text=True)
    body = response.get_json(silent=True)
    if not isinstance(body, dict) or "code" not in body:
        return
    assert set(body) >= {"code", "msg"}
    if body["code"] == 0:
        assert response.status_code == 200
        assert ("data" in body) != ("rows" in body)
        assert "rows" not in body or body["total"] == len(body["rows"])
    else:
        assert body["code"] == -1
        assert body["error"] in locales.TEXTS
        assert body["error"] not in ("internal", "server_busy")
        assert body["msg"]
        assert response.status_code != 400 or body["error"] != "bad_request" or body["field"]


@pytest.fixture(autouse=True)
def _built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are there, whether or not they were built before the tests."""
    write_manifest(tmp_path / "dist")
    monkeypatch.setattr(sys.modules["fastim.routes.view"], "pages", Pages(tmp_path / "dist"))


@pytest.fixture
def ids(client: Client) -> tuple[Client, list[int]]:
    """Somebody with a friend and a group, and the ids of what is there: theirs, and of strangers."""
    ann, bob, eve = client.register(), client.register(), client.register()
    ann.befriend(bob)
    ours = ann.post("/contact/createcommunity", name="ours").data["id"]
    theirs = eve.post("/contact/createcommunity", name="theirs").data["id"]
    return ann, [bob.id, ours, eve.id, theirs, ann.id]


def test_no_request_gets_anything_but_a_clear_answer(
    client: Client, ids: tuple[Client, list[int]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    ann, rows = ids

    def ask(rule: Rule) -> None:
        @settings(
            max_examples=12 if rule.arguments else 5, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(requests_to(rule, rows), st.booleans())
        def run(request: dict[str, Any], is_ann: bool) -> None:
            person = ann if is_ann and rule.rule not in ENDING else client
            caplog.clear()
            response = person.http.open(**request)
            check(response)
            response.close()
            assert MARK not in caplog.text
            assert "request_failed" not in caplog.text

        run()

    for rule in client.app.url_map.iter_rules():
        ask(rule)
    assert ann.post("/user/me").data["id"] == ann.id
