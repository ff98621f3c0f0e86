"""`flask fastim import-go`: the Go version's people, friends, groups and pictures, brought over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import msgspec
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from fastim.backends import database
from fastim.commands.group import database_url, refusals_as_text, running_parts
from fastim.commands.progress import Progress
from fastim.models import db
from fastim.operations import go_planning, go_source, go_target
from fastim.operations.go_folder import GoFolder
from fastim.operations.go_import import GoImport
from fastim.operations.go_plan import FILE, Finding
from fastim.operations.go_plan_file import PlanFile

_SHOWN = 10


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
    parts = running_parts()
    report = report or parts.settings.instance / "import-go.jsonl"
    with _ends_in_a_line(), closing(PlanFile(parts.settings.instance)) as plan:
        tell = Progress()
        _keep_earlier(report)
        name, keep_ids = _look(plan, source, zone, link_taken, tell)
        folder = GoFolder(parts.bus, parts.uploads, resource, tell, partial(plan.leave, FILE))
        files, known_files = folder.count()
        _show(plan, keep_ids, files, known_files)
        _report(report, plan)
        if dry_run:
            return
        if not yes:
            click.confirm("Bring this over?", abort=True)
        run = GoImport(parts.bus, parts.uploads, name, plan, keep_ids, tell)
        run.rows()
        before = plan.counts().left
        run.pictures(resource)
        left = plan.counts().left
        folder.bring(files)
        _list("pictures cannot be brought:", left - before, plan.findings(True, before))
        click.echo(f"Done. Left behind: {left} rows or pictures, {plan.counts().left - left} files.")
        _report(report, plan)
        click.echo("Restart a server that runs.")


@contextmanager
def _ends_in_a_line() -> Iterator[None]:
    """What ends a run, as a line; what was brought by then has come."""
    try:
        yield
    except DBAPIError as error:
        reason = database.reason_of(error)
        raise click.ClickException(f"{reason}. What was brought stays; run it again, it goes on") from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{where}{error.strerror or error}") from error
    except sqlite3.Error as error:
        raise click.ClickException(f"the plan in FASTIM_INSTANCE: {error}") from error
    except KeyboardInterrupt as error:
        raise click.ClickException("stopped. What was brought stays; run it again, it goes on") from error


def _look(plan: PlanFile, url: str, zone: str, link_taken: bool, tell: Progress) -> tuple[str, bool]:
    """Make the plan; which source it is of, and whether ids stay."""
    name, known = go_source.name_of(url), 0
    for kind, ids in go_target.brought(name):
        plan.note(kind, ids)
        known += len(ids)
        tell("brought before", known)
    keep_ids = go_target.keeps_ids(name)
    db.session.rollback()
    try:
        where = ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.BadParameter(f"there is no time zone {zone!r}", param_hint="--zone") from error
    with go_source.reading(url, where) as found:
        go_planning.make(plan, found, go_target.Here(), link_taken, tell)
    return name, keep_ids


def _show(plan: PlanFile, keep_ids: bool, files: int, known_files: int) -> None:
    found = plan.counts()
    counts = {
        "people": (found.users, plan.already["user"]),
        "groups": (found.communities, plan.already["community"]),
        "friendships": (found.friendships, 0),
        "memberships": (found.memberships, 0),
        "pictures": (found.pictures, plan.pictures_before()),
        "files": (files - known_files, known_files),
    }
    click.echo("To be brought over:")
    for what, (new, before) in counts.items():
        click.echo(f"  {new:>8} {what}" + (f" ({before} were brought before)" if before else ""))
    if plan.already["contact"]:
        click.echo(f"  {plan.already['contact']} contacts were brought before")
    click.echo("Ids stay." if keep_ids else "Ids are new: this server has people of its own.")
    _list("rows cannot be brought:", found.left, plan.findings(True))
    _list("notes on what is brought differently:", found.changed, plan.findings(False))


def _list(title: str, count: int, findings: Iterable[Finding]) -> None:
    """The first of them."""
    if not count:
        return
    click.echo(f"{count} {title}")
    for finding in islice(findings, min(count, _SHOWN)):
        click.echo(f"  {finding.table} {finding.id}: {finding.why}")
    if count > _SHOWN:
        click.echo(f"  … and {count - _SHOWN} more")


def _keep_earlier(path: Path) -> None:
    """What an earlier run brought differently, later runs do not tell again."""
    if path.is_file():
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        path.rename(path.with_name(f"{path.stem}.{written:%Y%m%d-%H%M%S-%f}{path.suffix}"))


def _report(path: Path, plan: PlanFile) -> None:
    """Everything that was left or changed, one line of JSON each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for is_left in (True, False):
            for finding in plan.findings(is_left):
                which = {"table": finding.table, "id": finding.id}
                if finding.table == FILE:
                    which = {"file": finding.id}
                out.write(msgspec.json.encode({"left": is_left, **which, "why": finding.why}) + b"\n")
    path.chmod(0o600)  # numbers stand in it
    click.echo(f"The whole list is in {path}.")
