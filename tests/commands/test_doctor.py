"""The doctor says what is wrong, with a cure, and nothing where all is well."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import threading
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from sqlalchemy import text

from fastim.commands import commands
from fastim.models import db
from fastim.operations import schema
from fastim.operations.doctor import around, certificates, machine, stored
from fastim.operations.target import Target
from tests.conftest import MakeApp, MakeSettings
from tests.servers import Redis


def examined(app: Flask) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and the findings by name."""
    done = app.test_cli_runner().invoke(commands, ["doctor", "--json"])
    assert "Traceback" not in done.output
    found = json.loads(done.output)
    assert found["healthy"] == (done.exit_code == 0)
    return done.exit_code, {finding["name"]: finding for finding in found["findings"]}


def test_a_healthy_server_has_nothing_that_fails(app: Flask) -> None:
    """Every finding is a line; a cure stands with each that is not ok, and only there."""
    code, found = examined(app)
    assert (code, [one for one in found.values() if one["state"] == "fail"]) == (0, [])
    assert {"versions", "nofile", "database", "migrations", "storage", "secrets", "proxies"} <= found.keys()
    assert all(bool(one["cure"]) == (one["state"] != "ok") for one in found.values())
    lines = app.test_cli_runner().invoke(commands, ["doctor"]).output.splitlines()
    assert len([line for line in lines if not line.startswith("      →")]) == len(found)
    folder = app.extensions["fastim"].settings.storage_folder
    assert list(folder.glob("??/??/*")) == []


def test_a_database_that_is_not_there_fails_and_is_not_made(make_app: MakeApp, tmp_path: Path) -> None:
    file = tmp_path / "none" / "fastim.db"
    code, found = examined(make_app(database_url=f"sqlite:///{file}"))
    assert (code, found["database"]["said"]) == (1, f"there is no {file}")
    assert not file.exists()


def test_a_new_database_is_not_for_others_to_read(make_app: MakeApp, tmp_path: Path) -> None:
    """What lies beside it neither."""
    app = make_app(database_url=f"sqlite:///{tmp_path / 'new.db'}")
    with app.app_context():
        schema.upgrade(db.engine)
        app.extensions["fastim"].indexer.catch_up()
        modes = {path.name: path.stat().st_mode & 0o007 for path in tmp_path.glob("new.*")}
    assert modes.keys() >= {"new.db", "new.db-wal", "new.search.db"}
    assert set(modes.values()) == {0}


def test_a_database_that_is_behind_fails(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), db.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
        connection.commit()
    code, found = examined(sqlite_app)
    assert (code, found["migrations"]["cure"]) == (1, "flask db upgrade")


def test_an_unfinished_copy_fails(make_app: MakeApp, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'half.db'}"
    engine = schema.engine_of(url)
    Target(engine, "0" * 64).begin(False)
    engine.dispose()
    code, found = examined(make_app(database_url=url))
    assert (code, found["migrations"]["said"]) == (1, "an unfinished copy, which no server starts with")
    assert "`restore` or `migrate-db`" in found["migrations"]["cure"]


def test_a_database_that_is_away_is_a_line(make_app: MakeApp) -> None:
    code, found = examined(make_app(database_url="mysql://root@127.0.0.1:1/x"))
    assert (code, found["database"]["state"], found["storage"]["state"]) == (1, "fail", "ok")


def test_a_storage_that_takes_nothing_fails(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, found = examined(make_app(storage_url=f"file:{tmp_path / 'file' / 'resource'}"))
    assert (code, found["storage"]["state"]) == (1, "fail")


def test_the_bus_is_asked(redis: Redis) -> None:
    """That it answers, may be used, and throws nothing away."""
    assert [found.state for found in around.bus(redis.url)] == ["ok"] * 3
    for rules, state in (
        ("+@all -@dangerous ~* &*", "ok"),
        ("+@all ~*", "fail"),
        ("+@all -publish ~* &*", "fail"),
        ("+@all -client|reply ~* &*", "fail"),
        ("+@all &*", "fail"),
    ):
        redis.execute(f"ACL SETUSER limited reset on >secret {rules}")
        answers, rights, memory = around.bus(redis.url.replace("//", "//limited:secret@"))
        assert (answers.state, rights.state, memory.state) == ("ok", state, "ok")
        assert "secret" not in rights.said
    redis.execute("ACL DELUSER limited")
    (away,) = around.bus("redis://127.0.0.1:1/0")
    assert (away.state, away.name) == ("fail", "bus")
    assert around.policy({"maxmemory-policy": "allkeys-lru"}).state == "warn"


def test_short_secrets_are_told_without_them(settings: MakeSettings) -> None:
    weak = settings(signup="invite", invite_code="plum", metrics_token="abc")
    (found,) = around.secrets_of(weak)
    assert (found.state, "plum" in found.said, "abc" in found.said) == ("warn", False, False)
    assert "FASTIM_INVITE_CODE has 4" in found.said
    far = settings(database_url="mysql://fastim:pw@db.example/fastim")
    assert "the password in FASTIM_DATABASE_URL" in next(iter(around.secrets_of(far))).said


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("redis+cluster://10.0.0.1:6379,10.0.0.2:6379", "warn"),
        ("redis+cluster://fastim:a-long-password@10.0.0.1:6379,10.0.0.2:6379", "ok"),
        ("redis+cluster://127.0.0.1:6379,10.0.0.2:6379", "warn"),
        ("redis+cluster://127.0.0.1:6379,[::1]:6379", "ok"),
        ("redis://:a-long%2Fpassword@10.0.0.1/0?prefix=one", "ok"),
        ("redis://:%2F%2F%2F%2F@10.0.0.1/0", "warn"),
    ],
)
def test_secrets_of_several_redis_nodes_are_judged(settings: MakeSettings, url: str, state: str) -> None:
    """A cluster's nodes stand in one URL, with a port each."""
    shared = settings(bus_url=url, database_url="mysql://fastim:a-long-password@db.example/fastim")
    (found,) = around.secrets_of(shared)
    assert (found.state, "%2F" in found.said) == (state, False)


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (machine.files(10_000, 65_536), "ok"),
        (machine.files(10_000, 10_100), "warn"),
        (machine.files(10_000, 1024), "fail"),
        (machine.disk("d", Path("/"), 50 << 30, 100 << 30), "ok"),
        (machine.disk("d", Path("/"), 500 << 20, 100 << 30), "warn"),
        (machine.disk("d", Path("/"), 5 << 20, 100 << 30), "fail"),
        (stored.mysql_version("10.11.6-MariaDB-0+deb12u1"), "ok"),
        (stored.mysql_version("10.5.1-MariaDB"), "fail"),
        (stored.mysql_version("8.0.36"), "ok"),
        (stored.mysql_version("5.7.44-log"), "fail"),
        (stored.clock(dt.timedelta(seconds=0.2)), "ok"),
        (stored.clock(dt.timedelta(seconds=-5)), "warn"),
        (stored.clock(dt.timedelta(hours=1)), "fail"),
    ],
)
def test_limits_are_judged(finding: Any, state: str) -> None:
    assert finding.state == state


def test_a_proxy_that_is_not_believed_is_told_of(settings: MakeSettings) -> None:
    behind = settings(public_origins="https://chat.example.org")
    assert around.proxies(behind).state == "warn"
    assert "exactly 1 " in around.proxies(settings(trusted_proxies=1)).said
    networks = around.proxies(settings(trusted_proxies="10.0.0.0/8,127.0.0.1"))
    assert (networks.state, "exactly" in networks.said) == ("ok", False)
    assert around.rates(settings(rate_limits="off")).state == "warn"


def issued(folder: Path, days: int) -> Path:
    """A certificate for localhost, with its key, that is good for so long."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=90))
        .not_valid_after(now + dt.timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{days}.pem"
    plain = serialization.NoEncryption()
    kind = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, kind, plain) + made.public_bytes(pem))
    return path


@pytest.mark.parametrize(("days", "state"), [(60, "ok"), (5, "warn"), (-1, "fail")])
def test_a_certificate_that_ends_soon_is_told_of(tmp_path: Path, days: int, state: str) -> None:
    """Asked of the server itself, as a browser would."""
    path = issued(tmp_path, days)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(path)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            link, _ = listening.accept()
            with link:
                try:
                    ours.wrap_socket(link, server_side=True).close()
                except (ssl.SSLError, OSError):
                    link.close()

        thread = threading.Thread(target=serve)
        thread.start()
        context = ssl.create_default_context(cafile=str(path))
        found = certificates.shown("localhost", listening.getsockname()[1], context)
        thread.join()
    assert found.state == state, found
    assert certificates.shown("localhost", 1, context).state == "warn"


@pytest.mark.parametrize(("days", "state"), [(60, "ok"), (5, "warn"), (-1, "fail")])
def test_the_files_of_the_own_certificate_are_read(
    make_app: MakeApp, tmp_path: Path, days: int, state: str
) -> None:
    """Before a browser sees them: their dates, and who may read the key."""
    path = issued(tmp_path, days)
    path.chmod(0o600)
    _, found = examined(make_app(tls_cert=path, tls_key=path))
    assert (found["key file"]["state"], found["certificate file"]["state"]) == ("ok", state)
    assert "days" in found["certificate file"]["said"]
    path.chmod(0o644)
    key, _ = certificates.files(path, path)
    assert (key.state, key.cure) == ("warn", f"chmod o-rwx {path}: everybody on this machine can read it")


def test_files_that_are_no_certificate_fail(tmp_path: Path) -> None:
    """One that is not there, another's key, and no PEM at all."""
    one, other = issued(tmp_path, 60), issued(tmp_path, 61)
    (away,) = certificates.files(tmp_path / "none.pem", one)
    assert (away.state, "FASTIM_TLS_CERT" in away.cure) == ("fail", True)
    (away,) = certificates.files(one, tmp_path / "none.pem")
    assert (away.state, "FASTIM_TLS_KEY" in away.cure) == ("fail", True)
    for cert, key in ((one, other), (tmp_path / "text", one), (one, tmp_path / "text")):
        (tmp_path / "text").write_text("no PEM")
        *_, found = certificates.files(cert, key)
        assert (found.name, found.state) == ("certificate file", "fail")
