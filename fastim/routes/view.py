"""The pages: every template is served under its own name by one piece of code, as in the article."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from fastim import __version__
from fastim.errors import NotFound
from fastim.routes import respond
from fastim.routes.context import actor_or_none, parts
from fastim.routes.pages import NotBuilt, Pages

FOLDER = Path(__file__).parents[1]
STATIC = FOLDER / "static"
_PAGES = frozenset(
    path.stem for path in (FOLDER / "templates").glob("*.html") if path.stem not in ("layout", "error")
)
_FOR_GUESTS = frozenset(("login", "register"))
_YEAR = 31536000

# What old accounts and pages name, and what answers in its place.
_OLD_PICTURES = {
    "avatar0.png": "person.svg",
    "user.jpg": "person.svg",
    "community.png": "community.svg",
}

view = Blueprint("view", __name__)
pages = Pages(STATIC / "dist")


@view.get("/")
def root() -> AnyResponse:
    return redirect("/index.shtml")


@view.get("/<name>.shtml")
def page(name: str) -> AnyResponse:
    """The template `name`; who is not signed in is sent to the log-in, who is needs none."""
    if name not in _PAGES:
        raise NotFound
    if request.args.keys() & {"id", "token"}:
        # The old way to open a page; a token must not stay in the address bar and the history.
        # No cookie is set: a link could then sign its reader in as somebody else.
        return redirect(f"/{name}.shtml")
    if (actor_or_none() is None) != (name in _FOR_GUESTS):
        return redirect("/index.shtml" if name in _FOR_GUESTS else "/login.shtml")
    language = respond.language()
    boot = {"signup": parts().settings.signup, "lang": language, "version": __version__}
    try:
        text = render_template(f"{name}.html", entry=pages.entry, lang=language, boot=boot)
    except NotBuilt:
        return Response(
            "The pages are not built yet: run `make web`.\n", 503, content_type="text/plain; charset=utf-8"
        )
    response = Response(text)
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.update(("Cookie", "Accept-Language"))
    return response


@view.route("/asset/<path:name>", methods=["GET", "HEAD"])
def asset(name: str) -> AnyResponse:
    """Static files; what Vite named by its content never changes."""
    never_changes = name.startswith("dist/assets/")
    response = send_from_directory(
        STATIC, _translate(name), conditional=True, max_age=_YEAR if never_changes else 3600
    )
    if never_changes:
        response.cache_control.immutable = True
    return response


@view.post("/asset/plugins/doutu/<pack>/info.json")
def sticker_pack(pack: str) -> AnyResponse:
    """The old page asks for its sticker packs by POST."""
    return send_from_directory(STATIC, f"plugins/doutu/{pack}/info.json", max_age=3600)


def _translate(name: str) -> str:
    old = name.removeprefix("images/")
    return f"images/{_OLD_PICTURES[old]}" if old in _OLD_PICTURES else name
