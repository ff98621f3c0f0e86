"""A group of three, and one who is not in it."""

from __future__ import annotations

from typing import Any

from tests.api.test_communities import create
from tests.client import Answer, Client


class Group:
    """Ann's group, with Bob and Cid as members, and Eve, who is none."""

    def __init__(self, client: Client) -> None:
        self.app = client.app
        self.ann, self.bob, self.cid, self.eve = (
            client.register(nickname=name) for name in ("Ann", "Bob", "Cid", "Eve")
        )
        self.id: int = create(self.ann, f"circle {self.ann.id}")["id"]
        for person in (self.bob, self.cid):
            assert person.post("/contact/joincommunity", dstid=self.id).code == 0

    def ask(self, who: Client, what: str, **fields: Any) -> Answer:
        """A route of this group's as `who`."""
        return who.post_json(f"/community/{what}", {"dstid": self.id, **fields})

    def must(self, who: Client, what: str, **fields: Any) -> Any:
        return self.ask(who, what, **fields).data

    def view(self, who: Client) -> dict[str, Any]:
        """The group as `who` sees it; {} where it is not in the list."""
        rows = who.post("/contact/loadcommunity").rows
        return next((dict(row) for row in rows if row["id"] == self.id), {})

    def members(self, who: Client, **fields: Any) -> list[dict[str, Any]]:
        return who.post_json("/contact/members", {"dstid": self.id, **fields}).rows

    def roles(self) -> dict[str, str]:
        return {row["nickname"]: row["role"] for row in self.members(self.ann)}

    def told(self, who: Client) -> list[tuple[Any, ...]]:
        """What the group's log says of it: what, who, memo, amount."""
        rows = who.post("/message/history", cmd=11, dstid=self.id, limit=200).rows
        return [
            (row["content"], row["userid"], row.get("memo", ""), row.get("amount", 0))
            for row in rows
            if row["media"] == 20
        ]
