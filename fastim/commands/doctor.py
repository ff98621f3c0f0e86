"""`flask fastim doctor`: what is wrong around this server, and what to do."""

from __future__ import annotations

from itertools import chain

import click
import msgspec
from flask.cli import with_appcontext

from fastim.commands.group import running_parts
from fastim.models import db
from fastim.operations.doctor import around, certificates, machine, replicas, stored


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One object with all findings.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Look at settings, versions, limits, clock, disks, database, storage, bus, secrets and certificates.

    Exit code 1 where something fails; what only warns is 0.
    """
    parts = running_parts()
    settings = parts.settings
    findings = list(
        chain(
            machine.examine(settings),
            stored.examine(settings, db.engine, parts.storage, parts.shelf),
            replicas.examine(settings),
            around.examine(settings),
            certificates.examine(settings),
        )
    )
    failed = sum(finding.state == "fail" for finding in findings)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode({"healthy": not failed, "findings": findings})))
    else:
        for finding in findings:
            click.echo(f"{finding.state:<4}  {finding.name}: {finding.said}")
            if finding.cure:
                click.echo(f"      → {finding.cure}")
    if failed:
        raise click.exceptions.Exit(1)
