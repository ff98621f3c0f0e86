"""The Go version's pages, served from a checkout; the checkout here is a small one of the tests' own."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastim.config import ConfigError
from fastim.routes.classic import ClassicPages
from tests.client import Client

FILES = {
    "app/view/user/login.html": (
        '{{define  "/login.shtml"}}<html>{{template "/chat/head.shtml"}}<b v-text="x">{{ x + 1 }}</b>'
        "<script>var end = 1; var app = new Vue({})</script></html>{{end}}\n"
    ),
    "app/view/chat/index.html": (
        '\ufeff{{define "/index.shtml"}}[{{template "/chat/head.shtml"}}|'
        '{{ template "/chat/list.shtml" . }}]{{end}}\n{{template "/chat/none.shtml"}}'
    ),
    "app/view/chat/head.html": '{{define "/chat/head.shtml"}}<title>旧页面</title>{{end}}',
    "app/view/chat/list.html": (
        '{{- define "/chat/list.shtml" -}}{{template "/chat/head.shtml"}}list{{- end -}}'
    ),
    "app/view/chat/createcom.html": '{{define "/createcom.shtml"}}create{{end}}',
    "asset/js/util.js": "util()",
    "asset/images/user.jpg": "an old picture",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "go"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def classic(make_app, checkout: Path) -> Client:
    return Client(make_app(classic_pages=checkout))


def test_templates_stand_where_they_are_named_and_vues_braces_stay(checkout: Path) -> None:
    pages = ClassicPages(checkout)
    assert pages.render("/index.shtml") == "[<title>旧页面</title>|<title>旧页面</title>list]"
    assert pages.render("/login.shtml") == (
        '<html><title>旧页面</title><b v-text="x">{{ x + 1 }}</b>'
        "<script>var end = 1; var app = new Vue({})</script></html>"
    )


def test_a_template_that_includes_itself_ends(checkout: Path) -> None:
    (checkout / "app/view/chat/loop.html").write_text('{{define "/loop"}}{{template "/loop"}}{{end}}')
    with pytest.raises(RecursionError):
        ClassicPages(checkout).render("/loop")


def test_an_old_page_is_served_under_its_name_with_a_policy_that_lets_it_run(classic: Client) -> None:
    answer = classic.http.get("/login.shtml")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "旧页面" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_everything_but_the_old_pages_keeps_the_strict_policy(classic: Client) -> None:
    for path in ("/asset/js/util.js", "/healthz", "/none.shtml", "/register.shtml"):
        assert "unsafe" not in classic.http.get(path, buffered=True).headers["Content-Security-Policy"], (
            path
        )


def test_an_old_page_keeps_the_token_in_its_address_because_it_reads_it(classic: Client) -> None:
    ann = classic.register()
    answer = ann.http.get(f"/index.shtml?id={ann.id}&token={ann.token}")
    assert answer.status_code == 200
    assert answer.text.endswith("list]")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers


def test_who_is_not_signed_in_or_has_no_token_in_the_address_logs_in_again(classic: Client) -> None:
    ann = classic.register()
    for visitor, path in (
        (classic, "/index.shtml"),
        (classic, "/createcom.shtml"),
        (classic, f"/index.shtml?id={ann.id}&token=wrong"),
        (classic, f"/index.shtml?id={ann.id + 1}&token={ann.token}"),
        (ann, "/index.shtml"),
    ):
        assert visitor.http.get(path, buffered=True).headers["Location"] == "/login.shtml"
    assert ann.http.get("/createcom.shtml").text == "create"
    assert ann.http.get("/login.shtml").status_code == 200


def test_files_come_from_the_checkout_first_and_from_ours_else(classic: Client) -> None:
    assert classic.http.get("/asset/js/util.js", buffered=True).text == "util()"
    assert classic.http.get("/asset/images/user.jpg", buffered=True).text == "an old picture"
    assert classic.http.get("/asset/images/icon.svg", buffered=True).mimetype == "image/svg+xml"
    assert (
        classic.http.post("/asset/plugins/doutu//emoj/info.json", buffered=True).get_json()["id"] == "emoj"
    )
    assert classic.get("/asset/../app/view/user/login.html").error == "not_found"


def test_the_forms_of_the_old_pages_work_with_the_cookie_alone(classic: Client) -> None:
    """They name who asks as userid or ownerid; before it knows, the page says 0 or NaN."""
    ann, bob = classic.register(), classic.register()
    assert ann.post("/contact/addfriend", userid=ann.id, dstname=bob.mobile).code == 0
    assert [friend["id"] for friend in bob.post("/contact/loadfriend", userid="NaN").rows] == [ann.id]
    group = ann.post(
        "/contact/createcommunity",
        name="old friends",
        cate="1",
        memo="",
        icon="/asset/images/community.png",
        ownerid=ann.id,
    ).data
    assert (
        bob.post("/contact/joincommunity", userid=bob.id, dstname="old friends").data["id"] == group["id"]
    )
    assert bob.post("/user/find", id=ann.id).data["nickname"] == ann.me["nickname"]
    assert (
        bob.post("/contact/loadcommunity", userid=bob.id).rows[0]["icon"] == "/asset/images/community.png"
    )


def test_without_the_setting_the_pages_are_ours(sqlite_client: Client) -> None:
    assert sqlite_client.get("/asset/js/util.js").error == "not_found"
    assert sqlite_client.http.get("/chat/head.shtml").status_code == 404


def test_a_folder_that_is_no_checkout_stops_the_start(settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="FASTIM_CLASSIC_PAGES"):
        settings(classic_pages=tmp_path / "nothing")
