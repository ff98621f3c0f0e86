"""Told by the browser's push service while no page is open: what the service worker shows."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Worker

from tests.e2e.conftest import Visit
from tests.e2e.visitor import DESKTOP
from tests.servers import Server, wait_for

SHOWN = """async () => (await self.registration.getNotifications())
  .map((notice) => [notice.title, notice.body, notice.tag, notice.data.key])"""


class Push:
    """A browser's push service, as its developer tools have one."""

    def __init__(self, page: Page, origin: str) -> None:
        self._origin = origin
        self._registrations: list[str] = []
        self._tools: CDPSession = page.context.new_cdp_session(page)
        self._tools.on("ServiceWorker.workerRegistrationUpdated", self._learn)
        self._tools.send("ServiceWorker.enable")
        wait_for(lambda: page.evaluate("true") and self._registrations, "no service worker")

    def _learn(self, event: dict) -> None:
        self._registrations += [one["registrationId"] for one in event["registrations"]]

    def deliver(self, data: str) -> None:
        place = {"origin": self._origin, "registrationId": self._registrations[-1]}
        self._tools.send("ServiceWorker.deliverPushMessage", {**place, "data": data})


@pytest.fixture
def worker(visit: Visit) -> Worker:
    """The service worker of somebody who lets the browser show notices."""
    ann = visit("Ann", DESKTOP, "en")
    ann.register()
    ann.context.grant_permissions(["notifications"])
    ann.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return ann.context.service_workers[0]


def test_a_push_is_shown_while_nobody_looks(worker: Worker, server: Server, browser: Browser) -> None:
    """In place of the one before of the same conversation; what is no message of ours shows nothing."""
    (page,) = (page for context in browser.contexts for page in context.pages)
    push = Push(page, f"{server.url}/")

    def shown() -> list[list[str]]:
        return worker.evaluate(SHOWN)

    def tell(**payload: object) -> None:
        push.deliver(json.dumps(payload))

    tell(key="10:9", title="Cem", body="you look at the page", time=1)
    page.goto("about:blank")
    push.deliver("no JSON")
    tell(key=7, title="Bob")
    tell(key="10:8", title="Bob", body="are you there?", time=2)
    wait_for(lambda: shown() == [["Bob", "are you there?", "10:8", "10:8"]], "no notice")
    tell(key="10:8", title="Bob", body="hello?", time=3)
    wait_for(lambda: shown() == [["Bob", "hello?", "10:8", "10:8"]], "not in place of the first")
    tell(key="11:3", title="Friends", body="Cem: all here", time=4)
    wait_for(lambda: len(shown()) == 2, "no notice of another conversation")
