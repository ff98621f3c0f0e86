"""`flask fastim import-go`: the Go version's people, friends, groups and pictures, brought over."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import msgspec
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from fastim.commands.group import database_url, refusals_as_text, running_parts
from fastim.models import db
from fastim.operations import go_import, go_planning, go_source
from fastim.operations.go_folder import GoFolder
from fastim.operations.go_import import GoImport
from fastim.operations.go_plan import Finding, Plan, Target

_SHOWN = 10


@dataclass(frozen=True)
class _Look:
    """What was read and decided."""

    source: str
    had: Target
    plan: Plan
    keep_ids: bool


@click.command("import-go")
@click.argument("source", callback=database_url)
@click.option(
    "--resource",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder `resource` of the Go version.",
)
@click.option(
    "--zone", default="", help="Time zone of its server, such as Asia/Shanghai; or this machine's."
)
@click.option("--link-taken", is_flag=True, help="A number that has an account here is the same person.")
@click.option("--report", type=click.Path(path_type=Path), help="Where the list of what is left goes.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and stop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
@refusals_as_text
def import_go(
    source: str, resource: Path, zone: str, link_taken: bool, report: Path | None, dry_run: bool, yes: bool
) -> None:
    """Bring over the Go version from SOURCE, mysql://USER:PASSWORD@HOST/chat.

    It says first what it is going to do. Nothing of the Go version is changed; run it as often as you like.
    """
    if source.startswith("sqlite"):
        raise click.BadParameter("the Go version has a database of mysql://…", param_hint="SOURCE")
    look = _look(source, zone, link_taken)
    report = report or running_parts().settings.instance / "import-go.jsonl"
    parts = running_parts()
    left_files: list[tuple[str, str]] = []
    folder = GoFolder(parts.bus, parts.uploads, resource, _tell, lambda *one: left_files.append(one))
    files, known_files = folder.count()
    _show(look, files, known_files)
    if dry_run:
        return
    if not yes:
        click.confirm("Bring this over?", abort=True)
    run = GoImport(parts.bus, parts.uploads, look.source, look.had, look.keep_ids, _tell)
    try:
        run.rows(look.plan)
    except IntegrityError as error:
        raise click.ClickException("somebody registered meanwhile; run it again, it goes on") from error
    run.pictures(resource, look.plan.pictures)
    folder.bring(files)
    _report(report, look.plan, run.left, left_files)


def _look(url: str, zone: str, link_taken: bool) -> _Look:
    try:
        found = go_source.read(url, ZoneInfo(zone) if zone else None)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.BadParameter(f"there is no time zone {zone!r}", param_hint="--zone") from error
    name = go_source.name_of(url)
    had = go_import.target(name)
    keep_ids = go_import.keeps_ids(had)
    db.session.rollback()
    return _Look(name, had, go_planning.make(found, had, link_taken), keep_ids)


def _show(look: _Look, files: int, known_files: int) -> None:
    plan = look.plan
    counts = {
        "people": (len(plan.users), plan.already["user"]),
        "groups": (len(plan.communities), plan.already["community"]),
        "friendships": (len(plan.friendships), 0),
        "memberships": (len(plan.memberships), 0),
        "pictures": (len(plan.pictures), len(look.had.pictures)),
        "files": (files - known_files, known_files),
    }
    click.echo("To be brought over:")
    for what, (new, before) in counts.items():
        click.echo(f"  {new:>8} {what}" + (f" ({before} were brought before)" if before else ""))
    if plan.already["contact"]:
        click.echo(f"  {plan.already['contact']} contacts were brought before")
    click.echo("Ids stay." if look.keep_ids else "Ids are new: this server has people of its own.")
    _list(f"{len(plan.left)} rows cannot be brought:", plan.left)
    _list(f"{len(plan.changed)} notes on what is brought differently:", plan.changed)


def _list(title: str, findings: list[Finding]) -> None:
    if not findings:
        return
    click.echo(title)
    for finding in islice(findings, _SHOWN):
        click.echo(f"  {finding.table} {finding.id}: {finding.why}")
    if len(findings) > _SHOWN:
        click.echo(f"  … and {len(findings) - _SHOWN} more")


def _tell(what: str, done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        click.echo(f"{what}: {done} of {total}")


def _report(path: Path, plan: Plan, pictures: list[Finding], files: list[tuple[str, str]]) -> None:
    """Everything that was left or changed, one line of JSON each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for is_left, finding in chain(
            ((True, one) for one in (*plan.left, *pictures)), ((False, one) for one in plan.changed)
        ):
            line = {"left": is_left, "table": finding.table, "id": finding.id, "why": finding.why}
            out.write(msgspec.json.encode(line) + b"\n")
        for file, why in files:
            out.write(msgspec.json.encode({"left": True, "file": file, "why": why}) + b"\n")
    path.chmod(0o600)  # numbers stand in it
    _list(f"{len(pictures)} pictures cannot be brought:", pictures)
    left = len(plan.left) + len(pictures)
    click.echo(f"Done. Left behind: {left} rows or pictures, {len(files)} files.")
    click.echo(f"The whole list is in {path}. Restart a server that runs.")
