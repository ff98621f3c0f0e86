"""What a person would feel: how soon the page can be used, and whether scrolling stutters."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from bench.pages.world import PASSWORD, READER

SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
COLD_RUNS = 5
SLOWDOWN = 4
LONG_FRAME_MS = 50
"""As the browsers' own long tasks: longer than this is felt."""

_USABLE = """() => {
  const rows = document.querySelectorAll('[data-testid="conversation-item"]');
  if (rows.length) performance.usableAt ??= performance.now();
  return performance.usableAt ?? 0;
}"""

_SCROLL = """async ({ speed, ms }) => {
  const list = document.querySelector('[data-testid="message-list"]');
  const frames = [];
  const blanks = [];
  let last = performance.now();
  const until = last + ms;
  for (let now = last; now < until;) {
    now = await new Promise(requestAnimationFrame);
    now = performance.now();
    frames.push(now - last);
    list.scrollTop -= speed * (now - last) / 1000;
    last = now;
    if (frames.length % 30 === 0) {
      const box = list.getBoundingClientRect();
      const middle = box.top + box.height / 2;
      const near = [...list.querySelectorAll('[data-seq]')].map((row) => row.getBoundingClientRect());
      blanks.push(!near.some((row) => row.top < middle + 60 && row.bottom > middle - 60));
    }
  }
  const rows = document.querySelectorAll('[data-seq]').length;
  return { frames, blanks: blanks.filter(Boolean).length, rows };
}"""

_LOAD_ALL = """async (most) => {
  const list = document.querySelector('[data-testid="message-list"]');
  const started = performance.now();
  let last = -1;
  let still = 0;
  while (still < 100 && performance.now() - started < most) {
    list.scrollTop = 0;
    await new Promise((done) => setTimeout(done, 20));
    still = list.scrollHeight === last ? still + 1 : 0;
    last = list.scrollHeight;
  }
  return { height: list.scrollHeight, seconds: (performance.now() - started) / 1000 };
}"""


def sign_in(browser: Browser, base: str, size: str, **options: Any) -> BrowserContext:
    """A context in which the reader is signed in; no page is open."""
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        is_mobile=size == "phone",
        has_touch=size == "phone",
        locale="en",
        **options,
    )
    body = {"mobile": READER, "passwd": PASSWORD}
    assert context.request.post(f"{base}/user/login", data=body).json()["code"] == 0
    return context


def cold_start(browser: Browser, base: str, size: str) -> dict[str, float]:
    """Milliseconds from the address to the list of conversations on a slowed processor: with nothing in any
    cache, and then with all."""
    cold, warm = [], []
    for _ in range(COLD_RUNS):
        context = sign_in(browser, base, size)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        cold.append(_usable_ms(page, base))
        page.wait_for_timeout(2500)  # what is kept for the next start is written some time later
        warm.append(_usable_ms(page, base))
        context.close()
    return {"cold_ms": round(statistics.median(cold)), "warm_ms": round(statistics.median(warm))}


def _usable_ms(page: Page, base: str) -> float:
    page.goto(f"{base}/index.shtml", wait_until="commit")
    return float(page.wait_for_function(_USABLE, polling="raf").json_value())


def scrolling(browser: Browser, base: str, talk: str) -> dict[str, Any]:
    """Frames while the long talk is scrolled: while older messages come in, then with all of them."""
    context = sign_in(browser, base, "desktop")
    page = context.new_page()
    page.goto(f"{base}/index.shtml#/chats/{talk}")
    page.get_by_test_id("message").last.wait_for()
    page.wait_for_timeout(1000)
    found = {"while_loading": _frames(page, 3_000, 5_000)}
    loaded = page.evaluate(_LOAD_ALL, 300_000)
    found["loading_all"] = {"seconds": round(loaded["seconds"], 1), "height_px": loaded["height"]}
    page.evaluate("document.querySelector('[data-testid=\"message-list\"]').scrollTop = 1e9")
    page.wait_for_timeout(1000)
    found["read"] = _frames(page, 2_000, 5_000)
    found["fling"] = _frames(page, 20_000, 5_000)
    found["whole"] = _frames(page, loaded["height"] / 10, 9_000)
    context.close()
    return found


def _frames(page: Page, speed: float, ms: int) -> dict[str, float]:
    told = page.evaluate(_SCROLL, {"speed": speed, "ms": ms})
    frames = sorted(told["frames"][2:])
    return {
        "px_per_second": round(speed),
        "fps": round(1000 * len(frames) / sum(frames), 1),
        "p50_ms": round(frames[len(frames) // 2], 1),
        "p95_ms": round(frames[int(len(frames) * 0.95)], 1),
        "longest_ms": round(frames[-1], 1),
        "long_frames": sum(frame > LONG_FRAME_MS for frame in frames),
        "blank": told["blanks"],
        "rows_in_page": told["rows"],
    }
