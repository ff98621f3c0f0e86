"""Looking after what is stored: unused uploads, the search index."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from fastim.commands.group import refusals_as_text, running_parts
from fastim.models.base import utc_now


@click.command()
@with_appcontext
def gc() -> None:
    """Remove uploads that nothing has used for a day. A running server does so by itself."""
    expired = running_parts().partials.expire(utc_now())
    freed = running_parts().collection.collect(utc_now())
    click.echo(
        f"{freed.uploads} uploads removed, {freed.blobs} files ({freed.bytes} bytes), "
        f"{freed.strays} files that a crash had left, {expired} unfinished uploads"
    )


@click.command()
@with_appcontext
@refusals_as_text
def reindex() -> None:
    """Make the search index again, from the whole log. A running server goes on, and searches meanwhile
    find only what was indexed already."""
    indexer = running_parts().indexer
    if not indexer.rebuild():
        click.echo("the index is empty; the running server makes it again")
        return
    done = 0
    while count := indexer.step():
        done += count
        if done % 10_000 < count:
            click.echo(f"{done} entries")
    while indexer.tidy():
        pass
    click.echo(f"the index is made of {done} entries")
