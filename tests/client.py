"""A Flask test client that speaks the API: forms in, envelopes out, one cookie jar per person."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

_numbers = itertools.count(13_800_000_000)
PASSWORD = "correct horse battery"


def new_mobile() -> str:
    """A Chinese mobile number that no other test has."""
    return str(next(_numbers))


@dataclass(frozen=True)
class Answer:
    """An answer's envelope; `http` is the whole response."""

    http: TestResponse

    @property
    def status(self) -> int:
        return self.http.status_code

    @property
    def json(self) -> dict[str, Any]:
        body = self.http.get_json()
        assert isinstance(body, dict), self.http.get_data(as_text=True)
        return body

    @property
    def code(self) -> int:
        """0, or -1 for a failure."""
        return int(self.json["code"])

    @property
    def error(self) -> str:
        """The error's name; "" for a success."""
        return str(self.json.get("error", ""))

    @property
    def data(self) -> Any:
        """What a success answers.

        Raises:
            AssertionError: it is a failure.
        """
        assert self.code == 0, self.json
        return self.json["data"]

    @property
    def rows(self) -> list[Any]:
        """The rows of a list, counted."""
        assert self.code == 0, self.json
        rows = self.json["rows"]
        assert self.json["total"] == len(rows)
        assert isinstance(rows, list)
        return rows


class Client:
    """One person at one device; `me` and `token` are set by `register` and `login`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()
        self.me: dict[str, Any] = {}
        self.mobile = ""
        self.token = ""

    @property
    def id(self) -> int:
        return int(self.me["id"])

    def post(self, path: str, **fields: Any) -> Answer:
        """POST a form; files as multipart, `(BytesIO, name)`."""
        return Answer(self.http.post(path, data=fields))

    def post_json(self, path: str, body: object, **headers: str) -> Answer:
        """POST `body` as JSON."""
        return Answer(self.http.post(path, json=body, headers=headers))

    def get(self, path: str, **headers: str) -> Answer:
        """GET; header names with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(self.http.get(path, headers=named))

    def register(self, mobile: str = "", **fields: Any) -> Client:
        """A new account, as a signed-in client of its own; this one stays as it is."""
        person = Client(self.app)
        person.mobile = mobile or new_mobile()
        form = {"passwd": PASSWORD, "nickname": f"user {person.mobile[-4:]}", **fields}
        person.remember(person.post("/user/register", mobile=person.mobile, **form))
        return person

    def login(self, mobile: str, passwd: str = PASSWORD, **fields: Any) -> Client:
        """The account of `mobile` on another device."""
        device = Client(self.app)
        device.mobile = mobile
        device.remember(device.post("/user/login", mobile=mobile, passwd=passwd, **fields))
        return device

    def remember(self, answer: Answer) -> None:
        """Take over who the answer of a log-in says one is."""
        self.me = answer.data
        self.token = self.me["token"]

    def befriend(self, other: Client) -> None:
        """Make the two friends."""
        assert self.post("/contact/addfriend", dstid=other.id).data["state"] == "added"
