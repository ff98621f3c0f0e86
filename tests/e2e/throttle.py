"""A page's network as slow as a test needs it, by Chromium's developer tools."""

from __future__ import annotations

from playwright.sync_api import Page


class Throttle:
    """Lets the page send so many bytes a second, also after a reload."""

    def __init__(self, page: Page, upload: int) -> None:
        self._tools = page.context.new_cdp_session(page)
        self._tools.send("Network.enable")
        self.slow_to(upload)

    def slow_to(self, upload: int) -> None:
        self._emulate(upload, offline=False)

    def let_go(self) -> None:
        """As fast as it can."""
        self._emulate(-1, offline=False)

    def cut(self) -> None:
        """No network at all."""
        self._emulate(-1, offline=True)

    def _emulate(self, upload: int, offline: bool) -> None:
        speeds = {"downloadThroughput": -1, "uploadThroughput": upload}
        self._tools.send("Network.emulateNetworkConditions", {"offline": offline, "latency": 0, **speeds})
