"""The pages: every template is served under its own name by one piece of code, as in the article."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from fastim import __version__, locales
from fastim.errors import AppError, NotFound
from fastim.routes import cookie, respond
from fastim.routes.asset import FOLDER, STATIC
from fastim.routes.classic import ClassicPages, classic_pages
from fastim.routes.context import COOKIE, actor_or_none, parts, token_of_request
from fastim.routes.pages import NotBuilt, Pages

_PAGES = frozenset(
    path.stem
    for path in (FOLDER / "templates").glob("*.html")
    if path.stem not in ("layout", "error") and not path.stem.startswith("_")
)
_FOR_GUESTS = frozenset(("login", "register"))
_FOR_ALL = frozenset(("join",))
_CODE = re.compile(r"[A-Za-z0-9_-]{8,24}", re.ASCII)
_NOT_BUILT = "The pages are not built yet: run `make web`, then load this page again.\n"

view = Blueprint("view", __name__)
pages = Pages(STATIC / "dist")


@view.get("/")
def root() -> AnyResponse:
    """The way to the chat page."""
    return _to("index")


@view.get("/add/<code>")
def add_link(code: str) -> AnyResponse:
    """The link and QR code of a person: the card that it leads to, for whoever is signed in or does so."""
    if not _CODE.fullmatch(code):
        return _failure_page(NotFound())
    # Behind the #: then no server and no log sees where the reader goes on to, and it outlives signing in.
    response = redirect(f"/index.shtml#/add/{code}")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@view.get("/<path:name>.shtml")
def page(name: str) -> AnyResponse:
    """The page of the Go version, where these are served, or else ours of this name."""
    folder = parts().settings.classic_pages
    classic = None if folder is None else classic_pages(folder)
    if classic is not None and f"/{name}.shtml" in classic:
        return _classic_page(classic, name)
    if name not in _PAGES:
        return _failure_page(NotFound())
    if request.args.keys() & {"id", "token"}:
        # The old way to open a page; a token must not stay in the address bar and the history.
        # No cookie is set: a link could then sign its reader in as somebody else.
        return _to(name, {k: v for k, v in request.args.items() if k not in ("id", "token")})
    actor = actor_or_none()
    if name not in _FOR_ALL and (actor is None) != (name in _FOR_GUESTS):
        return _to("index" if name in _FOR_GUESTS else "login")
    boot = {
        "signup": parts().settings.signup,
        "lang": respond.language(),
        "version": __version__,
        "push": parts().pusher.public_key,
        "user": 0 if actor is None else actor.user_id,
    }
    try:
        return _html(f"{name}.html", 200, entry=pages.entry, words=pages.words, boot=boot)
    except NotBuilt:
        return Response(_NOT_BUILT, 503, content_type="text/plain; charset=utf-8")


def _classic_page(classic: ClassicPages, name: str) -> AnyResponse:
    """These pages read who they are for from their address, so it stays as it is."""
    is_nobody = actor_or_none() is None or (name == "index" and "token" not in request.args)
    if name in ("index", "createcom") and is_nobody:
        return _to("login")
    return classic.page(f"/{name}.shtml", parts().file_origins.read_from)


def _to(name: str, query: dict[str, str] | None = None) -> AnyResponse:
    """Go to another page; who is signed in decides, so no cache may keep it."""
    response = redirect(f"/{name}.shtml" + (f"?{urlencode(query)}" if query else ""))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def failure(error: AppError) -> Response:
    """A page for who went to an address, the envelope for programs.

    It asks no database: that may be what failed.
    """
    if request.method not in ("GET", "HEAD") or "text/html" not in request.accept_mimetypes.values():
        return respond.failure(error)
    return _failure_page(error)


def _failure_page(error: AppError) -> Response:
    language = respond.language()
    title = message = ""
    if error.status == 404:
        title = "There is no such page" if language == "en" else "页面不存在"
    else:
        message = locales.text(error.name, language, error.details)
    page = render_template("error.html", lang=language, title=title, message=message)
    response = Response(page, error.status)
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.update(("Accept", "Cookie", "Accept-Language"))
    return response


def _html(template: str, status: int, **values: object) -> Response:
    response = Response(render_template(template, lang=respond.language(), **values), status)
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.update(("Cookie", "Accept-Language"))
    token, _ = token_of_request()
    if actor_or_none() is not None and token == request.cookies.get(COOKIE):
        cookie.keep(response, token)  # a session in use lives on; so must its cookie
    return response
