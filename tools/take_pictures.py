"""Take the pictures of the READMEs: real pages of a real server with the demo world in it.

    .venv/bin/python tools/take_pictures.py

needs requirements-dev.txt, Chromium, and fonts with Chinese and emoji.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "plum blossom rain"  # noqa: S105 of the demo world, which ends with this program
PORT = "8099"
BASE = f"http://127.0.0.1:{PORT}"
NAMES = {"zh-CN": ("小满", "周末爬山"), "en": ("Juniper", "Weekend hike")}
BOB = "13800000002"  # the demo's second person, through whose eyes we look
DESKTOP, PHONE = (1280, 800), (390, 844)


def draw_landscape(path: Path) -> None:
    """A photo of sorts: an evening sky behind three ridges."""
    width, height = 1200, 800
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        share = y / height
        draw.line((0, y, width, y), (int(250 - 90 * share), int(190 - 60 * share), int(150 + 60 * share)))
    draw.ellipse((840, 170, 980, 310), (255, 240, 205))
    for top, steps, colour in (
        (380, (0, 90, 20, 150, 60, 120, 10), (143, 120, 150)),
        (500, (60, 0, 110, 30, 140, 50, 90), (92, 92, 128)),
        (640, (0, 70, 20, 90, 10, 60, 30), (48, 66, 88)),
    ):
        points = [(place * width // 6, top + step) for place, step in enumerate(steps)]
        draw.polygon([(0, height), *points, (width, height)], colour)
    image.save(path)


def start_server(folder: Path, language: str) -> subprocess.Popen[bytes]:
    """A server with the demo world on a database of its own."""
    environ = os.environ | {
        "FASTIM_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "FASTIM_STORAGE_URL": f"file:{folder / 'files'}",
        "FASTIM_LOG_LEVEL": "warning",
        "PORT": PORT,
    }
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=environ, check=True)
    subprocess.run(
        [*flask, "fastim", "seed", "--lang", language, "--password", PASSWORD],
        cwd=ROOT, env=environ, check=True,
    )  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environ)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{BASE}/readyz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.terminate()
    raise SystemExit("the server did not start")


def open_talk(browser: Browser, size: tuple[int, int], language: str, dark: bool, talk: str) -> Page:
    """Sign in and open the talk called `talk`."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=language,
        color_scheme="dark" if dark else "light",
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        device_scale_factor=1.5,
    )
    page = context.new_page()
    page.goto(f"{BASE}/login.shtml")
    page.get_by_test_id("login-mobile").fill(BOB)
    page.get_by_test_id("login-passwd").fill(PASSWORD)
    page.get_by_test_id("login-submit").click()
    page.get_by_test_id("conversation-item").filter(has_text=talk).click()
    page.get_by_test_id("composer-input").wait_for()
    return page


def take(browser: Browser, language: str, photo: Path) -> None:
    friend, group = NAMES[language]
    page = open_talk(browser, DESKTOP, language, dark=False, talk=friend)
    page.get_by_test_id("picture-input").first.set_input_files(photo)
    page.get_by_test_id("message-picture").wait_for()
    page.get_by_test_id("sticker-open").click()
    page.get_by_test_id("sticker-item").nth(1).click()
    page.get_by_test_id("message-sticker").wait_for()
    for size, dark, talk, name in (
        (DESKTOP, False, friend, "desktop"),
        (PHONE, True, friend, "phone-dark"),
        (PHONE, False, group, "phone"),
    ):
        page = open_talk(browser, size, language, dark, talk)
        page.wait_for_timeout(1500)  # pictures fade in
        page.screenshot(path=PICTURES / f"{name}-{language}.png")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for language in NAMES:
            with tempfile.TemporaryDirectory() as folder:
                photo = Path(folder) / "photo.png"
                draw_landscape(photo)
                server = start_server(Path(folder), language)
                try:
                    take(browser, language, photo)
                finally:
                    server.terminate()
                    server.wait()
        browser.close()
    for path in PICTURES.glob("*.png"):
        Image.open(path).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
