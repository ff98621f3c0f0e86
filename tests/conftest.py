"""Fixtures: apps, clients, real servers, a browser; tests/databases.py has the databases.

This process is not patched by gevent (Playwright's loop lives in it); whatever needs real sockets
runs in a process of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from argon2 import PasswordHasher
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright
from werkzeug.routing import Rule

from fastim import app as app_module
from fastim.app import close_app
from fastim.backends import passwords
from fastim.config import Settings
from tests.client import Client
from tests.environment import inherited_variables, variables
from tests.object_store import Gate, ObjectStore
from tests.people import Person
from tests.servers import Server, program

pytest_plugins = ["tests.databases"]

INSECURE_HOST = "chat.lan"
"""This machine, by a name for which browsers want HTTPS before they trust it."""
CHROMIUM_OPTIONS = [
    f"--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Other tests run beside: an example may take its time.
hypothesis.settings.register_profile("fastim", deadline=None)
hypothesis.settings.load_profile("fastim")

MakeSettings = Callable[..., Settings]
MakeApp = Callable[..., Flask]
StartServer = Callable[..., Server]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """In CI a skipped test is a failure: there, everything that tests need is to be had."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """As above, for whole modules."""
    report = yield
    _fail_if_skipped(report)
    return report


def _fail_if_skipped(report: Any) -> None:
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI takes for a failure: {report.longrepr}"


@pytest.fixture(scope="session", autouse=True)
def _test_logs() -> Iterator[None]:
    """Log through pytest, which shows a failed test's records; the app's own set-up is left out."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["level", "event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module.logs, "set_up", lambda settings: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _routes_compiled_once() -> Iterator[None]:
    """Most tests make an app, and nine tenths of that is writing each route's code: 30 ms of CPU."""
    compile_builder = Rule._compile_builder
    compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, repr(rule.defaults), rule.merge_slashes, append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(autouse=True)
def _cheap_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes in this process cost nothing: thousands of accounts are made here, at 50 ms of CPU each.

    Servers in processes of their own hash as in production, and so do tests with the mark `real_passwords`.
    """
    if request.node.get_closest_marker("real_passwords") is None:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(passwords, "_hasher", cheap)


@pytest.fixture(scope="session")
def object_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    """A private object store; each test takes a bucket of its own."""
    store = ObjectStore(tmp_path_factory.mktemp("moto"))
    try:
        yield store
    finally:
        store.stop()


@pytest.fixture
def gate(object_store: ObjectStore) -> Iterator[Gate]:
    """Stands before the object store, for one test."""
    made = Gate(object_store)
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> MakeSettings:
    """Make settings: SQLite and files in the test's folder, no rate limits, and what is asked for.

    `settings(signup="closed", database_url=…)`: values as an operator writes them.
    """

    def make(**overrides: object) -> Settings:
        return Settings.from_env(variables(tmp_path, **{"database_url": sqlite_url, **overrides}))

    return make


@pytest.fixture
def make_app(settings: MakeSettings) -> Iterator[MakeApp]:
    """Make apps from settings, as `settings` takes them; they are closed after the test."""
    apps: list[Flask] = []

    def make(**overrides: object) -> Flask:
        app = app_module.create_app(settings(**overrides))
        apps.append(app)
        return app

    yield make
    for app in apps:
        close_app(app)


@pytest.fixture
def app(make_app: MakeApp, database_url: str) -> Flask:
    """The app on both kinds of database: the test runs twice."""
    return make_app(database_url=database_url)


@pytest.fixture
def sqlite_app(make_app: MakeApp) -> Flask:
    """The app where one kind of database is enough."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> Client:
    """Nobody yet, on both kinds of database; `client.register()` makes somebody."""
    return Client(app)


@pytest.fixture
def sqlite_client(sqlite_app: Flask) -> Client:
    """Nobody yet, where one kind of database is enough."""
    return Client(sqlite_app)


@pytest.fixture
def start_server(tmp_path: Path, sqlite_url: str) -> Iterator[StartServer]:
    """Start FastIM under gunicorn with settings as `settings` takes them; stopped after the test.

    Each is a process of its own on a free port. All servers of a test share its folder and, unless
    `database_url` says otherwise, its SQLite database.
    """
    servers: list[Server] = []

    def start(**overrides: object) -> Server:
        environ = inherited_variables() | variables(tmp_path, **{"database_url": sqlite_url, **overrides})
        server = Server(tmp_path / f"server{len(servers)}", environ)
        servers.append(server)
        return server

    yield start
    for server in servers:
        if server.child.poll() is None:
            server.check_stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Server]:
    """FastIM under gunicorn, one for all tests that keep it going: their people are strangers anyway."""
    folder = tmp_path_factory.mktemp("server")
    path = shutil.copy(sqlite_template, folder / "fastim.db")
    environ = variables(folder, database_url=f"sqlite:///{path}", communities_per_user=100)
    shared = Server(folder, inherited_variables() | environ)
    yield shared
    shared.check_stop()


@pytest.fixture
def ann(server: Server) -> Person:
    return Person(server.url, "Ann")


@pytest.fixture
def bob(server: Server, ann: Person) -> Person:
    """A friend of Ann's."""
    bob = Person(server.url, "Bob")
    ann.befriend(bob)
    return bob


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without a window and all that belongs to one, which costs a third less of a test's time.

    A test opens contexts of its own and closes them.
    """
    path = program("chromium-headless-shell")
    with playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS) as shell:
        yield shell
