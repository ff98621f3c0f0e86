"""What Vite built: the scripts and styles of each page, by its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

_BASE = "/asset/dist/"


class NotBuilt(Exception):
    """There is no manifest: the pages were not built yet."""


@dataclass(frozen=True)
class Entry:
    """The addresses that one page's shell names."""

    js: str
    css: list[str] = field(default_factory=list)
    preload: list[str] = field(default_factory=list)


class Pages:
    """Reads the manifest again when a build has replaced it.

    Args:
        folder: Vite's output, ``fastim/static/dist``.
    """

    def __init__(self, folder: Path) -> None:
        self._manifest = folder / ".vite" / "manifest.json"
        self._read_at = 0
        self._entries: dict[str, Entry] = {}
        self._words: dict[str, str] = {}

    def entry(self, name: str) -> Entry:
        """The page that ``web/src/pages/NAME.ts`` begins.

        Raises:
            NotBuilt: there is no such page in the manifest, or no manifest.
        """
        try:
            self._read_again()
            return self._entries[f"src/pages/{name}.ts"]
        except (OSError, KeyError, msgspec.DecodeError) as error:
            raise NotBuilt(name) from error

    def words(self, lang: str) -> str:
        """The address of a language's words, which every page asks for at once; "" where there is none."""
        return self._words.get(f"src/locales/{lang}.json", "")

    def _read_again(self) -> None:
        changed_at = self._manifest.stat().st_mtime_ns
        if changed_at == self._read_at:
            return
        manifest = msgspec.json.decode(self._manifest.read_bytes())
        self._entries = _read(manifest)
        self._words = {
            key: _BASE + chunk["file"] for key, chunk in manifest.items() if key.startswith("src/locales/")
        }
        self._read_at = changed_at


def _read(manifest: dict[str, dict[str, Any]]) -> dict[str, Entry]:
    entries = {}
    for key, chunk in manifest.items():
        if chunk.get("isEntry"):
            keys = list(_with_imports(manifest, key, set()))
            css = [_BASE + file for each in keys for file in manifest[each].get("css", ())]
            preload = [_BASE + manifest[each]["file"] for each in keys if each != key]
            entries[key] = Entry(_BASE + chunk["file"], list(dict.fromkeys(css)), preload)
    return entries


def _with_imports(manifest: dict[str, dict[str, Any]], key: str, seen: set[str]) -> Iterator[str]:
    """The keys of all chunks that are loaded at once: what is imported first, so that the styles that
    pages share come before their own."""
    if key in seen:
        return
    seen.add(key)
    for imported in manifest[key].get("imports", ()):
        yield from _with_imports(manifest, imported, seen)
    yield key
