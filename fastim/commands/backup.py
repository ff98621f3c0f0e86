"""`flask fastim backup` and `restore`: everything in one file, and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from fastim.commands.group import refusals_as_text, running_parts
from fastim.commands.migrate_db import finish, opened, stored
from fastim.commands.progress import Progress
from fastim.operations import archive
from fastim.operations import backup as backups
from fastim.operations.occupants import occupants


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
@refusals_as_text
def backup(file: Path) -> None:
    """Save the database, what people said in MongoDB, and all files into FILE, while a server runs.

    FILE holds what people wrote and what signs them in: keep it as safe as the server. Settings are not
    in it.
    """
    parts = running_parts()
    if file.exists():
        raise click.BadParameter(f"{file} is there already", param_hint="FILE")
    passing = file.with_name(file.name + ".part")
    try:
        with stored(parts.settings.sqlalchemy_url) as engine, _new(passing) as out:
            done = backups.save(engine, parts.storage, out, Progress(), parts.shelf)
            out.flush()
            os.fsync(out.fileno())
        passing.rename(file)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error
    finally:
        passing.unlink(missing_ok=True)
    click.echo(f"{done.rows} rows and {done.files} files ({done.bytes} bytes) are in {file}")
    if done.missing:
        click.echo(f"{done.missing} files were not there to be saved; `flask fastim check` names them")


def _new(path: Path) -> BinaryIO:
    """A new file that only its owner may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only see whether FILE is whole.")
@with_appcontext
@refusals_as_text
def restore(file: Path, check: bool) -> None:
    """Bring a backup back into an empty database, of either kind, and into the storage.

    FILE is read to its end before anything is written.
    """
    parts = running_parts()
    with file.open("rb") as content:
        if check:
            head, manifest, _ = archive.check(content)
            count = sum(int(text.partition(":")[0]) for text in manifest.sums.values())
            click.echo(f"whole: {count} rows, {manifest.files} files, of FastIM {head.version}")
            return
        url = parts.settings.sqlalchemy_url
        with opened(url) as engine:
            if found := occupants(engine):
                who = ", ".join(found[:5])
                raise click.ClickException(f"the database is in use ({who}); stop its server")
            target, manifest = backups.restore(content, engine, parts.storage, Progress(), parts.shelf)
            finish(url, parts.shelf, target.finish)
    click.echo("Everything is back.")
    if manifest.missing:
        click.echo(f"{manifest.missing} files were missing when it was saved; see `flask fastim check`")
