"""`flask fastim check`: does what is stored keep its promises?"""

from __future__ import annotations

from itertools import islice

import click
from flask.cli import with_appcontext

from fastim.commands.group import refusals_as_text, running_parts
from fastim.commands.migrate_db import stored
from fastim.models import db
from fastim.operations.checks import files, index, links, log, places
from fastim.operations.checks.rule import Rule
from fastim.operations.occupants import occupants

_SHOWN = 50


@click.command()
@click.option("--deep", is_flag=True, help="Also read every file and compare it with its hash.")
@click.option("--repair", is_flag=True, help="Put right what else is stored says; stop the server first.")
@with_appcontext
@refusals_as_text
def check(deep: bool, repair: bool) -> None:
    """Check everything that is stored: numbers, marks, references, members, files, the search index.

    Exit code 1 tells of problems that are left. A server may run, and what it just changes may then be told
    of; --repair wants to be alone.
    """
    parts = running_parts()
    with stored(parts.settings.sqlalchemy_url):
        pass  # or each rule would fail with what it does not find
    if repair and (found := occupants(db.engine)):
        raise click.ClickException(f"the database is in use ({', '.join(found[:5])}); stop its server")
    rules = [*log.RULES, *links.RULES, *places.RULES, *files.rules(parts.storage, deep)]
    if parts.settings.search:
        rules += index.rules(parts.indexer)
        if behind := parts.indexer.behind():
            click.echo(f"      the search index has {behind} entries still to read")
    left = sum(_check(rule, repair) for rule in rules)
    if left:
        raise click.ClickException(_told_left(left, repair))
    click.echo("everything is whole")


def _told_left(left: int, repair: bool) -> str:
    found = f"{left} problem{'s' if left > 1 else ''}"
    if repair:
        return f"{found} left that nothing else stored puts right: restore a backup, or live with it"
    return f"{found}; with its server stopped, --repair puts right what else is stored says"


def _check(rule: Rule, repair: bool) -> int:
    """How many problems of this rule are left."""
    found = _found(rule)
    if not found:
        click.echo(f"ok    {rule.name}: {rule.promise}")
        return 0
    click.echo(f"WRONG {rule.name}: {found} problems")
    if not repair or rule.repair is None:
        return found
    rule.repair()
    left = sum(1 for _ in rule.find())
    db.session.rollback()
    click.echo(f"      {found - left} repaired, {left} left")
    return left


def _found(rule: Rule) -> int:
    """Tell of the problems, and count them."""
    lines = rule.find()
    count = 0
    for line in islice(lines, _SHOWN):
        count += 1
        click.echo(f"      {line}")
    more = sum(1 for _ in lines)
    if more:
        click.echo(f"      … and {more} more")
    db.session.rollback()
    return count + more
