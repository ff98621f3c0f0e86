"""Pages over HTTP."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from fastim import __version__
from fastim.routes.pages import Pages
from tests.client import Client

MANIFEST = {
    "_shared-1.js": {
        "file": "assets/shared-1.js",
        "css": ["assets/shared-1.css"],
        "imports": ["_vue-1.js"],
    },
    "_vue-1.js": {"file": "assets/vue-1.js"},
    "src/pages/login.ts": {
        "file": "assets/login-1.js",
        "isEntry": True,
        "imports": ["_shared-1.js", "_vue-1.js"],
        "css": ["assets/login-1.css"],
    },
    "src/pages/early.ts": {"file": "assets/early-1.js", "isEntry": True},
    "src/pages/index.ts": {"file": "assets/index-1.js", "isEntry": True, "imports": ["_shared-1.js"]},
    "src/pages/createcom.ts": {"file": "assets/createcom-1.js", "isEntry": True},
    "src/pages/join.ts": {"file": "assets/join-1.js", "isEntry": True},
    "src/locales/en.json": {"file": "assets/en-1.js", "isDynamicEntry": True},
    "src/pages/register.ts": {"file": "assets/register-1.js", "isEntry": True},
}


def write_manifest(folder: Path, manifest: object = MANIFEST) -> None:
    (folder / ".vite").mkdir(exist_ok=True, parents=True)
    (folder / ".vite" / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a build that is always there, whether or not the pages were built before the tests."""
    folder = tmp_path / "dist"
    write_manifest(folder)
    monkeypatch.setattr(sys.modules["fastim.routes.view"], "pages", Pages(folder))
    return folder


def location(response: TestResponse) -> str:
    assert response.status_code in (301, 302, 303, 307, 308)
    return str(response.headers["Location"])


def test_the_root_leads_to_the_chat_page(sqlite_client: Client) -> None:
    assert location(sqlite_client.http.get("/")) == "/index.shtml"


@pytest.mark.parametrize("page", ["index", "createcom"])
def test_a_signed_out_visitor_is_sent_to_the_login(sqlite_client: Client, page: str) -> None:
    answer = sqlite_client.http.get(f"/{page}.shtml")
    assert location(answer) == "/login.shtml"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["login", "register"])
def test_who_is_signed_in_needs_no_login(sqlite_client: Client, page: str) -> None:
    assert location(sqlite_client.register().http.get(f"/{page}.shtml")) == "/index.shtml"


@pytest.mark.parametrize("page", ["login", "register"])
def test_pages_for_guests_are_shown_to_them(sqlite_client: Client, page: str) -> None:
    answer = sqlite_client.http.get(f"/{page}.shtml")
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert f'src="/asset/dist/assets/{page}-1.js"' in answer.text


@pytest.mark.parametrize("page", ["index", "createcom"])
def test_pages_for_users_are_shown_to_them(sqlite_client: Client, page: str) -> None:
    answer = sqlite_client.register().http.get(f"/{page}.shtml")
    assert answer.status_code == 200
    assert f'src="/asset/dist/assets/{page}-1.js"' in answer.text


def test_an_invitation_is_shown_to_everybody_and_knows_to_whom(sqlite_client: Client) -> None:
    somebody = sqlite_client.register()
    for client, user in ((sqlite_client, 0), (somebody, somebody.id)):
        answer = client.http.get("/join.shtml")
        assert answer.status_code == 200
        assert f'"user": {user}' in answer.text


def test_a_page_names_what_it_and_its_imports_need(sqlite_client: Client) -> None:
    """Shared styles come before the page's own, and modules are fetched at once."""
    text = sqlite_client.http.get("/login.shtml").text
    shared, own = (text.index(f"/asset/dist/assets/{name}-1.css") for name in ("shared", "login"))
    assert shared < own
    for module in ("shared", "vue"):
        assert f'rel="modulepreload" href="/asset/dist/assets/{module}-1.js"' in text


def test_the_words_of_the_readers_language_are_fetched_with_the_page(sqlite_client: Client) -> None:
    text = sqlite_client.http.get("/login.shtml", headers={"Accept-Language": "en"}).text
    assert 'rel="modulepreload" href="/asset/dist/assets/en-1.js"' in text
    assert (
        "en-1.js" not in sqlite_client.http.get("/login.shtml", headers={"Accept-Language": "zh-CN"}).text
    )


def test_a_page_tells_its_scripts_how_sign_up_is_set_and_which_version_serves(make_app) -> None:
    client = Client(make_app(signup="invite", invite_code="secret-code"))
    text = client.http.get("/login.shtml", headers={"Accept-Language": "en"}).text
    boot = text.split('id="boot">')[1].split("</script>")[0]
    assert json.loads(boot) == {
        "signup": "invite",
        "lang": "en",
        "version": __version__,
        "push": "",
        "user": 0,
    }
    assert "secret-code" not in text


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [("en-GB,en;q=0.9", "", "en"), ("zh-CN", "", "zh-CN"), ("", "", "zh-CN"), ("zh-CN", "en", "en")],
)
def test_a_page_is_in_the_visitors_language(
    sqlite_client: Client, header: str, cookie: str, language: str
) -> None:
    """What was chosen in the page (its cookie) counts more than what the browser prefers."""
    if cookie:
        sqlite_client.http.set_cookie("fastim_lang", cookie)
    answer = sqlite_client.http.get("/login.shtml", headers={"Accept-Language": header})
    assert f'<html lang="{language}">' in answer.text
    assert {"Cookie", "Accept-Language"} <= set(answer.vary.as_set(preserve_casing=True))


@pytest.mark.parametrize(
    "path",
    ["/layout.shtml", "/error.shtml", "/_x.shtml", "/none.shtml", "/../fastim/app.shtml", "/a/b.shtml"],
)
def test_what_is_no_page_is_not_found(sqlite_client: Client, path: str) -> None:
    answer = sqlite_client.http.get(path, buffered=True)
    assert answer.status_code == 404
    assert "<title>页面不存在</title>" in answer.text


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/resource/ab/none.png", 401), ("/user/me", 405)]
)
def test_who_goes_to_an_address_gets_a_page_and_a_program_the_envelope(
    sqlite_client: Client, path: str, status: int
) -> None:
    page = sqlite_client.http.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert "Back to your chats" in page.text
    assert "Accept" in page.vary
    answer = sqlite_client.http.get(path, headers={"Accept": "*/*"})
    assert (answer.status_code, answer.mimetype) == (status, "application/json")


def test_an_old_address_loses_its_token_and_signs_nobody_in(sqlite_client: Client) -> None:
    """A cookie made of an address would let anybody sign anybody in, by a link."""
    ann = sqlite_client.register()
    stranger = Client(ann.app)
    answer = stranger.http.get(f"/index.shtml?id={ann.id}&token={ann.token}&x=1")
    assert location(answer) == "/index.shtml?x=1"
    assert "Set-Cookie" not in answer.headers
    assert location(stranger.http.get("/index.shtml")) == "/login.shtml"
    assert location(ann.http.get(f"/index.shtml?id={ann.id}&token={ann.token}")) == "/index.shtml"


def test_a_page_prolongs_the_cookie_of_a_session_in_use(sqlite_client: Client) -> None:
    ann = sqlite_client.register()
    kept = ann.http.get("/index.shtml").headers["Set-Cookie"]
    assert kept.startswith(f"fastim={ann.token};")
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert "Max-Age=2592000" in kept
    assert "Set-Cookie" not in sqlite_client.http.get("/login.shtml").headers


def test_pages_carry_the_strict_policy(sqlite_client: Client) -> None:
    """No script stands in the page itself but the data block, which does not run."""
    answer = sqlite_client.http.get("/login.shtml")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    inline = [
        part.split(">")[0] for part in answer.text.split("<script")[1:] if "src=" not in part.split(">")[0]
    ]
    assert inline == [' type="application/json" id="boot"']


def test_without_a_build_a_page_says_how_to_make_one(sqlite_client: Client, built: Path) -> None:
    (built / ".vite" / "manifest.json").unlink()
    answer = sqlite_client.http.get("/login.shtml")
    assert answer.status_code == 503
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "make web" in answer.text


def test_a_new_build_is_seen_without_a_restart(sqlite_client: Client, built: Path) -> None:
    assert "login-1.js" in sqlite_client.http.get("/login.shtml").text
    changed = json.loads(json.dumps(MANIFEST).replace("login-1", "login-2"))
    write_manifest(built, changed)
    assert "login-2.js" in sqlite_client.http.get("/login.shtml").text


def test_the_pages_can_be_installed(sqlite_client: Client) -> None:
    """The manifest names icons that are there in the sizes that it says; one may be cut by the system."""
    page = sqlite_client.http.get("/login.shtml").text
    assert 'rel="manifest" href="/asset/manifest.webmanifest"' in page
    answer = sqlite_client.http.get("/asset/manifest.webmanifest", buffered=True)
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.text)
    for icon in manifest["icons"]:
        picture = sqlite_client.http.get(icon["src"], buffered=True)
        assert picture.mimetype == icon["type"]
        if icon["sizes"] != "any":
            with Image.open(io.BytesIO(picture.data)) as image:
                assert "{}x{}".format(*image.size) == icon["sizes"]
    assert [icon["sizes"] for icon in manifest["icons"] if icon.get("purpose") == "maskable"] == ["512x512"]


def test_the_chat_page_asks_its_first_questions_before_its_other_scripts(sqlite_client: Client) -> None:
    """In a script of its own, which comes first and waits for nothing."""
    person = sqlite_client.register()
    html = person.http.get("/index.shtml").text
    early = html.index('<script type="module" async src="/asset/dist/assets/early-1.js">')
    assert early < html.index("shared-1.js") < html.index('src="/asset/dist/assets/index-1.js"')
    assert "early-1.js" not in person.http.get("/createcom.shtml").text
