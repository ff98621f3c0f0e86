"""How Alembic runs the migrations; Flask-Migrate calls it inside an app context.

`fastim.operations.schema` names another database than the app's own in the attribute `engine`.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.operations import ops
from sqlalchemy import Connection, Engine

from fastim.models import db
from fastim.models.base import UtcDateTime


def run() -> None:
    """Migrate the app's own database, or the one that was named."""
    with _engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execution_options(fastim_write=True)
            _enforce_foreign_keys(connection, False)
        try:
            _migrate(connection)
        finally:
            if connection.dialect.name == "sqlite":
                _enforce_foreign_keys(connection, True)


def _engine() -> Engine:
    named: Engine | None = context.config.attributes.get("engine")
    return db.engine if named is None else named


def _enforce_foreign_keys(connection: Connection, enforced: bool) -> None:
    """SQLite changes a table by copying and dropping it, which would delete the rows that refer to it.

    The pragma does nothing within a transaction, so SQLAlchemy must not begin one for it.
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        process_revision_directives=_tidy,
        render_as_batch=True,
        render_item=_render_item,
        include_object=_is_here,
        compare_type=True,
        # With our own BEGIN, SQLite takes back a migration that fails; MySQL cannot.
        transactional_ddl=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _is_here(item: Any, _name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Some tables exist on one kind of database only."""
    dialects = item.info.get("dialects") if kind == "table" else None
    return dialects is None or _engine().dialect.name in dialects


def _render_item(kind: str, item: object, rendering: Any) -> str | Literal[False]:
    """Write our column type as the plain types it is made of: a migration must outlive the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        rendering.imports.add("from sqlalchemy.dialects import mysql")
        return 'sa.DateTime().with_variant(mysql.DATETIME(fsp=3), "mysql", "mariadb")'
    return False


def _tidy(_context: Any, _revision: Any, scripts: list[ops.MigrationScript]) -> None:
    """What `flask db migrate` writes: no file without a change, and nothing about a table that goes."""
    if not getattr(context.config.cmd_opts, "autogenerate", False):
        return
    script = scripts[0]
    if script.upgrade_ops is None or script.upgrade_ops.is_empty():
        scripts.clear()
        return
    for way in (script.upgrade_ops, script.downgrade_ops):
        assert way is not None
        # Its indexes go with it; MySQL refuses to drop one first that a foreign key needs.
        gone = {op.table_name for op in way.ops if isinstance(op, ops.DropTableOp)}
        way.ops = [
            op for op in way.ops if not (isinstance(op, ops.ModifyTableOps) and op.table_name in gone)
        ]


run()
