"""The browser's session cookie: no script can read it, and no other site's form brings it along."""

from __future__ import annotations

from flask import Response, request

from fastim.routes.context import COOKIE, parts


def keep(response: Response, token: str) -> None:
    """Give the session to the browser, for as long as it lasts unused."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=parts().settings.session_days * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def drop(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
