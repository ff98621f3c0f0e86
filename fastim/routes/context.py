"""What a route may ask for: the running parts, who is calling, and from where."""

from __future__ import annotations

from typing import cast

from flask import current_app, g, request

from fastim.errors import NotSignedIn
from fastim.parts import Parts
from fastim.services.accounts import Caller
from fastim.services.sessions import Actor

COOKIE = "fastim"


def parts() -> Parts:
    return cast("Parts", current_app.extensions["fastim"])


def caller(device: str = "") -> Caller:
    """Where this request comes from; `device` is the name that a program gives itself."""
    return Caller(request.remote_addr or "", device or request.headers.get("User-Agent", ""))


def token_of_request() -> tuple[str, int | None]:
    """The session token of this request, and the user id that must go with it, if one was named.

    Browsers send the cookie, programs `Authorization: Bearer`, the old pages `?id=&token=`.
    """
    header = request.headers.get("Authorization", "")
    if header[:7].lower() == "bearer ":
        return header[7:].strip(), None
    if "token" in request.args:
        return request.args["token"], request.args.get("id", -1, int)
    return request.cookies.get(COOKIE, ""), None


def actor_or_none() -> Actor | None:
    """The signed-in user of this request; looked up once."""
    if "actor" not in g:
        token, claimed = token_of_request()
        actor = parts().sessions.find(token) if token else None
        if actor is not None and claimed is not None and actor.user_id != claimed:
            actor = None
        g.actor = actor
    return cast("Actor | None", g.actor)


def current_actor() -> Actor:
    """As `actor_or_none`.

    Raises:
        NotSignedIn: there is no valid session.
    """
    actor = actor_or_none()
    if actor is None:
        raise NotSignedIn
    return actor


def count_change() -> None:
    """Count a change of a group: each is an entry that all its members get.

    Raises:
        TooOften: the user has changed too much.
    """
    running = parts()
    running.rates.hit(running.settings.group_rate, "group", str(current_actor().user_id))
