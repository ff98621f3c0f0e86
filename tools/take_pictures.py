"""Take the pictures of the docs: real pages of a server with a lively world in it, in each language.

    .venv/bin/python -m tools.take_pictures

needs requirements-dev.txt, Chromium, the built pages, and fonts with Chinese and emoji.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.client import PASSWORD
from tests.servers import ROOT, Server
from tools.picture_world.words import WORDS, Words
from tools.picture_world.world import FIRST_MOBILE, World

PICTURES = ROOT / "docs" / "pictures"
DESKTOP, PHONE = (1280, 800), (390, 844)
THEMES = ("light", "dark")
_QUALITY = 80


@dataclass(frozen=True)
class View:
    """The page of one person who looks at the world."""

    page: Page
    words: Words
    is_phone: bool

    def get(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id).locator("visible=true")

    def tab(self, name: str) -> None:
        if self.is_phone and self.get("back").count():
            self.get("back").first.click()
        self.page.locator(f"[data-testid=tab-{name}]:not([inert] *)").click()

    def talk(self, name: str) -> None:
        self.tab("chats")
        title = self.page.locator(".name", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        self.get("conversation-item").filter(has=title).click()
        self.get("composer-input").wait_for()


def _talk(view: View) -> None:
    view.talk(view.words.names[1])


def _group(view: View) -> None:
    view.talk(view.words.group)


def _favourites(view: View) -> None:
    view.talk(view.words.names[1])
    view.get("favourites-open").click()
    view.get("favourite").first.wait_for()


def _record(view: View) -> None:
    view.talk(view.words.studio)
    view.get("message-record").click()


def _search(view: View) -> None:
    view.talk(view.words.group)
    view.get("search-input").click()
    view.get("search-input").fill(view.words.sought)
    view.get("found-messages").first.wait_for()


def _details(view: View) -> None:
    view.talk(view.words.group)
    view.get("talk-info").click()
    view.get("group-notice").wait_for()


def _list(view: View) -> None:
    view.tab("chats")


def _stickers(view: View) -> None:
    view.talk(view.words.names[1])
    view.get("sticker-open").click()
    view.get("sticker-item").first.wait_for()


def _contacts(view: View) -> None:
    view.tab("contacts")
    view.get("friend-item").first.wait_for()


def _privacy(view: View) -> None:
    view.tab("me")
    view.get("me-privacy").click()


SCREENS: dict[str, tuple[tuple[int, int], Callable[[View], None]]] = {
    "talk": (DESKTOP, _talk),
    "group": (DESKTOP, _group),
    "favourites": (DESKTOP, _favourites),
    "record": (DESKTOP, _record),
    "search": (DESKTOP, _search),
    "details": (DESKTOP, _details),
    "phone-list": (PHONE, _list),
    "phone-group": (PHONE, _group),
    "phone-stickers": (PHONE, _stickers),
    "phone-contacts": (PHONE, _contacts),
    "phone-privacy": (PHONE, _privacy),
}


@contextmanager
def serving(folder: Path, words: Words) -> Iterator[str]:
    """The address of a server with the world on a database of its own."""
    environ = {
        **os.environ,
        "FASTIM_DATABASE_URL": f"sqlite:///{folder / 'world.db'}",
        "FASTIM_STORAGE_URL": f"file:{folder / 'files'}",
        "FASTIM_INSTANCE": str(folder / "instance"),
        "FASTIM_RATE_LIMITS": "off",
        "FASTIM_LOG_LEVEL": "warning",
    }
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"], cwd=ROOT, env=environ, check=True
    )
    server = Server(folder, environ)
    try:
        world = World(server.url, words)
        world.make()
        world.close()
    finally:
        server.stop()
    world.set_times(folder / "world.db")
    server = Server(folder, environ)
    try:
        yield server.url
    finally:
        server.stop()


def look(browser: Browser, base: str, language: str, theme: str, size: tuple[int, int]) -> View:
    """Sign in as the first person."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=language,
        color_scheme="dark" if theme == "dark" else "light",
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        device_scale_factor=1.5 if size == PHONE else 1.25,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{base}/login.shtml")
    page.get_by_test_id("login-mobile").fill(str(FIRST_MOBILE))
    page.get_by_test_id("login-passwd").fill(PASSWORD)
    page.get_by_test_id("login-submit").click()
    page.get_by_test_id("notices-later").click()
    return View(page, WORDS[language], size == PHONE)


def take(browser: Browser, base: str, language: str) -> None:
    for theme in THEMES:
        for size in (DESKTOP, PHONE):
            view = look(browser, base, language, theme, size)
            for name, (wanted, show) in SCREENS.items():
                if wanted != size:
                    continue
                show(view)
                view.page.wait_for_timeout(1200)  # pictures are loaded and decoded beside the page
                shot = Image.open(io.BytesIO(view.page.screenshot()))
                shot.convert("RGB").save(
                    PICTURES / f"{name}-{theme}-{language}.webp", quality=_QUALITY, method=6
                )
                view.page.goto(f"{base}/index.shtml?after={name}")  # closes whatever is open
                view.get("conversation-item").first.wait_for()
            view.page.context.close()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for language, words in WORDS.items():
            with tempfile.TemporaryDirectory() as folder, serving(Path(folder), words) as base:
                take(browser, base, language)
        browser.close()


if __name__ == "__main__":
    main()
