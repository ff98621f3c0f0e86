"""Probes: is the process alive, and can it serve."""

from __future__ import annotations

from flask import Blueprint, Response

from fastim.backends import database
from fastim.models import db
from fastim.routes import respond
from fastim.routes.context import parts

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """The process answers; no database is asked."""
    return respond.one("ok")


@health.get("/readyz")
def readyz() -> Response:
    """The database answers too, and what this machine does it will do.

    Where it does more than chat, one that is full of connections is ready for all else.

    Raises:
        Unavailable: the database is away or silent, the process is going down, or full where it serves
            nothing but connections.
    """
    realtime = parts().realtime
    if parts().settings.role == "chat":
        realtime.check_room()
    realtime.check_serving()
    database.check_answers(db.session())
    return respond.one("ready")
