"""`flask fastim migrate-db`: from SQLite to MySQL or MariaDB, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from fastim.backends import database
from fastim.backends.log import Shelf
from fastim.commands.group import database_url, refusals_as_text, running_parts
from fastim.commands.progress import Progress
from fastim.operations import migrating, schema
from fastim.operations.migrating import Compared, Migration, name_of
from fastim.operations.occupants import occupants
from fastim.operations.snapshot import check_is_ours


@click.command("migrate-db")
@click.argument("source", callback=database_url)
@click.argument("target", callback=database_url)
@click.option("--live", is_flag=True, help="Although SOURCE is in use.")
@click.option("--leave-log", is_flag=True, help="Leave messages in MongoDB, for TARGET to go on with.")
@click.option("--restart", is_flag=True, help="Begin an unfinished copy anew.")
@click.option(
    "--batch",
    type=click.IntRange(1, 100_000),
    default=migrating.BATCH,
    help="Rows of one transaction.",
)
@with_appcontext
@refusals_as_text
def migrate_db(source: str, target: str, live: bool, leave_log: bool, restart: bool, batch: int) -> None:
    """Copy everything from SOURCE into TARGET, an empty database, and compare both.

    Both are named as in FASTIM_DATABASE_URL. SOURCE stays as it is. Whatever stops it, run it again: it
    goes on where it was. Files are not in the database: they stay where they are. What people said in
    MongoDB (FASTIM_LOG_URL, where SOURCE is FASTIM_DATABASE_URL) comes into TARGET.
    """
    file = make_url(source).database or ""
    if source.startswith("sqlite") and not Path(file).is_file():
        raise click.BadParameter(f"there is no {file}", param_hint="SOURCE")
    shelf = None if leave_log else _shelf(source)
    with opened(source) as from_engine:
        if not live:
            _check_alone(from_engine)
        with opened(target) as to_engine:
            migration = Migration(from_engine, to_engine, Progress(), batch, shelf)
            compared = migration.run(restart)
            finish(target, running_parts().shelf if leave_log else None, migration.finish)
    _show(compared)
    if shelf is not None:
        click.echo("It has what MongoDB has: FASTIM_LOG_URL must be empty, or name a new database there.")


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine of another database than the app's; what the database says against it is a line."""
    engine = schema.engine_of(url)
    try:
        if not url.startswith("sqlite"):  # or its refusal would come later, and be taken for another one's
            engine.connect().close()
        yield engine
    except DBAPIError as error:
        raise click.ClickException(f"{engine.url!r}: {database.reason_of(error)}") from error
    finally:
        engine.dispose()


@contextmanager
def stored(url: str) -> Iterator[Engine]:
    """The same of a database that has to be there, with the tables of this version."""
    file = make_url(url).database or ""
    if url.startswith("sqlite") and not Path(file).is_file():
        raise click.ClickException(
            f"there is no {file}: set FASTIM_DATABASE_URL to the server's; `flask fastim settings` shows it"
        )
    with opened(url) as engine:
        with engine.connect() as connection:
            check_is_ours(connection)
        yield engine


def _shelf(source: str) -> Shelf | None:
    """What people said beside the source, if it has that."""
    parts = running_parts()
    if parts.shelf is None or name_of(make_url(source)) == name_of(make_url(parts.settings.sqlalchemy_url)):
        return parts.shelf
    raise click.ClickException(
        "FASTIM_LOG_URL belongs to FASTIM_DATABASE_URL, which is not SOURCE: set both to SOURCE's, or none"
    )


def finish(url: str, shelf: Shelf | None, end: Callable[[], None]) -> None:
    """End the filling of a database, and make the search index of it and of what is beside it.

    In this order: the index takes longer than all else, and a server makes what it lacks.

    Args:
        end: takes the mark of an unfinished copy away.
    """
    if not running_parts().settings.search:
        end()
        return
    indexer = running_parts().indexer_of(url, shelf)
    try:
        indexer.rebuild()  # of what was here before, nothing may be found
        end()
        click.echo("All rows are there; now the search index is made. Ctrl-C leaves that to the server.")
        done = indexer.catch_up(partial(Progress(), "search index"))
        click.echo(f"search index: {done} entries")
    except KeyboardInterrupt:
        click.echo("The server makes the rest of the search index.")
    finally:
        indexer.close()


def _check_alone(engine: Engine) -> None:
    if found := occupants(engine):
        who = ", ".join(found[:5])
        raise click.ClickException(
            f"the source is in use ({who}); stop its server, or say --live: then what is written from "
            "now on is not in the copy"
        )


def _show(compared: list[Compared]) -> None:
    filled = [one for one in compared if one.rows]
    for one in filled:
        click.echo(f"{one.table:<24} {one.rows:>10} rows, equal ({one.target.partition(':')[2][:12]})")
    click.echo(f"{len(compared) - len(filled)} more tables are empty in both.")
    click.echo(f"{sum(one.rows for one in compared)} rows are in the target, which is whole.")
    click.echo("Set FASTIM_DATABASE_URL to it and start the server.")
