"""What every answer carries and what every unsafe request must pass."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from fastim.config import Settings
from fastim.errors import Forbidden


def page_policy(sent_to: str, read_from: tuple[str, ...]) -> str:
    """What a page may do.

    Args:
        sent_to: the origin of the storage that pages send files to; "" for none.
        read_from: the origins that files are read from beside this one.
    """
    readable = "".join(f" {origin}" for origin in read_from)
    sendable = f" {sent_to}" if sent_to else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' blob: data:{readable}",
            f"media-src 'self' blob:{readable}",
            "font-src 'self'",
            f"connect-src 'self'{sendable}",
            "worker-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types vue fastim",
        )
    )


FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For uploads: even a file that a browser would run gets an origin of its own and no scripts."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
}


def same_origin(settings: Settings, origin: str) -> bool:
    """Whether `origin` is this site's: the Host header's, or one of FASTIM_PUBLIC_ORIGINS."""
    if origin in settings.public_origins:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:  # no address at all, such as "http://["
        return False
    # A page that came without TLS may be anybody's in between; it does not speak for one that came with it.
    schemes = ("https",) if request.is_secure else ("http", "https")
    return parts.scheme in schemes and parts.netloc == request.host


def refuse_cross_site(settings: Settings) -> None:
    """Refuse an unsafe request that another site's page sends with this browser's cookie.

    Browsers name the origin in Origin and Sec-Fetch-Site; programs send neither.

    Raises:
        Forbidden: `cross_site`.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if origin is not None:
        if not same_origin(settings, origin):
            raise Forbidden("cross_site")
    elif request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise Forbidden("cross_site")


def secure(app: Flask, settings: Settings, policy: str) -> None:
    """Attach both to the app; `policy` is that of `page_policy`."""
    headers = {"Content-Security-Policy": policy, **_HEADERS}

    @app.before_request
    def check_site() -> None:
        refuse_cross_site(settings)

    @app.after_request
    def add_headers(response: Response) -> Response:
        if "upgraded" in g:
            return response  # it was answered by the socket; nobody reads this one
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
