"""Bodies: forms and JSON of every shape, at every route; malformed is 400, and nothing is ever a 500."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from fastim.backends import passwords
from fastim.protocol import limits
from fastim.routes.endpoint import ENDPOINTS
from tests.client import Client

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"
PATHS = sorted(endpoint.path for endpoint in ENDPOINTS)
FIELDS = sorted(
    {name for endpoint in ENDPOINTS for name in endpoint.arguments.__struct_fields__} | {"userid", "x"}
)
STATUSES = {200, 400, 401, 403, 404, 413}

EDGES = st.sampled_from(
    [
        "", " ", "0", "-1", "007", "1e3", "NaN", "true", "\0", "😀" * 41, "%", "../..", "x" * 501, "٣",
        "13800000000", "/resource/a.png", "/asset/images/person.svg", "10-10", "a" * 64, str(1 << 63),
        0, 1, -1, 10, 11, 1 << 53, 1 << 63, 1 << 64, 10**30, 1.5, True, None, [], {}, ["x"], {"id": 1},
    ]
)  # fmt: skip
VALUES = EDGES | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6)


@pytest.fixture
def ann(client: Client) -> Client:
    return client.register()


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of log-ins in a test need not cost 50 ms each."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    monkeypatch.setattr(passwords, "_NOBODYS", cheap.hash("nobody's"))


def send(client: Client, path: str, body: bytes, content_type: str) -> TestResponse:
    return client.http.post(path, data=body, content_type=content_type)


def check(response: TestResponse) -> None:
    """It is an answer of the contract, and 400 names the field."""
    body = response.get_json()
    assert response.status_code in STATUSES, (response.status_code, body)
    assert body["code"] in (0, -1)
    assert (body["code"] == 0) == (not body.get("error"))
    if response.status_code == 400:
        assert body["error"] == "bad_request"
        assert body["field"]


@pytest.mark.usefixtures("cheap_passwords")
def test_no_body_breaks_a_route(app: Flask) -> None:
    """Fields of every route with values of every kind, on both databases, as JSON and as a form."""
    client = Client(app)
    ann, guest = client.register(), client

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(PATHS), OBJECTS, st.booleans())
    def run(path: str, body: dict[str, Any], is_form: bool) -> None:
        person = guest if path in ("/user/logout", "/user/logoutall", "/user/password") else ann
        if is_form:
            response = send(person, path, urlencode(body, errors="replace").encode(), FORM_TYPE)
        else:
            response = send(person, path, json.dumps(body).encode(), JSON_TYPE)
        check(response)

    run()


@pytest.mark.usefixtures("cheap_passwords")
def test_no_bytes_break_a_route(sqlite_app: Flask) -> None:
    """Whatever they claim to be."""
    ann = Client(sqlite_app).register()
    types = st.sampled_from(
        [JSON_TYPE, FORM_TYPE, "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", ""]
    )
    starts = st.sampled_from(
        [b"", b"{", b'{"id":', b"id=", b"--x\r\nContent-Disposition: form-data; name="]
    )

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(["/user/find", "/user/login", "/attach/upload"]), types, starts, st.binary())
    def run(path: str, content_type: str, start: bytes, rest: bytes) -> None:
        check(send(ann, path, start + rest, content_type))

    run()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"1",
        b"{'id':1}",
        b'{"id":1}x',
        b'\xef\xbb\xbf{"id":1}',
        b'{"id":NaN}',
        b'{"id":"\xff"}',
        b'{"id":"\\ud800"}',
        '{"id":1}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"id":' * 100_000,
        b'{"x":' + b"[" * 100_000,
        b'{"userid":' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_json_object_is_a_bad_request(sqlite_client: Client, body: bytes) -> None:
    """Deep nesting too: the parser stops itself, and the caller is told so."""
    response = send(sqlite_client.register(), "/user/find", body, JSON_TYPE)
    assert (response.status_code, response.get_json()["field"]) == (400, "body")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/user/find", {"id": "1"}, "id"),
        ("/user/find", {"id": 1.5}, "id"),
        ("/user/find", {"id": True}, "id"),
        ("/user/find", {"id": None}, "id"),
        ("/user/find", {"id": -1}, "id"),
        ("/user/find", {"id": 1 << 53}, "id"),
        ("/user/find", {"mobile": ["13800000000"]}, "mobile"),
        ("/user/login", {"mobile": "13800000000"}, "passwd"),
        ("/user/login", {"passwd": "x"}, "mobile"),
        ("/user/login", {"mobile": "13800000000", "passwd": "x" * 1025}, "passwd"),
        ("/user/update", {"askfirst": "true"}, "askfirst"),
        ("/user/update", {"nickname": {"a": 1}}, "nickname"),
        ("/user/enddevice", {}, "id"),
        ("/contact/remark", {"remark": "x"}, "dstid"),
        ("/contact/createcommunity", {"name": "x", "cate": "1"}, "cate"),
        ("/contact/createcommunity", {"name": 7}, "name"),
        ("/contact/block", {"dstid": 1, "blocked": 1}, "blocked"),
        ("/message/history", {"cmd": 1 << 64, "dstid": 1}, "cmd"),
        ("/message/history", {"cmd": 10, "dstid": 1, "limit": 0}, "limit"),
        ("/message/history", {"cmd": 10, "dstid": 1, "limit": limits.HISTORY_MOST + 1}, "limit"),
        ("/message/history", {"cmd": 10, "dstid": 1, "before": -1}, "before"),
        ("/message/sync", {"cursor": "not ours"}, "cursor"),
        ("/message/sync", {"cursor": "1" * 65}, "cursor"),
    ],
)
def test_a_wrong_type_or_a_missing_field_is_named(
    sqlite_client: Client, path: str, body: dict[str, object], field: str
) -> None:
    answer = sqlite_client.register().post_json(path, body)
    assert (answer.status, answer.error, answer.json["field"]) == (400, "bad_request", field)
    assert field in answer.json["msg"]


@pytest.mark.parametrize("number", ["x", "-1", "1.5", " 1", "0x1", "1_000", "１", "٣", "true", "9" * 5000])
def test_what_is_no_number_in_a_form_is_named(sqlite_client: Client, number: str) -> None:
    answer = sqlite_client.register().post("/user/find", id=number)
    assert (answer.status, answer.json["field"]) == (400, "id")


def test_a_form_may_leave_numbers_and_switches_empty(sqlite_client: Client) -> None:
    """The old pages send every input, filled in or not."""
    ann = sqlite_client.register()
    assert ann.post("/user/find", id="", mobile=ann.mobile).data["id"] == ann.id
    assert ann.post("/contact/createcommunity", name="x", cate="").data["cate"] == 0
    assert ann.post("/user/update", askfirst="").data["askfirst"] is False


@pytest.mark.parametrize("path", ["/user/me", "/user/update", "/contact/loadfriend", "/message/sync"])
def test_unknown_fields_are_ignored(sqlite_client: Client, path: str) -> None:
    ann = sqlite_client.register()
    assert ann.post_json(path, {"createat": "2020", "token": [1], "passwd": "x", "__class__": {}}).code == 0
    assert ann.post(path, createat="2020", token="x", passwd="x").code == 0
    assert sqlite_client.login(ann.mobile).id == ann.id  # the password is what it was


@pytest.mark.parametrize("content_type", [JSON_TYPE, FORM_TYPE, "multipart/form-data; boundary=x"])
def test_a_body_over_the_limit_is_too_large(sqlite_client: Client, content_type: str) -> None:
    """The limit is told."""
    start = {JSON_TYPE: b'{"memo":"', FORM_TYPE: b"memo="}.get(content_type, b"--x\r\n")
    response = send(
        sqlite_client.register(), "/user/update", start + b"x" * limits.BODY_BYTES, content_type
    )
    assert response.status_code == 413
    assert response.get_json()["error"] == "too_large"
    assert response.get_json()["limit"] == limits.BODY_BYTES


def test_texts_that_fill_their_columns_are_kept_whole(ann: Client) -> None:
    """Four bytes a character; MariaDB would cut or refuse what SQLite takes."""
    emoji = "😀"
    changed = ann.post("/user/update", nickname=emoji * 40, memo=emoji * 140).data
    assert (changed["nickname"], changed["memo"]) == (emoji * 40, emoji * 140)
    group = ann.post("/contact/createcommunity", name=emoji * 60, memo=emoji * 120).data
    assert (group["name"], group["memo"]) == (emoji * 60, emoji * 120)
    device = ann.login(ann.mobile, device=emoji * 200)
    assert emoji * 80 in [row["device"] for row in device.post("/user/devices").rows]


def test_texts_that_grow_when_they_are_composed_are_measured_afterwards(
    ann: Client, client: Client
) -> None:
    """U+FB2C is three characters in NFC: what fits as typed would not fit its column."""
    bob = client.register()
    bob.post("/user/update", askfirst="true")
    grows = "\ufb2c"
    assert ann.post("/contact/addfriend", dstid=bob.id, note=grows * 140).error == "text_too_long"
    assert ann.post("/user/update", nickname=grows * 40).error == "text_too_long"
    assert ann.post("/contact/createcommunity", name=grows * 60).error == "text_too_long"
    bob.befriend(ann)
    assert ann.post("/contact/remark", dstid=bob.id, remark=grows * 40).error == "text_too_long"


@pytest.mark.parametrize("name", ["\0", "\u200b\u200b", "\u3164", "\u2800", "\u202e"])
def test_a_name_that_nobody_can_see_is_no_name(sqlite_client: Client, name: str) -> None:
    ann = sqlite_client.register()
    assert ann.post_json("/contact/createcommunity", {"name": name}).error == "name_needed"
    assert ann.post_json("/user/update", {"nickname": name}).error == "name_needed"
    assert sqlite_client.register(nickname=name).me["nickname"].endswith(tuple("0123456789"))


def test_a_group_is_found_by_its_name_however_the_keyboard_composes_it(ann: Client, client: Client) -> None:
    group = ann.post("/contact/createcommunity", name="cafe\u0301").data
    bob = client.register()
    assert bob.post("/contact/joincommunity", dstname="caf\u00e9").data["id"] == group["id"]
