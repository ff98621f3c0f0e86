"""Bodies: forms and JSON of every shape; what is malformed is 400, and the field is named."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from fastim.protocol import limits
from tests.client import Client

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.fixture
def ann(client: Client) -> Client:
    return client.register()


def send(client: Client, path: str, body: bytes, content_type: str) -> TestResponse:
    return client.http.post(path, data=body, content_type=content_type)


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
