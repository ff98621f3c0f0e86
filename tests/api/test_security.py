"""Who a request acts for, which requests are refused, and what every answer carries."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from fastim.routes.endpoint import ENDPOINTS
from tests.client import PASSWORD, Client, new_mobile

FOR_USERS = sorted(endpoint.path for endpoint in ENDPOINTS if endpoint.signed_in)


@pytest.mark.parametrize("path", FOR_USERS)
def test_without_a_session_nothing_is_answered(sqlite_client: Client, path: str) -> None:
    answer = sqlite_client.post(path)
    assert (answer.status, answer.error) == (401, "not_signed_in")


@pytest.mark.parametrize("path", FOR_USERS)
@pytest.mark.parametrize("name", ["userid", "ownerid"])
def test_nobody_acts_as_somebody_else(sqlite_client: Client, path: str, name: str) -> None:
    """The Go version believed whatever userid a request named."""
    ann, bob = sqlite_client.register(), sqlite_client.register()
    fields: dict[str, Any] = {name: bob.id, "dstname": ann.mobile, "dstid": 1, "id": 1, "name": "x"}
    for answer in (ann.post(path, **fields), ann.post_json(path, fields)):
        assert (answer.status, answer.error, answer.json["field"]) == (403, "not_you", name)


def test_naming_oneself_or_nobody_is_no_claim(sqlite_client: Client) -> None:
    """The old pages say NaN or 0 before they know who they are."""
    ann = sqlite_client.register()
    for claim in (ann.id, "NaN", "0", ""):
        assert ann.post("/contact/loadfriend", userid=claim).code == 0
    assert ann.post_json("/contact/loadfriend", {"userid": None}).code == 0


def test_what_is_written_belongs_to_the_session_not_to_the_claim(sqlite_client: Client) -> None:
    ann, bob = sqlite_client.register(), sqlite_client.register()
    assert ann.post("/contact/createcommunity", name="x", ownerid=bob.id).error == "not_you"
    assert bob.post("/contact/loadcommunity").rows == []
    assert ann.post("/contact/createcommunity", name="x", ownerid=ann.id).data["ownerid"] == ann.id


def test_a_session_comes_by_cookie_by_bearer_or_as_the_old_pages_send_it(sqlite_client: Client) -> None:
    ann = sqlite_client.register()
    assert ann.post("/user/me").data["id"] == ann.id
    bearer = sqlite_client.post_json("/user/me", {}, Authorization=f"Bearer {ann.token}")
    assert bearer.data["id"] == ann.id
    assert sqlite_client.post(f"/user/me?id={ann.id}&token={ann.token}").data["id"] == ann.id


def test_a_token_is_worth_nothing_with_somebody_elses_id(sqlite_client: Client) -> None:
    ann, bob = sqlite_client.register(), sqlite_client.register()
    for query in (f"id={bob.id}&token={ann.token}", f"token={ann.token}", f"id=x&token={ann.token}"):
        assert sqlite_client.post(f"/user/me?{query}").status == 401
    for token in ("", "wrong", ann.token[:-1], ann.token + "x", "\ud800"):
        assert sqlite_client.post_json("/user/me", {}, Authorization=f"Bearer {token!r}").status == 401


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(sqlite_client: Client) -> None:
    for answer in (
        sqlite_client.post("/user/register", mobile="13900000001", passwd=PASSWORD),
        sqlite_client.post("/user/login", mobile="13900000001", passwd=PASSWORD),
    ):
        cookie = answer.http.headers["Set-Cookie"]
        assert cookie.startswith(f"fastim={answer.data['token']};")
        parts = {part.strip() for part in cookie.split(";")}
        assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"} <= parts
        assert "Secure" not in parts  # plain HTTP: the browser would drop it
        assert not any(part.startswith("Domain") for part in parts)


def test_over_https_the_cookie_is_secure_and_the_browser_is_told_to_stay(sqlite_client: Client) -> None:
    response = sqlite_client.http.post(
        "/user/register",
        data={"mobile": new_mobile(), "passwd": PASSWORD},
        base_url="https://chat.example.org",
    )
    assert "Secure" in response.headers["Set-Cookie"]
    assert response.headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_proxy_is_believed_only_when_it_is_set(make_app) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    for trusted, is_believed in (("0", False), ("1", True)):
        client = Client(make_app(trusted_proxies=trusted))
        body = {"mobile": new_mobile(), "passwd": PASSWORD}
        cookie = client.post_json("/user/register", body, **headers).http.headers["Set-Cookie"]
        assert ("Secure" in cookie) is is_believed
        client.http.set_cookie("fastim", cookie.split(";")[0].removeprefix("fastim="))
        (device,) = client.post("/user/devices").rows
        assert (device["address"] == "203.0.113.9") is is_believed


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8081"},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "http://["},
        {"Origin": ""},
        {"Origin": "localhost"},
        {"Origin": "file://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
@pytest.mark.parametrize("path", ["/user/login", "/user/logout", "/contact/addfriend", "/attach/upload"])
def test_another_sites_page_cannot_send_requests(
    sqlite_client: Client, headers: dict[str, str], path: str
) -> None:
    """Logging somebody in is refused as well: the next messages would go to a stranger's account."""
    ann = sqlite_client.register()
    answer = ann.post_json(path, {}, **headers)
    assert (answer.status, answer.error) == (403, "cross_site")
    assert ann.post("/user/me").code == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_our_own_pages_and_programs_can(sqlite_client: Client, headers: dict[str, str]) -> None:
    assert sqlite_client.register().post_json("/user/me", {}, **headers).code == 0


def test_the_origins_of_the_pages_behind_a_proxy_are_a_setting(make_app) -> None:
    ann = Client(make_app(public_origins="https://chat.example.org")).register()
    assert ann.post_json("/user/me", {}, Origin="https://chat.example.org").code == 0
    assert ann.post_json("/user/me", {}, Origin="https://chat.example.org.evil.example").status == 403


def test_a_page_without_tls_does_not_speak_for_one_with_it(sqlite_client: Client) -> None:
    """Whoever sits between the browser and the network can write such a page."""
    ann = sqlite_client.register()
    for origin, status in (("http://chat.example.org", 403), ("https://chat.example.org", 401)):
        response = ann.http.post(
            "/user/me", base_url="https://chat.example.org", headers={"Origin": origin}
        )
        assert response.status_code == status  # 401: the cookie is another host's


def test_reading_changes_nothing(sqlite_app: Flask) -> None:
    """What another site may do with a link or a picture, a GET, is no route that acts."""
    ann = Client(sqlite_app).register()
    for endpoint in ENDPOINTS:
        answer = ann.get(endpoint.path)
        assert (answer.status, answer.error) == (405, "method_not_allowed"), endpoint.path
    assert ann.post("/user/me").code == 0


@pytest.mark.parametrize(
    "path", ["/login.shtml", "/healthz", "/nothing", "/asset/nothing", "/openapi.json"]
)
def test_every_answer_carries_the_security_headers(sqlite_client: Client, path: str) -> None:
    headers = sqlite_client.http.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


def test_answers_with_somebodys_data_are_kept_by_no_cache(sqlite_client: Client) -> None:
    ann = sqlite_client.register()
    for path in ("/user/me", "/contact/loadfriend", "/user/devices"):
        assert ann.post(path).http.headers["Cache-Control"] == "private, no-store"


def test_a_body_that_is_too_large_is_refused(sqlite_client: Client) -> None:
    answer = sqlite_client.register().post_json("/user/update", {"memo": "x" * (2 << 20)})
    assert (answer.status, answer.error) == (413, "too_large")


def test_a_form_of_countless_parts_is_refused(sqlite_client: Client) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="mobile"\r\n\r\n1\r\n'
    response = sqlite_client.http.post(
        "/user/login", data=part * 1000 + "--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code == 413


def test_unknown_addresses_and_methods_answer_in_the_envelope(sqlite_client: Client) -> None:
    assert (sqlite_client.get("/nothing").status, sqlite_client.get("/nothing").error) == (404, "not_found")
    assert sqlite_client.get("/user/me").error == "method_not_allowed"


def test_a_failure_tells_nothing_of_its_inside(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = Client(sqlite_app).register()

    def fail(user_id: int) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(sqlite_app.extensions["fastim"].accounts, "me", fail)
    answer = ann.post("/user/me")
    assert (answer.status, answer.error) == (500, "internal")
    assert "secret" not in answer.http.text


def test_neither_tokens_nor_passwords_nor_names_are_logged(
    sqlite_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """The old pages put the token into the address, which most servers log."""
    caplog.set_level("DEBUG")
    ann = sqlite_client.register()
    sqlite_client.login(ann.mobile)
    sqlite_client.post("/user/login", mobile=ann.mobile, passwd="a wrong secret")
    ann.post(f"/user/me?id={ann.id}&token={ann.token}")
    ann.http.get(f"/index.shtml?id={ann.id}&token={ann.token}")
    assert "path=/user/me" in caplog.text
    for secret in (ann.token, PASSWORD, "a wrong secret", "token="):
        assert secret not in caplog.text


def test_a_name_that_opens_something_is_not_logged(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever knows an upload's name may load it, and whoever knows a code may ask to be a friend. Files of
    the pages are everybody's."""
    caplog.set_level("DEBUG")
    ann, name = Client(sqlite_app).register(), "0123456789abcdef" * 2
    for rule in sqlite_app.url_map.iter_rules():
        if rule.arguments and rule.endpoint not in ("asset.serve", "view.page"):
            folder = rule.rule.partition("<")[0]
            for path in (f"{folder}{name}", f"{folder}/{name}.webp"):
                for method in ("GET", "PUT", "POST"):
                    ann.http.open(path, method=method, buffered=True)
            assert f"path={folder}*" in caplog.text
    assert name not in caplog.text
