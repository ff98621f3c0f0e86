"""Told by the browser's push service while no page is open: what the service worker shows."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Playwright, Worker

from tests.conftest import CHROMIUM_OPTIONS
from tests.e2e import kept
from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP, PHONE
from tests.servers import Server, program, wait_for

SHOWN = """async () => (await self.registration.getNotifications())
  .map((notice) => [notice.title, notice.body, notice.tag, notice.data.key])"""

COUNT = """() => {
  self.dealtWith = 0;
  const { waitUntil } = ExtendableEvent.prototype;
  ExtendableEvent.prototype.waitUntil = function (work) {
    if (this instanceof PushEvent) work.finally(() => { self.dealtWith += 1; });
    return waitUntil.call(this, work);
  };
}"""
"""A browser that is asked for its notices while it is about to show one may forget that one, so nobody asks
before the worker is done."""


class Push:
    """A browser's push service, as its developer tools have one."""

    def __init__(self, page: Page, worker: Worker, origin: str) -> None:
        self._origin = origin
        self._worker = worker
        self._delivered = 0
        self._registrations: list[str] = []
        self._tools: CDPSession = page.context.new_cdp_session(page)
        self._tools.on("ServiceWorker.workerRegistrationUpdated", self._learn)
        self._tools.send("ServiceWorker.enable")
        wait_for(lambda: page.evaluate("true") and self._registrations, "no service worker")
        worker.evaluate(COUNT)

    def _learn(self, event: dict) -> None:
        self._registrations += [one["registrationId"] for one in event["registrations"]]

    def deliver(self, data: str) -> None:
        """And wait until the worker has dealt with it."""
        place = {"origin": self._origin, "registrationId": self._registrations[-1]}
        self._tools.send("ServiceWorker.deliverPushMessage", {**place, "data": data})
        self._delivered += 1
        wait_for(lambda: self._worker.evaluate("self.dealtWith") == self._delivered, "not dealt with")


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The whole of Chromium: its shell shows no notices."""
    path = program("chromium")
    with playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS) as whole:
        yield whole


@pytest.fixture(params=[(DESKTOP, "en"), (PHONE, "zh-CN")], ids=["desktop", "phone"])
def worker(visit: Visit, request: pytest.FixtureRequest) -> Worker:
    """The service worker of somebody who lets the browser show notices."""
    ann = visit("Ann", *request.param)
    ann.sign_up()
    ann.context.grant_permissions(["notifications"])
    kept.wait_for_worker(ann.page)
    return ann.context.service_workers[0]


def test_a_push_is_shown_while_nobody_looks(worker: Worker, server: Server, browser: Browser) -> None:
    """In place of the one before of the same conversation; what is no message of ours shows nothing."""
    (page,) = (page for context in browser.contexts for page in context.pages)
    push = Push(page, worker, f"{server.url}/")

    def tell(**payload: object) -> list[list[str]]:
        """What is shown after it."""
        push.deliver(json.dumps(payload))
        return worker.evaluate(SHOWN)

    assert tell(key="10:9", title="Cem", body="you look at the page", time=1) == []
    page.goto("about:blank")
    push.deliver("no JSON")
    assert tell(key=7, title="Bob") == []
    assert tell(key="10:8", title="Bob", body="are you there?", time=2) == [
        ["Bob", "are you there?", "10:8", "10:8"]
    ]
    hello = ["Bob", "hello?", "10:8", "10:8"]
    assert tell(key="10:8", title="Bob", body="hello?", time=3) == [hello]
    friends = ["Friends", "Cem: all here", "11:3", "11:3"]
    assert sorted(tell(key="11:3", title="Friends", body="Cem: all here", time=4)) == [hello, friends]
