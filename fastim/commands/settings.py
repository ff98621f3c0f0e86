"""Settings as they are, and keys to put into them."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext

from fastim.commands.group import running_parts
from fastim.config import Settings


@click.command()
@click.option("--markdown", is_flag=True, help="As the table in README.md, without values.")
@with_appcontext
def settings(markdown: bool) -> None:
    """List every setting: its value now, its default, its meaning."""
    now = running_parts().settings
    if markdown:
        click.echo("| variable | default | meaning |\n| --- | --- | --- |")
    for f in dataclasses.fields(Settings):
        name, default, about = f"FASTIM_{f.name.upper()}", f.metadata["default"], f.metadata["about"]
        if markdown:
            click.echo(f"| `{name}` | {f'`{default}`' if default else ''} | {about} |")
            continue
        told = str if not f.metadata["secret"] else _address if f.name.endswith("_url") else _secret
        shown = _shown(getattr(now, f.name), told)
        click.echo(f"{name} = {shown}\n    {about}\n    default: {default or 'empty'}")


def _shown(value: object, told: Callable[[str], str]) -> str:
    """A setting as an operator would write it, with what is `told` of a text."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(map(told, value))
    return told(str(value)) if isinstance(value, str | int | Path) else ""


def _secret(value: str) -> str:
    return value and "(secret)"


def _address(url: str) -> str:
    """It without passwords and keys: which database is meant must be seen before it is touched."""
    url = re.sub(r"(://[^:@/]*:).*@", r"\1***@", url.replace("mysql+pymysql:", "mysql:"))
    return re.sub(r"([?&]\w*(?:key|pass|secret)\w*=)[^&]*", r"\1***", url)


@click.command()
def vapid() -> None:
    """Make a key for Web Push. Who makes another one tells no browser any more that subscribed before."""
    try:
        webpush = importlib.import_module("fastim.backends.webpush")
    except ImportError as error:
        raise click.ClickException("pip install -r requirements-push.txt first") from error
    private, public = webpush.new_keys()
    click.echo(f"FASTIM_VAPID_PRIVATE_KEY={private}\n# pages are told the public one: {public}")
