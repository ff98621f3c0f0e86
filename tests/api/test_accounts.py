"""Registering, profiles and who is found, over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fastim.models.base import utc_now
from tests.client import PASSWORD, Client, new_mobile


def test_registering_signs_in_and_answers_oneself(client: Client) -> None:
    mobile = new_mobile()
    answer = client.post(
        "/user/register",
        mobile=f"+86 {mobile}",
        passwd=PASSWORD,
        nickname=" Ann \n Lee ",
        sex="W",
        memo="hi",
    )
    me = answer.data
    assert me["mobile"] == mobile
    assert (me["nickname"], me["sex"], me["memo"], me["avatar"]) == ("Ann Lee", "W", "hi", "")
    assert (me["askfirst"], me["lang"], me["online"]) == (False, "", 0)
    assert abs(datetime.fromisoformat(me["createat"]) - utc_now()) < timedelta(minutes=1)
    assert client.post("/user/me").data == me | {"token": ""}


def test_a_json_body_does_as_well_as_a_form(sqlite_client: Client) -> None:
    mobile = new_mobile()
    body = {"mobile": mobile, "passwd": PASSWORD, "nickname": "安", "userid": 0}
    assert sqlite_client.post_json("/user/register", body).data["nickname"] == "安"
    assert sqlite_client.post_json("/user/login", {"mobile": mobile, "passwd": PASSWORD}).code == 0


def test_a_number_registers_once_in_whatever_spelling(client: Client) -> None:
    ann = client.register()
    for spelling in (ann.mobile, f"+86{ann.mobile}", f"0086 {ann.mobile}"):
        answer = client.post("/user/register", mobile=spelling, passwd=PASSWORD)
        assert (answer.status, answer.error) == (200, "mobile_taken")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"mobile": "12345"}, "bad_mobile"),
        ({"mobile": ""}, "bad_mobile"),
        ({"passwd": "short"}, "weak_password"),
        ({"passwd": ""}, "weak_password"),
        ({"passwd": "PassWord1"}, "weak_password"),
        ({"passwd": "13900000000"}, "weak_password"),
        ({"passwd": "+8613900000000"}, "weak_password"),
        ({"passwd": "x1" * 200}, "weak_password"),
        ({"nickname": "n" * 41}, "text_too_long"),
        ({"memo": "m" * 141}, "text_too_long"),
        ({"avatar": "https://evil.example/a.png"}, "bad_url"),
        ({"avatar": "//evil.example/a.png"}, "bad_url"),
        ({"avatar": "/resource/../../etc/passwd"}, "bad_url"),
        ({"avatar": "/user/logout"}, "bad_url"),
    ],
)
def test_what_a_person_typed_wrong_is_refused_in_words(
    sqlite_client: Client, fields: dict[str, str], error: str
) -> None:
    form = {"mobile": "13900000000", "passwd": PASSWORD, **fields}
    answer = sqlite_client.post("/user/register", **form)
    assert (answer.status, answer.code, answer.error) == (200, -1, error)
    assert answer.json["msg"]
    assert "Set-Cookie" not in answer.http.headers


def test_the_least_length_of_a_password_is_a_setting_and_is_told(make_app) -> None:
    client = Client(make_app(password_least=12))
    refused = client.post("/user/register", mobile=new_mobile(), passwd="elevenchars")
    assert (refused.error, refused.json["least"]) == ("weak_password", 12)
    assert "12" in refused.json["msg"]


@pytest.mark.parametrize(
    "body", [{}, {"mobile": "13900000000"}, {"mobile": 13900000000, "passwd": PASSWORD}, [], "x", None]
)
def test_a_body_of_the_wrong_shape_is_a_bad_request(sqlite_client: Client, body: object) -> None:
    answer = sqlite_client.post_json("/user/register", body)
    assert (answer.status, answer.error) == (400, "bad_request")
    assert answer.json["field"]


def test_broken_json_is_a_bad_request(sqlite_client: Client) -> None:
    http = sqlite_client.http.post("/user/login", data=b'{"mobile": "', content_type="application/json")
    assert (http.status_code, http.get_json()["field"]) == (400, "body")


@pytest.mark.parametrize(("sex", "kept"), [("M", "M"), ("W", "W"), ("U", "U"), ("", "U"), ("x", "U")])
def test_an_unknown_sex_is_kept_as_unknown(sqlite_client: Client, sex: str, kept: str) -> None:
    assert sqlite_client.register(sex=sex).me["sex"] == kept


def test_who_gives_no_name_gets_one(sqlite_client: Client) -> None:
    person = sqlite_client.register(nickname="")
    assert person.me["nickname"].endswith(person.mobile[-4:])


def test_sign_up_may_be_closed(make_app) -> None:
    client = Client(make_app(signup="closed"))
    assert client.post("/user/register", mobile=new_mobile(), passwd=PASSWORD).error == "signup_closed"


def test_sign_up_may_need_an_invitation(make_app) -> None:
    client = Client(make_app(signup="invite", invite_code="春天 2026"))

    def register(invite: str) -> str:
        return client.post("/user/register", mobile=new_mobile(), passwd=PASSWORD, invite=invite).error

    assert register("") == "invite_needed"
    assert register("winter") == "bad_invite"
    assert register(" 春天 2026 ") == ""


def test_a_profile_changes_field_by_field(client: Client) -> None:
    ann = client.register(memo="old")
    changed = ann.post("/user/update", nickname="安妮", sex="W").data
    assert (changed["nickname"], changed["sex"], changed["memo"]) == ("安妮", "W", "old")
    changed = ann.post_json("/user/update", {"memo": "", "askfirst": True, "lang": "en"}).data
    assert (changed["nickname"], changed["memo"]) == ("安妮", "")
    assert (changed["askfirst"], changed["lang"]) == (True, "en")
    assert ann.post("/user/me").data == changed
    assert ann.post("/user/update", avatar="/asset/images/person.svg").data["avatar"].endswith("person.svg")
    assert ann.post("/user/update", askfirst="false", avatar="").data["askfirst"] is False
    assert ann.post("/user/me").data["avatar"] == ""


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"nickname": "  "}, "name_needed"),
        ({"nickname": "n" * 41}, "text_too_long"),
        ({"memo": "m" * 141}, "text_too_long"),
        ({"avatar": "http://evil.example/x.png"}, "bad_url"),
    ],
)
def test_a_bad_profile_changes_nothing(sqlite_client: Client, fields: dict[str, str], error: str) -> None:
    ann = sqlite_client.register()
    before = ann.post("/user/me").data
    assert ann.post("/user/update", sex="M", **fields).error == error
    assert ann.post("/user/me").data == before


def test_a_person_is_found_by_id_or_number_without_telling_the_number(client: Client) -> None:
    ann, bob = client.register(), client.register()
    for query in ({"id": bob.id}, {"mobile": bob.mobile}, {"mobile": f"+86 {bob.mobile}"}):
        found = ann.post("/user/find", **query).data
        assert (found["id"], found["nickname"]) == (bob.id, bob.me["nickname"])
        assert (found["mobile"], found["token"], found["online"]) == ("", "", 0)
    assert ann.post("/user/find", id=ann.id).data["mobile"] == ann.mobile


def test_friends_see_each_others_number(client: Client) -> None:
    ann, bob = client.register(), client.register()
    ann.befriend(bob)
    assert ann.post("/user/find", id=bob.id).data["mobile"] == bob.mobile
    assert bob.post("/user/find", id=ann.id).data["mobile"] == ann.mobile


def test_nobody_is_found_in_words(sqlite_client: Client) -> None:
    ann = sqlite_client.register()
    for query in ({"id": 999}, {"mobile": new_mobile()}, {}):
        answer = ann.post("/user/find", **query)
        assert (answer.status, answer.error) == (200, "no_such_user")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Wrong number"), ("zh-CN,zh;q=0.9", "手机号或密码")]
)
def test_refusals_are_in_the_callers_language(sqlite_client: Client, language: str, words: str) -> None:
    body = {"mobile": new_mobile(), "passwd": "x"}
    answer = sqlite_client.post_json("/user/login", body, **{"Accept-Language": language})
    assert words in answer.json["msg"]
