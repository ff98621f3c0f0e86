"""Names that stand in two places stand in both: errors, texts, settings, and the pages' types."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastim import errors
from fastim.commands import commands
from fastim.locales import LANGUAGES, TEXTS
from tests.servers import ROOT
from tools import page_types

SOURCES = sorted((ROOT / "fastim").rglob("*.py"))
ERROR_CLASSES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.AppError)
}
READMES = ("README.md", "README.zh-CN.md")


def nodes() -> Iterator[ast.AST]:
    for path in SOURCES:
        if path.name != "locales.py":
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def raised_names() -> set[str]:
    """The first argument, where it is written out, of everything that makes an error."""
    names: set[str] = set()
    for node in nodes():
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in ERROR_CLASSES:
                names.update(strings(node.args[0]))
    for name in ERROR_CLASSES - {"TooLarge", "TooOften"}:
        names.add(getattr(errors, name)().name)
    return names | {errors.TooLarge(1).name, errors.TooOften(1).name}


def strings(node: ast.AST) -> set[str]:
    """The texts that an expression may be: a constant, or both ends of a condition."""
    if isinstance(node, ast.IfExp):
        return strings(node.body) | strings(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_error_has_texts_in_both_languages() -> None:
    """A name without a text would be shown as a fault of the server."""
    assert raised_names() - set(TEXTS) == set()
    for name, texts in TEXTS.items():
        assert len(texts) == len(LANGUAGES)
        assert all(texts), name


def test_both_languages_tell_the_same_details() -> None:
    """A placeholder is in both texts or in neither."""
    for name, texts in TEXTS.items():
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts]
        assert fields[0] == fields[1], name


def test_no_text_is_left_over() -> None:
    """Every name that has texts is written somewhere in the code."""
    written = {node.value for node in nodes() if isinstance(node, ast.Constant)}
    assert set(TEXTS) - written == set()


@pytest.mark.parametrize("readme", READMES)
def test_the_settings_table_is_the_programs_own(sqlite_app, readme: str) -> None:
    """`flask fastim settings --markdown` writes it."""
    shown = sqlite_app.test_cli_runner().invoke(commands, ["settings", "--markdown"])
    assert shown.exit_code == 0, shown.output
    text = (ROOT / readme).read_text("utf-8")
    rows = shown.output.splitlines()
    for row in rows[2:]:
        variable, default = row.split("|")[1:3]
        assert f"|{variable}|{default}|" in text, row
    if readme == "README.md":
        assert shown.output in text


def test_secrets_are_not_shown(make_app) -> None:
    """The list of settings may be pasted into a question."""
    app = make_app(signup="invite", invite_code="plum-blossom")
    shown = app.test_cli_runner().invoke(commands, ["settings"])
    assert "FASTIM_INVITE_CODE = (secret)" in shown.output
    assert "plum-blossom" not in shown.output


def test_where_everything_is_is_shown_without_passwords(make_app, mariadb_url: str) -> None:
    """Which database a command means must be seen before it is run."""
    name = mariadb_url.rpartition("/")[2]
    values = {
        "database_url": mariadb_url,
        "database_read_url": "mysql://ann:pass/w@rd@one/chat,mysql://ann@two/chat",
        "bus_url": "redis://:passw:rd,w@rd@bus:6379/0?password=passwrd",
        "storage_url": "s3://chat/a?endpoint=http://store:9000&key=passwrd&secret=passwrd&direct=off",
    }
    shown = make_app(**values).test_cli_runner().invoke(commands, ["settings"]).output
    assert re.search(rf"^FASTIM_DATABASE_URL = mysql://.*/{name}$", shown, re.MULTILINE)
    assert "FASTIM_DATABASE_READ_URL = mysql://ann:***@one/chat,mysql://ann@two/chat\n" in shown
    assert "FASTIM_BUS_URL = redis://:***@bus:6379/0?password=***\n" in shown
    store = "s3://chat/a?endpoint=http://store:9000&key=***&secret=***&direct=off\n"
    assert f"FASTIM_STORAGE_URL = {store}" in shown
    assert "FASTIM_LOG_URL = \n" in shown
    assert not re.search("w.?rd@|pass/|passwrd", shown)


def test_the_pages_types_are_the_structs() -> None:
    """A frame that changes here must break the pages' type check, not the pages."""
    assert page_types.PATH.read_text("utf-8") == page_types.written(), "run `make types`"


def texts_of(*patterns: str) -> list[Path]:
    """Files that browsers get, or that are built into those."""
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    kinds = {".html", ".shtml", ".css", ".js", ".ts", ".vue", ".json", ".svg", ".webmanifest"}
    return [path for path in found if path.suffix in kinds and "node_modules" not in path.parts]


MAPS = (
    "https://uri.amap.com/marker",
    "https://api.map.baidu.com/marker",
    "https://www.openstreetmap.org/",
    "https://www.google.com/maps/search/",
    "https://maps.apple.com/",
)
"""Links that a reader of a location may open; the pages themselves ask nothing of them."""


def test_the_pages_name_no_foreign_host() -> None:
    """Whoever chats here tells nobody else: no font, script or picture comes from another site."""
    own = ("http://www.w3.org/", "https://www.w3.org/", "http://127.0.0.1", "http://localhost")
    said = "https://${"  # before an address that somebody wrote without its protocol
    files = texts_of("fastim/templates/**/*", "fastim/static/**/*", "web/src/**/*", "web/*")
    assert files
    for path in files:
        if path.name == "package-lock.json":
            continue  # its packages name their authors' funding pages
        text = path.read_text("utf-8")
        for allowed in (*own, said):
            text = text.replace(allowed, "")
        for link in MAPS if "dist" in path.parts or path.name == "maps.ts" else ():
            text = text.replace(link, "")
        if "dist" in path.parts:
            text = text.replace("https://vuejs.org/", "").replace("https://vue-i18n.intlify.dev", "")
        assert "http://" not in text, path
        assert "https://" not in text, path


def test_npms_locks_are_of_what_is_asked_for() -> None:
    """`npm ci` refuses others; that of a bench is not tried in every run."""
    for path in (ROOT / "web" / "package.json", *(ROOT / "bench").glob("*/package.json")):
        asked = json.loads(path.read_text("utf-8"))
        locked = json.loads(path.with_name("package-lock.json").read_text("utf-8"))["packages"][""]
        for kind in ("dependencies", "devDependencies"):
            assert locked.get(kind) == asked.get(kind), path


def test_the_locks_name_no_address() -> None:
    """Which registry packages come from is the machine's own affair."""
    for path in ROOT.glob("requirements*.txt"):
        assert "://" not in path.read_text("utf-8"), path
    assert '"resolved"' not in (ROOT / "web" / "package-lock.json").read_text("utf-8")
