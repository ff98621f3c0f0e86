"""People at a running server: each speaks the API and opens sockets."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any, Self

from tests.client import PASSWORD, new_mobile
from tests.ws import Chat


class Person:
    """An account at the server `base`, signed in with a Bearer token."""

    def __init__(self, base: str, nickname: str = "", **fields: Any) -> None:
        self.base = base
        self.mobile = fields.pop("mobile", "") or new_mobile()
        self.token = ""
        form = {"mobile": self.mobile, "passwd": PASSWORD, "nickname": nickname, **fields}
        answer = self.post("/user/register", **form)
        assert answer["code"] == 0, answer
        self.me: dict[str, Any] = answer["data"]
        self.token = self.me["token"]
        self.id: int = self.me["id"]

    def post(self, path: str, **fields: Any) -> dict[str, Any]:
        """The answer's envelope, whatever its status."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.base + path, json.dumps(fields).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            with error:
                return dict(json.load(error))

    def upload(self, content: bytes, name: str = "file") -> str:
        """The address at which the server keeps `content` now."""
        head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "multipart/form-data; boundary=part",
        }
        body = head.encode() + content + b"\r\n--part--\r\n"
        request = urllib.request.Request(f"{self.base}/attach/upload", body, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(json.load(answer)["data"])

    def chat(self, v2: bool = True, **options: Any) -> Chat:
        return Chat(self.base, self.me, v2, **options)

    def befriend(self, *others: Self) -> None:
        for other in others:
            answer = self.post("/contact/addfriend", dstname=other.mobile)
            assert answer["code"] == 0, answer

    def create_group(self, name: str, *members: Self) -> int:
        """A group of this person's with these members; its id."""
        group = int(self.post("/contact/createcommunity", name=name)["data"]["id"])
        for member in members:
            answer = member.post("/contact/joincommunity", dstname=name)
            assert answer["code"] == 0, answer
        return group

    def sync(self, cursor: str = "") -> dict[str, Any]:
        answer = self.post("/message/sync", cursor=cursor)
        assert answer["code"] == 0, answer
        return dict(answer["data"])

    def history(self, cmd: int, dstid: int, **fields: Any) -> list[dict[str, Any]]:
        return list(self.post("/message/history", cmd=cmd, dstid=dstid, **fields)["rows"])
