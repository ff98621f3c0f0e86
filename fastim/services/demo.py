"""A small world to look at: two friends, a group, and something said."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from fastim.backends.log import Outcome
from fastim.errors import AppError
from fastim.protocol import frames
from fastim.services.access import Access
from fastim.services.accounts import Accounts, Registration
from fastim.services.communities import Communities
from fastim.services.contacts import Contacts
from fastim.services.messages import Messages, Sending

_WAIT_SECONDS = 10


@dataclass(frozen=True)
class Script:
    """What the demo world is called, and what is said in it; the first speaker begins."""

    names: tuple[str, str]
    group: str
    private: tuple[str, ...]
    public: tuple[str, ...]


SCRIPTS = {
    "zh-CN": Script(
        ("小满", "白露"),
        "周末爬山",
        ("周末去爬山吗？", "好呀！几点出发？", "早上八点，地铁口见 🚇", "没问题，我带水果 🍊"),
        ("路线我查好了，来回大概四个小时", "太棒了，记得带伞 ☔"),
    ),
    "en": Script(
        ("Juniper", "Willow"),
        "Weekend hike",
        (
            "A hike this weekend?",
            "Yes! When do we leave?",
            "Eight, at the station 🚇",
            "I bring the oranges 🍊",
        ),
        ("I have the route: about four hours", "Lovely. Take an umbrella ☔"),
    ),
}


class Demo:
    """Makes it by the same services that people's requests use. Needs an app context."""

    def __init__(
        self,
        accounts: Accounts,
        contacts: Contacts,
        communities: Communities,
        access: Access,
        messages: Messages,
    ) -> None:
        self._accounts = accounts
        self._contacts = contacts
        self._communities = communities
        self._access = access
        self._messages = messages

    def seed(self, language: str, mobiles: tuple[str, str], passwd: str) -> None:
        """Make the world.

        Raises:
            Refused: such as `mobile_taken`, when it is there already.
        """
        script = SCRIPTS[language]
        one, other = (
            self._accounts.create(Registration(mobile, passwd, nickname=name)).id
            for mobile, name in zip(mobiles, script.names, strict=True)
        )
        self._contacts.add(one, "", other, "")
        group = self._communities.create(one, script.group, "", 1, "").id
        self._communities.join(other, "", group)
        for place, text in enumerate(script.private):
            sender, receiver = (one, other) if place % 2 == 0 else (other, one)
            self._say(sender, frames.SendSingle(dstid=receiver, media=frames.TEXT, content=text))
        for place, text in enumerate(script.public):
            sender = one if place % 2 == 0 else other
            self._say(sender, frames.SendGroup(dstid=group, media=frames.TEXT, content=text))

    def _say(self, sender: int, frame: frames.SendSingle | frames.SendGroup) -> None:
        """Send and wait until it is stored.

        Raises:
            AppError: it was not.
        """
        kind = frames.GROUP if isinstance(frame, frames.SendGroup) else frames.SINGLE
        conversation_id = self._access.door(sender, kind, frame.dstid)
        stored = threading.Event()
        outcomes: list[Outcome] = []

        def sent(_: Sending, outcome: Outcome) -> None:
            outcomes.append(outcome)
            stored.set()

        self._messages.send(frame, kind, sender, conversation_id, sent)
        stored.wait(_WAIT_SECONDS)
        if not outcomes or isinstance(outcomes[0], AppError):
            raise outcomes[0] if outcomes and isinstance(outcomes[0], AppError) else AppError()
