"""The migrations make what the models say, on both kinds of database, there and back."""

from __future__ import annotations

import flask_migrate
from flask import Flask
from sqlalchemy import inspect

from fastim.app import add_migrations
from fastim.models import db


def modelled() -> set[str]:
    """Some tables exist on one kind of database only."""
    every = db.metadata.tables.values()
    return {
        t.name for t in every if db.engine.dialect.name in t.info.get("dialects", (db.engine.dialect.name,))
    }


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_lead_to_the_models_and_back(app: Flask) -> None:
    """`check` ends the program if autogeneration would still find a difference."""
    add_migrations(app)
    with app.app_context():
        flask_migrate.check()
        assert tables() == modelled()
        flask_migrate.downgrade(revision="base")
        assert tables() == set()
        flask_migrate.upgrade()
        flask_migrate.check()
