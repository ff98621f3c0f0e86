"""create_app(): the one place where everything meets."""

from __future__ import annotations

import importlib
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from fastim import logs, wiring
from fastim.backends import database
from fastim.backends.counters import Counters
from fastim.commands import commands
from fastim.config import ROOT, ConfigError, Settings
from fastim.errors import AppError, BadRequest, Misdirected, NotFound, TooLarge, Unavailable
from fastim.models import db
from fastim.protocol import limits
from fastim.proxies import FromNetworks, Trusted
from fastim.realtime.pace import PacedBody
from fastim.routes import ELSEWHERE, ROUTES, security
from fastim.routes.view import failure

log = structlog.get_logger(__name__)

_SECRET_NAMES = ("/resource/", "/mnt/", "/add/", "/attach/part/")
"""Who knows the name of an upload may load it, and who knows a person's code may ask to be a friend."""


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask app with its parts running.

    Args:
        settings: by default those of the environment; a bad one ends the program with one line.
    """
    if settings is None:
        try:
            settings = Settings.from_env(os.environ)
        except ConfigError as error:
            sys.exit(f"fastim: {error}")
    logs.set_up(settings)
    app = Flask("fastim", instance_path=str(settings.instance), static_folder=None)
    try:
        parts = wiring.build(settings, lambda: _scope(app))
    except ConfigError as error:
        sys.exit(f"fastim: {error}")
    app.extensions["fastim"] = parts
    app.config.update(
        MAX_CONTENT_LENGTH=limits.BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=limits.BODY_BYTES,
        MAX_FORM_PARTS=limits.FORM_PARTS,
        SOCK_SERVER_OPTIONS={"deflate": settings.ws_deflate},
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(
            settings.sqlalchemy_url, parts.workers.run, parts.shelf
        ),
    )
    _believe_proxies(app, settings.trusted_proxies)
    db.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
    origins = parts.file_origins
    security.secure(app, settings, security.page_policy(origins.sent_to, origins.read_from))
    _answer_errors(app, parts.counters)
    _log_requests(app)
    for blueprint in ROUTES:
        app.register_blueprint(blueprint)
    _refuse_others_work(app, settings.role)
    app.cli.add_command(commands)
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":  # as `flask` says, which has `flask db`
        add_migrations(app)
    return app


def add_migrations(app: Flask) -> None:
    """Let Flask-Migrate know this app; servers do without: Alembic is a tenth of a start, and 10 MB."""
    migrate = importlib.import_module("flask_migrate")
    migrate.Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)


def close_app(app: Flask) -> None:
    """Give back what `create_app` opened: connections, threads, files.

    SQLite writes its write-ahead log back as a file's last connection goes; what is left can be copied.
    """
    parts = app.extensions["fastim"]
    parts.realtime.services.messages.close()
    parts.indexer.close()
    parts.questions.close()
    parts.reading.close()
    if parts.shelf is not None:
        parts.shelf.close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    parts.workers.close()
    parts.file_workers.close()


def _believe_proxies(app: Flask, trusted: Trusted) -> None:
    if trusted.networks:
        app.wsgi_app = FromNetworks(app.wsgi_app, trusted)  # type: ignore[method-assign]
    elif trusted.hops:
        hops = trusted.hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, 0, 0)  # type: ignore[method-assign]


@contextmanager
def _scope(app: Flask) -> Iterator[None]:
    """A short app context for work that no request does."""
    with database.busy_when_unreachable(), app.app_context():
        yield


def _answer_errors(app: Flask, counters: Counters) -> None:
    @app.errorhandler(AppError)
    def refused(error: AppError) -> Response:
        counters.errors[error.name] += 1
        return failure(error)

    def unreachable(error: Exception) -> Response:
        """The database is away: come back, nothing was half done."""
        log.warning("database_unreachable", path=_told_path(), error=str(getattr(error, "orig", error)))
        return refused(Unavailable())

    for kind in database.UNREACHABLE:
        app.register_error_handler(kind, unreachable)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        """werkzeug's own refusals, in our envelope; redirects stay what they are."""
        if error.code is None or error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        if error.code == 404:
            return failure(NotFound())
        if error.code == 413:
            return failure(TooLarge(request.max_content_length or 0))
        if error.code == 400:
            return failure(BadRequest(field="body"))
        refusal = AppError("method_not_allowed") if error.code == 405 else BadRequest(field="headers")
        refusal.status = error.code
        return failure(refusal)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.error("request_failed", path=_told_path(), exc_info=error)
        return failure(AppError())


def _told_path() -> str:
    """The request's path as the log may have it, whether there is such an address or not."""
    path = re.sub("/+", "/", request.path)
    return next((f"{folder}*" for folder in _SECRET_NAMES if path.startswith(folder)), request.path)


def _refuse_others_work(app: Flask, role: str) -> None:
    elsewhere = {blueprint.name for blueprint in ELSEWHERE[role]}
    if elsewhere:

        @app.before_request
        def refuse() -> None:
            if request.blueprint in elsewhere:
                raise Misdirected


def _log_requests(app: Flask) -> None:
    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        if request.content_length or "Transfer-Encoding" in request.headers:
            body = request.environ["wsgi.input"]
            request.environ["wsgi.input"] = PacedBody(body, request.content_length or 0)

    @app.after_request
    def finish(response: Response) -> Response:
        if "upgraded" in g:
            return response  # the connection says so itself
        # The path without its query: the old pages put the token there.
        log.info(
            "request",
            method=request.method,
            path=_told_path(),
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        )
        return response
