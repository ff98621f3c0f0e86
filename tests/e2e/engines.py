"""The pages' other two engines, Gecko and WebKit, in the browsers that Debian has of them.

Playwright drives builds of its own only. What one journey needs of them is little: `Firefox` speaks
WebDriver BiDi (a WebSocket), `WebKit` classic WebDriver (HTTP).
"""

from __future__ import annotations

import itertools
import json
import os
import re
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import connect

from tests.servers import Process, free_port, program, wait_for

ENTER = "\ue007"
_ANSWER_SECONDS = 30
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""What classic WebDriver calls a reference to an element."""
_USER_JS = """
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""
"""Firefox asks its makers for this and that: through a proxy that is not there. This machine needs none."""
_ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Browser:
    """One window of another engine, with a profile of its own, between `with` and its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ends = ExitStack()
        """What is to be done at the end, the last first."""

    def __enter__(self) -> Self:
        self._folder.mkdir()
        try:
            self._start()
        except BaseException:
            self._ends.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._ends.close()

    def _start(self) -> None:
        raise NotImplementedError

    def go(self, url: str) -> None:
        """Load a page, wholly."""
        raise NotImplementedError

    def run(self, script: str, *arguments: str) -> Any:
        """What a function of the page gives, be it a promise: ``(word) => …``.

        Raises:
            Complaint: it threw.
        """
        raise NotImplementedError

    def choose(self, test_id: str, file: Path) -> None:
        """Put a file into a field."""
        raise NotImplementedError

    def _begin(self, *command: str, **surroundings: str) -> Process:
        """A process of this browser's; the folder is its home."""
        environ = {**os.environ, "HOME": str(self._folder), **surroundings}
        process = Process([program(command[0]), *command[1:]], self._folder, environ)
        self._ends.callback(process.stop)
        return process

    def _act(self, *devices: dict[str, Any]) -> None:
        """Move a pointer, press keys: actions as both kinds of WebDriver have them."""
        raise NotImplementedError

    def _element(self, css: str) -> Any:
        """As the origin of a pointer's move."""
        raise NotImplementedError

    def reload(self) -> None:
        """As its button does; a driver's own way may take a page of the worker's for a failure."""
        self.run("() => { window.isOld = true; setTimeout(() => location.reload()); }")
        wait_for(self._is_reloaded, "it did not load again")

    def _is_reloaded(self) -> bool:
        try:
            return bool(self.run("() => !window.isOld && document.readyState === 'complete'"))
        except Complaint:  # of a page that is just going
            return False

    def wait_for(self, script: str, *arguments: str) -> Any:
        """The first true value of a function of the page.

        Raises:
            TimeoutError: it stayed false; a note says what the page shows.
        """
        try:
            return wait_for(lambda: self.run(script, *arguments), f"{script} {arguments}")
        except TimeoutError as error:
            error.add_note(self.run("() => `${document.URL}: ${document.documentElement.innerText}`"))
            raise

    def press(self, test_id: str) -> None:
        """With the mouse, in its middle."""
        css = _css(test_id)
        self.wait_for("(css) => !!document.querySelector(css)", css)
        self.run("(css) => document.querySelector(css).scrollIntoView({ block: 'nearest' })", css)
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": self._element(css)}
        buttons = [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        self._act({"type": "pointer", "id": "mouse", "actions": [move, *buttons]})

    def write(self, test_id: str, text: str) -> None:
        """With the keys, into a field that is pressed first."""
        self.press(test_id)
        actions = [{"type": f"key{way}", "value": key} for key in text for way in ("Down", "Up")]
        self._act({"type": "key", "id": "keys", "actions": actions})


class Complaint(Exception):
    """A driver says no."""


def _css(test_id: str) -> str:
    return f"[data-testid={test_id}]"


class Firefox(Browser):
    """Firefox without a window."""

    def _start(self) -> None:
        (self._folder / "user.js").write_text(_USER_JS)
        profile = ["--profile", str(self._folder)]
        process = self._begin("firefox-esr", "--headless", *profile, "--remote-debugging-port", "0")
        process.wait_until(lambda: bool(_ADDRESS.findall(process.log())))
        (address,) = _ADDRESS.findall(process.log())
        self._line = self._ends.enter_context(connect(f"{address}/session", max_size=None, legacy=True))
        self._numbers = itertools.count()
        self._tell("session.new", capabilities={})
        self._window = self._tell("browsingContext.getTree")["contexts"][0]["context"]

    def _tell(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._line.recv(_ANSWER_SECONDS))
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise Complaint(answer["message"])
                return answer["result"]

    def _call(self, script: str, *arguments: str) -> Any:
        given = [{"type": "string", "value": argument} for argument in arguments]
        told = self._tell(
            "script.callFunction",
            functionDeclaration=script,
            arguments=given,
            awaitPromise=True,
            target={"context": self._window},
        )
        if told["type"] == "exception":
            raise Complaint(told["exceptionDetails"]["text"])
        return told["result"]

    def go(self, url: str) -> None:
        self._tell("browsingContext.navigate", context=self._window, url=url, wait="complete")

    def run(self, script: str, *arguments: str) -> Any:
        as_json = f"async (...all) => JSON.stringify((await ({script})(...all)) ?? null)"
        return json.loads(self._call(as_json, *arguments)["value"])

    def choose(self, test_id: str, file: Path) -> None:
        css = _css(test_id)
        self._tell("input.setFiles", context=self._window, element=self._reference(css), files=[str(file)])

    def _reference(self, css: str) -> dict[str, str]:
        return {"sharedId": self._call("(css) => document.querySelector(css)", css)["sharedId"]}

    def _element(self, css: str) -> Any:
        return {"type": "element", "element": self._reference(css)}

    def _act(self, *devices: dict[str, Any]) -> None:
        self._tell("input.performActions", context=self._window, actions=devices)


class WebKit(Browser):
    """WebKitGTK's small browser, on a screen that nobody sees."""

    def _start(self) -> None:
        screen = self._begin("Xvfb", "-displayfd", "1", "-screen", "0", "1300x1000x24")
        screen.wait_until(lambda: screen.log().strip().isdecimal())
        port = free_port()
        driver = self._begin(
            "WebKitWebDriver",
            f"--port={port}",
            DISPLAY=f":{screen.log().strip()}",
            XDG_RUNTIME_DIR=str(self._folder),
            LANGUAGE="en_US",
            WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1",  # many containers have none to give
        )
        self._base = f"http://127.0.0.1:{port}"
        driver.wait_until(self._answers)
        (program_of_tests,) = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
        options = {"binary": str(program_of_tests), "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._base += f"/session/{self._tell('/session', capabilities=capabilities)['sessionId']}"
        self._ends.callback(self._ask, urllib.request.Request(self._base, method="DELETE"))
        self._tell("/window/rect", width=1280, height=900)

    def _answers(self) -> bool:
        try:
            return bool(self._ask(urllib.request.Request(f"{self._base}/status"))["ready"])
        except OSError:
            return False

    def _ask(self, request: urllib.request.Request) -> Any:
        try:
            with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                raise Complaint(error.read().decode()) from None

    def _tell(self, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(urllib.request.Request(self._base + path, data, headers))

    def go(self, url: str) -> None:
        self._tell("/url", url=url)

    def run(self, script: str, *arguments: str) -> Any:
        return self._tell("/execute/sync", script=f"return ({script})(...arguments)", args=arguments)

    def choose(self, test_id: str, file: Path) -> None:
        self._tell(f"/element/{self._element(_css(test_id))[_ELEMENT]}/value", text=str(file))

    def _element(self, css: str) -> Any:
        return self._tell("/element", using="css selector", value=css)

    def _act(self, *devices: dict[str, Any]) -> None:
        self._tell("/actions", actions=devices)
