"""What axe and Lighthouse say of the pages."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright

from bench.pages.world import PASSWORD, READER
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
LIGHTHOUSE = ROOT / "bench" / "pages" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = {"desktop": 95, "phone": 90}
WEAK = 0.9
SERIOUS = ("serious", "critical")


def axe(page: Page, within: str = "") -> list[str]:
    """The serious faults of the page as it is now: rule, and the first element.

    Args:
        within: a CSS selector of the part that is looked at; else all.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8") + "\n;0")
    options = {"resultTypes": ["violations"]}
    found = page.evaluate("([within, options]) => axe.run(within || document, options)", [within, options])
    return [
        f"{fault['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for fault in found["violations"]
        if fault["impact"] in SERIOUS
        for node in fault["nodes"][:3]
    ]


def lighthouse(playwright: Playwright, base: str, size: str, path: str) -> dict[str, Any]:
    """Lighthouse's scores of a page, 0 to 100, and what costs most; signed in unless it is the login."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", f"--remote-debugging-port={port}"],
            locale="en",
        )
        try:
            if path != "/login.shtml":
                body = {"mobile": READER, "passwd": PASSWORD}
                assert context.request.post(f"{base}/user/login", data=body).json()["code"] == 0
            return _scores(_run(f"{base}{path}", port, size))
        finally:
            context.close()


def _run(url: str, port: int, size: str) -> dict[str, Any]:
    command = [
        "node", str(LIGHTHOUSE), url, f"--port={port}", "--output=json", "--quiet",
        "--disable-storage-reset",
        f"--only-categories={','.join(CATEGORIES)}",
        *(["--preset=desktop"] if size == "desktop" else []),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, timeout=180)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _scores(told: dict[str, Any]) -> dict[str, Any]:
    categories = told["categories"]
    weak = [
        f"{audit['id']} {audit.get('displayValue', '')}".strip()
        for name in CATEGORIES
        for ref in categories[name]["auditRefs"]
        if ref["weight"]
        and (audit := told["audits"][ref["id"]])["score"] is not None
        and audit["score"] < WEAK
    ]
    return {name: round(100 * categories[name]["score"]) for name in CATEGORIES} | {"weak": weak}
