"""Imports point down only: docs/architecture.md has the rows, this holds them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.servers import ROOT

HEIGHTS = {
    "wsgi": 9,
    "gunicorn.conf": 9,
    "app": 8,
    "routes": 7,
    "commands": 7,
    "wiring": 7,
    "preflight": 7,
    "parts": 6,
    "loadtest": 5,
    "operations": 5,
    "realtime": 5,
    "services": 4,
    "logs": 4,
    "models": 3,
    "backends": 3,
    "protocol": 2,
    "errors": 1,
    "config": 0,
    "locales": 0,
    "places": -1,
    "proxies": -1,
    "written": -1,
}
"""The row of each module or package; a row may use those below it, and only itself in its own."""

FLASK = {"flask", "flask_migrate", "flask_sock", "flask_sqlalchemy", "werkzeug"}
FLASK_PLACES = ("routes/", "app.py", "commands/", "models/base.py")
GEVENT_PLACES = ("backends/", "realtime/")

MODULES = sorted(
    [*(ROOT / "fastim").rglob("*.py"), ROOT / "wsgi.py", ROOT / "gunicorn.conf.py"],
)
MODULE_LINES = 300
FUNCTION_LINES = 40
LISTS = {"wiring/whole.py"}
"""A list of parts is no harder to read for being long."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT)).removeprefix("fastim/")


def unit(path: Path) -> str:
    """The module's or package's name in HEIGHTS."""
    return name_of(path).split("/")[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports; `from fastim import x` is `fastim.x`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name_of(path)}: a relative import"
            assert node.module is not None
            if node.module == "fastim":
                yield from (f"fastim.{alias.name}" for alias in node.names)
            else:
                yield node.module


def libraries(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def each_module(*without: str) -> pytest.MarkDecorator:
    paths = [path for path in MODULES if name_of(path) not in without]
    return pytest.mark.parametrize("path", paths, ids=name_of)


@each_module("__init__.py")
def test_a_module_imports_only_from_rows_below(path: Path) -> None:
    """Within its own package it may; a neighbour of the same height it may not."""
    own = unit(path)
    for name in imports(path):
        if not name.startswith("fastim.") or name == "fastim.__version__":
            continue
        other = name.split(".")[1]
        assert other in HEIGHTS, f"{other} has no row yet"
        assert other == own or HEIGHTS[other] < HEIGHTS[own], f"{own} imports {other}"


@each_module()
def test_flask_stays_at_the_edge(path: Path) -> None:
    """Services and what is below them can run without a request."""
    if not name_of(path).startswith(FLASK_PLACES):
        assert not libraries(path) & FLASK


@each_module("wsgi.py", "gunicorn.conf.py")
def test_gevent_stays_in_backends_and_realtime(path: Path) -> None:
    """Decisions do not know how waiting is done."""
    if not name_of(path).startswith(GEVENT_PLACES):
        assert "gevent" not in libraries(path)


@each_module()
def test_imports_stand_at_the_top_and_are_real(path: Path) -> None:
    """Needing a TYPE_CHECKING block or an import in a function means a module in the wrong row."""
    module = tree(path)
    for node in ast.walk(module):
        if isinstance(node, ast.Name | ast.Attribute):
            assert getattr(node, "id", getattr(node, "attr", "")) != "TYPE_CHECKING"
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert node in module.body, f"line {node.lineno}"


@each_module()
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    """Three hundred lines a module, forty a function's body; a connection class is no exception."""
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef) and name_of(path) not in LISTS:
            first = node.body[1 if ast.get_docstring(node) and node.body[1:] else 0]
            length = (node.end_lineno or 0) - first.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"


def test_only_the_start_reads_the_environment() -> None:
    """Everything else is given Settings."""
    readers = {name_of(path) for path in MODULES if "os.environ" in path.read_text("utf-8")}
    assert readers <= {"app.py", "preflight.py", "gunicorn.conf.py"}
