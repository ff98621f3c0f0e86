"""`flask fastim move-log`: what people said moves from the database into MongoDB."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from fastim.commands.group import refusals_as_text, running_parts
from fastim.commands.progress import Progress
from fastim.models import db
from fastim.operations import shelving
from fastim.operations.occupants import occupants


@click.command("move-log")
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=shelving.BATCH, help="Messages of one transaction."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
@refusals_as_text
def move_log(batch: int, yes: bool) -> None:
    """Move what people said from the database into the MongoDB of FASTIM_LOG_URL.

    Stop the server first. Whatever stops this, run it again: it goes on where it was. The other way is
    `migrate-db`, into a database without MongoDB.
    """
    shelf = running_parts().shelf
    if shelf is None:
        raise click.ClickException("FASTIM_LOG_URL names no MongoDB")
    total, done, tell = shelving.waiting(db.engine), 0, Progress()
    click.echo(f"{total} messages are in the database and go into MongoDB.")
    if total and not yes:
        click.confirm("Move them?", abort=True)
    if found := occupants(db.engine):
        raise click.ClickException(f"the database is in use ({', '.join(found[:5])}); stop its server")

    def told(moved: int) -> None:
        nonlocal done
        done += moved
        tell("messages", done, total)

    rows, _, digest = shelving.move(db.engine, shelf, told, batch).partition(":")
    click.echo(f"{rows} entries are in the log, as before ({digest[:12]}).")
