"""The tables of any database of ours: made by the migrations, and how far those have come."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, inspect

from fastim.backends import database, mysql_line
from fastim.config import ROOT
from fastim.models import db

_VERSION_TABLE = "alembic_version"


def engine_of(url: str) -> Engine:
    """A command's database that is not the app's own, opened as the app opens its own.

    Args:
        url: as SQLAlchemy writes it.
    """
    options = database.engine_options(url, lambda job: job())
    if "init_command" in options["connect_args"]:
        options["connect_args"]["init_command"] = mysql_line.PAUSING
    engine = create_engine(url, **options)
    database.prepare(engine)
    return engine


def head() -> str:
    """The newest migration's number."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revision(connection: Connection) -> str:
    """The migration that the database is at; "" for one without our tables."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return ""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(engine: Engine) -> None:
    """Make the tables, or bring them up to date."""
    config = _config()
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def stored_tables() -> list[Table]:
    """All tables with what cannot be made again, those that others refer to first.

    A table that only one kind of database has is the search index, which is made from the log.
    """
    return [table for table in db.metadata.sorted_tables if "dialects" not in table.info]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    return config
