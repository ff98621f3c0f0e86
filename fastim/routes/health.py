"""Probes: is the process alive, and can it serve."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text

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
    """The database answers too, and connections are taken.

    Raises:
        Unavailable: the process is full or going down.
    """
    parts().realtime.check_room()
    db.session.execute(text("SELECT 1"))
    return respond.one("ready")
