"""Measure the pages: `make bench-pages`, or `python -m bench.pages [--messages N] [--json FILE] [PART …]`.

Parts: weight, start, scroll, axe, lighthouse; all of them by default.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.pages import audit, seen, weight
from bench.pages.world import running
from tests.conftest import CHROMIUM_OPTIONS

PARTS = ("weight", "start", "scroll", "axe", "lighthouse")
PLACES = {"login": "/login.shtml", "chat": "/index.shtml"}


def main() -> None:
    """Print a table, and the same as JSON where it is asked for."""
    parser = argparse.ArgumentParser(prog="bench.pages", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--messages", type=int, default=100_000, help="of the long talk")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    args = parser.parse_args()
    parts = args.parts or PARTS
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        found: dict[str, Any] = {}
        with running(Path(folder), args.messages if "scroll" in parts else 0) as server:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_OPTIONS)
            if "weight" in parts:
                found["initial_gzip_bytes"] = {page: weight.initial_bytes(page) for page in weight.PAGES}
            if "start" in parts:
                found["start_4x_slower"] = {
                    size: seen.cold_start(browser, server.url, size) for size in seen.SIZES
                }
            if "axe" in parts:
                found["axe_serious"] = _axe(browser, server.url)
            if "scroll" in parts:
                found["scroll"] = seen.scrolling(browser, server.url, "10/1")
            browser.close()
            if "lighthouse" in parts:
                found["lighthouse"] = {
                    f"{name}, {size}": audit.lighthouse(playwright, server.url, size, path)
                    for name, path in PLACES.items()
                    for size in audit.LEAST
                }
    _print(found)
    if args.json:
        args.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


def _axe(browser: Browser, base: str) -> dict[str, list[str]]:
    found = {}
    guest = browser.new_page()
    context = seen.sign_in(browser, base, "desktop")
    member = context.new_page()
    for name, page, path in (
        ("login", guest, "/login.shtml"),
        ("register", guest, "/register.shtml"),
        ("new group", member, "/createcom.shtml"),
        *((tab, member, f"/index.shtml#/{tab}/10/1") for tab in ("chats", "contacts", "groups", "me")),
    ):
        page.goto(base + path)
        page.locator("button:visible").first.wait_for()
        page.wait_for_timeout(800)
        found[name] = audit.axe(page)
    guest.close()
    context.close()
    return found


def _print(found: dict[str, Any]) -> None:
    for part, figures in found.items():
        print(f"\n{part}")
        for name, value in figures.items():
            told = value
            if isinstance(value, dict):
                told = "  ".join(f"{key} {one}" for key, one in value.items() if key != "weak")
            print(f"  {name:<16} {told}", file=sys.stdout)
            for fault in value.get("weak", []) if isinstance(value, dict) else []:
                print(f"    {fault}")


if __name__ == "__main__":
    main()
