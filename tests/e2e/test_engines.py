"""The pages in the other two engines: Firefox's, and that of Safari and of all browsers on an iPhone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client import PASSWORD
from tests.e2e.engines import ENTER, Browser, Firefox, WebKit
from tests.faults.proxy import Proxy
from tests.people import Person
from tests.pictures import noise
from tests.servers import wait_for

IS_ONLINE = """() => document.querySelector('[data-testid=connection-state]')?.dataset.state === 'online'"""
IS_SHOWN = """(text) =>
  [...document.querySelectorAll('[data-testid=message]')].some((one) => one.textContent.includes(text))"""
IS_DRAWN = """() => document.querySelector('[data-testid=message-picture] img')?.naturalWidth > 0"""
IS_KEPT = """async () => {
  dispatchEvent(new Event('appinstalled'));
  const isAtWork = navigator.serviceWorker.controller?.state === 'activated';
  return isAtWork && !!await (await caches.open('fastim-pages')).match(location.pathname);
}"""
COMPLAIN = """() => {
  window.complaints = [];
  const say = (words) => words.startsWith('ResizeObserver loop') || complaints.push(words);
  addEventListener('error', ({ message }) => say(message));
  addEventListener('unhandledrejection', ({ reason }) => say(String(reason)));
  addEventListener('securitypolicyviolation', ({ blockedURI }) => say(blockedURI));
}"""
"""From here on. What an observer has to tell in the next frame, as it changed much in this, is no fault."""


@pytest.fixture(params=[Firefox, WebKit])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Browser]:
    with request.param(tmp_path / "browser") as browser:
        yield browser


def texts(bob: Person, ann: Person) -> list[str]:
    return [str(one.get("content", one.get("url"))) for one in bob.history(10, ann.id)]


def test_one_signs_in_and_talks_with_and_without_a_network(
    engine: Browser, line: Proxy, ann: Person, bob: Person, tmp_path: Path
) -> None:
    with bob.chat() as his:
        his.say(ann.id, "hello")
        engine.go(f"{line.url}/login.shtml")
        engine.write("login-mobile", ann.mobile)
        engine.write("login-passwd", PASSWORD + ENTER)
        engine.wait_for(IS_ONLINE)
        engine.run(COMPLAIN)
        engine.press("conversation-item")
        engine.wait_for(IS_SHOWN, "hello")
        engine.write("composer-input", "with keys" + ENTER)
        his.message("with keys")
        noise().save(tmp_path / "seen.png")
        engine.choose("picture-input", tmp_path / "seen.png")
        engine.wait_for(IS_DRAWN)
        his.expect(lambda frame: frame["cmd"] == 10 and frame.get("media") == 4)
        engine.wait_for(IS_KEPT)
        assert engine.run("() => complaints") == []

    line.go_down()
    engine.reload()
    engine.wait_for(IS_SHOWN, "with keys")
    engine.write("composer-input", "without a network" + ENTER)
    engine.wait_for(IS_SHOWN, "without a network")
    line.come_up()
    wait_for(lambda: "without a network" in texts(bob, ann), "it did not go out")
    engine.wait_for(IS_ONLINE)
    hello, keys, picture, last = texts(bob, ann)
    assert (hello, keys, last) == ("hello", "with keys", "without a network")
    assert picture.startswith("/resource/")
