"""Before the start: is there anything that would stop it, and what should be changed?

`python -m fastim.preflight` checks the environment's settings; gunicorn.conf.py asks again, and wsgi.py for
`flask run`, so that a server started without make is checked too.
"""

from __future__ import annotations

import errno
import importlib
import os
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import sqlalchemy

from fastim.backends import descriptors
from fastim.config import ROOT, ConfigError, Settings
from fastim.operations.unfinished import CURE, is_unfinished
from fastim.places import S3Place

_DEFAULT_HOST = "127.0.0.1"
_DEFAULT_PORT = "8081"
_CONNECT_SECONDS = 5
_BUCKET = "bucket"


class Problem(Exception):
    """Something that stops the start; its text is one line that says what to change."""


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int


def address(environ: Mapping[str, str]) -> Address:
    """The address from HOST and PORT.

    Raises:
        Problem: PORT is no port.
    """
    port = environ.get("PORT", _DEFAULT_PORT)
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Problem(f"PORT: bad value {port!r}: use a number from 1 to 65535")
    return Address(environ.get("HOST", "") or _DEFAULT_HOST, int(port))


def check(settings: Settings, where: Address) -> None:
    """Check everything that can be known before the start.

    Raises:
        Problem: with the setting to change.
    """
    check_folder(settings.instance, "FASTIM_INSTANCE")
    if settings.s3 is None:
        check_folder(settings.storage_folder, "FASTIM_STORAGE_URL")
    else:
        check_bucket(settings.s3)
    if settings.is_sqlite:
        file = Path(settings.sqlalchemy_url.removeprefix("sqlite:///"))
        check_folder(file.parent, "FASTIM_DATABASE_URL")
        if file.exists():  # or looking would make it
            check_database(settings.sqlalchemy_url, {"timeout": _CONNECT_SECONDS})
    else:
        check_database(settings.sqlalchemy_url, {"connect_timeout": _CONNECT_SECONDS})
    if settings.tls_cert is not None:
        check_certificate(settings.tls_cert, settings.tls_key)
    check_files(settings.connections, descriptors.most())
    check_port(where)


def check_folder(folder: Path, name: str) -> None:
    """Make `folder` and write into it; `name` is the setting that says where it is.

    Raises:
        Problem: that is not possible.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Problem(
            f"{name}: cannot write to {folder} ({error.strerror}); make it writable for this user, "
            f"or set {name} to another place"
        ) from error


def check_database(url: str, connect: Mapping[str, int]) -> None:
    """Connect once; the password is not shown.

    Args:
        connect: what the driver takes for the longest wait.

    Raises:
        Problem: the server does not answer, or not to this account; the file is no database; or a copy
            into it was begun and not ended.
    """
    engine = sqlalchemy.create_engine(url, connect_args=dict(connect))
    try:
        with engine.connect() as connection:
            if is_unfinished(connection):
                raise Problem(f"FASTIM_DATABASE_URL: {engine.url!r} is an unfinished copy; {CURE}")
    except sqlalchemy.exc.DatabaseError as error:
        reason = str(error.orig.args[-1] if error.orig else error)
        raise Problem(
            f"FASTIM_DATABASE_URL: cannot open {engine.url!r}: {reason}; start the database server, "
            "or correct the URL"
        ) from error
    finally:
        engine.dispose()


def check_schema(settings: Settings) -> None:
    """See whether the database is migrated, which `check` does not ask: it comes before the migrations too.

    One that is ahead is served: migrations of one version work with the version before it.

    Raises:
        Problem: it has no tables, or those of an older version; requests would fail, one and all.
    """
    numbers = sorted(path.name.partition("_")[0] for path in (ROOT / "migrations/versions").glob("0*.py"))
    url = sqlalchemy.make_url(settings.sqlalchemy_url)
    found = ""
    if not settings.is_sqlite or Path(url.database or "").exists():  # or looking would make it
        engine = sqlalchemy.create_engine(url)
        with engine.connect() as connection:
            tables = sqlalchemy.inspect(connection)
            if tables.has_table("alembic_version"):
                found = str(connection.scalar(sqlalchemy.text("SELECT version_num FROM alembic_version")))
            elif tables.has_table("user"):  # made without migrations, as tests do
                found = numbers[-1]
        engine.dispose()
    if found in ("", *numbers[:-1]):
        has = f"the tables of {found}" if found else "no tables"
        raise Problem(
            f"FASTIM_DATABASE_URL: {url!r} has {has}, this version needs {numbers[-1]}; "
            "run `flask db upgrade` (the image: `migrate`)"
        )


def check_bucket(place: S3Place) -> None:
    """Ask the object store for the bucket once; no key is shown.

    Raises:
        Problem: boto3 is missing, the store does not answer, or not to this account.
    """
    # In a process of its own: what boto3 imports must not be here before gevent patches it.
    command = (sys.executable, "-m", "fastim.preflight", _BUCKET)
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 ours
    if asked.returncode:
        raise Problem(asked.stderr.strip().rpartition("\n")[2].removeprefix("fastim: "))


def _ask_bucket(place: S3Place) -> None:
    try:
        s3 = importlib.import_module("fastim.backends.storage.s3_store")
    except ImportError as error:
        raise Problem("FASTIM_STORAGE_URL: pip install -r requirements-s3.txt first") from error
    try:
        s3.Bucket(place).check()
    except s3.ERRORS as error:
        raise Problem(
            f"FASTIM_STORAGE_URL: cannot use the bucket {place.bucket} at {place.endpoint or 'Amazon'}: "
            f"{error}; make the bucket, or correct the URL"
        ) from error


def check_certificate(cert: Path, key: Path | None) -> None:
    """See whether the two are a certificate and its key.

    Raises:
        Problem: they are not.
    """
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (OSError, ValueError) as error:
        raise Problem(
            f"FASTIM_TLS_CERT and FASTIM_TLS_KEY: {cert} and {key} are no certificate with its key in PEM "
            f"({error}); the key must have no password"
        ) from error


def check_files(connections: int, limit: int) -> None:
    """See whether one connection has room among the files that may be open.

    Raises:
        Problem: not one has.
    """
    if not descriptors.allowed(connections, limit):
        raise Problem(
            f"only {limit} files may be open; ulimit -Hn {descriptors.wanted(connections)}, "
            "or LimitNOFILE of the systemd unit"
        )


def check_port(where: Address) -> None:
    """See whether the address can be listened on.

    Raises:
        Problem: it is taken, not allowed, or not this machine's.
    """
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            where.host, where.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Problem(
                f"PORT: {where.host}:{where.port} is taken by another program; "
                "stop that one or choose another, such as PORT=8082 (`flask run`: --port 8082)"
            ) from error
        raise Problem(
            f"HOST and PORT: cannot listen on {where.host}:{where.port}: {error.strerror}"
        ) from error


def before_flask_run() -> None:
    """Where this process is `flask run`, check what it was told; ends with one line if that cannot work."""
    context = click.get_current_context(silent=True)
    if context is None or context.parent is None or context.parent.parent is not None:
        return  # no command, or one of a group of ours
    if context.info_name != "run" or os.environ.get("WERKZEUG_RUN_MAIN") == "true":
        return  # the process that is started again at each change has its port from the first one
    with _one_line():
        settings = Settings.from_env(os.environ)
        check(settings, Address(context.params["host"], context.params["port"]))
        check_schema(settings)


def describe(settings: Settings, where: Address) -> list[str]:
    """Where the server is and where its data are, in lines for a person; no password."""
    host = f"[{where.host}]" if ":" in where.host else where.host
    place = settings.s3
    url = sqlalchemy.make_url(settings.sqlalchemy_url)
    database = url.database if settings.is_sqlite else url.render_as_string(hide_password=True)
    return [
        f"FastIM is at http{'' if settings.tls_cert is None else 's'}://{host}:{where.port}",
        f"  database  {database}",
        f"  files     {settings.storage_folder if place is None else f's3://{place.bucket}/{place.prefix}'}",
        *_told_room(settings.connections, descriptors.most()),
    ]


def _told_room(connections: int, limit: int) -> list[str]:
    """A line where files are too few for the connections that are asked for."""
    fit = descriptors.allowed(connections, limit)
    if fit == connections:
        return []
    few = (
        f"  room      for {fit} connections a process, not {connections}: only {limit} files may be open "
        f"(ulimit -Hn {descriptors.wanted(connections)})"
    )
    return [few]


def main() -> None:
    """Check the environment's settings; ends with one line on standard error if they cannot work."""
    with _one_line():
        settings = Settings.from_env(os.environ)
        if sys.argv[1:] == [_BUCKET] and settings.s3 is not None:
            _ask_bucket(settings.s3)
        else:
            check(settings, address(os.environ))


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except (ConfigError, Problem) as problem:
        sys.exit(f"fastim: {problem}")


if __name__ == "__main__":
    main()
