"""Fixtures: databases of each kind, with the schema and no rows."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pymongo
import pytest
from flask import Flask

from fastim.app import add_migrations, close_app, create_app
from fastim.config import ROOT, Settings
from fastim.models import db
from tests.environment import variables
from tests.servers import MariaDb, MongoLike, Redis

MARIADB_SCHEMA = "fastim_test"


def create_tables(app: Flask) -> None:
    """The schema as an operator gets it: by the migrations, once there are some."""
    add_migrations(app)
    with app.app_context():
        if any((ROOT / "migrations" / "versions").glob("*.py")):
            flask_migrate.upgrade()
        else:
            db.create_all()


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    """A private MariaDB, with the schema in a database of its own."""
    server = MariaDb(tmp_path_factory.mktemp("mariadb"))
    try:
        server.create(MARIADB_SCHEMA)
        folder = tmp_path_factory.mktemp("mariadb-app")
        app = create_app(Settings.from_env(variables(folder, database_url=server.url(MARIADB_SCHEMA))))
        create_tables(app)
        close_app(app)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    """A private Redis; tests that share it take channels and keys of their own."""
    server = Redis(tmp_path_factory.mktemp("redis"))
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and no rows: copying it is a hundred times faster than migrating."""
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "template.db"
    app = create_app(Settings.from_env(variables(folder, database_url=f"sqlite:///{path}")))
    create_tables(app)
    close_app(app)
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A fresh SQLite database with the schema."""
    path = tmp_path / "fastim.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def mariadb_url(mariadb: MariaDb) -> str:
    """The MariaDB database with the schema and no rows."""
    mariadb.empty(MARIADB_SCHEMA)
    return mariadb.url(MARIADB_SCHEMA)


@pytest.fixture(scope="session")
def mongodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a MongoDB: of the one that FASTIM_TEST_MONGODB_URL names (it needs a replica set for
    majorities), else of what speaks its protocol."""
    if given := os.environ.get("FASTIM_TEST_MONGODB_URL"):
        yield given.rstrip("/")
        return
    server = MongoLike(tmp_path_factory.mktemp("mongodb"))
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture
def mongodb_url(mongodb: str) -> Iterator[str]:
    """An empty database."""
    url = f"{mongodb}/fastim_test_{secrets.token_hex(6)}"
    yield url
    with pymongo.MongoClient[dict[str, Any]](url) as client:
        client.drop_database(client.get_default_database().name)


@pytest.fixture(params=["sqlite", "mariadb"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind: the test runs twice."""
    return str(request.getfixturevalue(f"{request.param}_url"))
