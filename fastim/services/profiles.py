"""What everybody may be shown of a person, remembered: each page that shows somebody asks who that is.

Of strangers only, and for names beside what they said. Who looks at themself is answered by the database:
they may just have changed it through another process. What friends see besides (number, last seen, what one
is connected with) is never here. Another process shows what was before for the few milliseconds that the
news of a change takes; strangers' pages are not told of one at all, so they lose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import String, cast, select

from fastim.backends.bus import Bus
from fastim.backends.questions import Questions
from fastim.models import User
from fastim.protocol import views
from fastim.protocol.events import ProfileChanged
from fastim.services.any_of import AnyOf
from fastim.services.kept_rows import KeptRows

_KEPT = 20_000
"""People. Measured: 0.5 KB each with a name, a picture and a line of text, so 10 MB; 1.4 KB where all of it
is as long as it may be."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What everybody may be shown of a person."""

    id: int
    nickname: str
    avatar: str
    sex: views.Sex
    memo: str
    createat: str
    """RFC 3339, UTC."""

    def view(self) -> views.User:
        """As a stranger sees it."""
        return views.User(
            id=self.id,
            nickname=self.nickname,
            avatar=self.avatar,
            sex=self.sex,
            memo=self.memo,
            createat=self.createat,
        )


_COLUMNS = (User.id, User.nickname, User.avatar, User.sex, User.memo, cast(User.createat, String))
_PROFILES = AnyOf(lambda user_id: User.id == user_id, lambda any_holds: select(*_COLUMNS).where(any_holds))


class Profiles(KeptRows[Profile]):
    """The profiles of people, by their id."""

    def __init__(self, bus: Bus, questions: Questions) -> None:
        super().__init__(questions, _PROFILES, _made, _KEPT)
        bus.subscribe(self._on_event, ProfileChanged)

    def _on_event(self, event: ProfileChanged) -> None:
        self.drop(event.user_id)


def _made(user_id: int, nickname: str, avatar: str, sex: views.Sex, memo: str, created_at: str) -> Profile:
    """`created_at` as both kinds of database write a UTC time: 2026-11-29 22:10:05.123."""
    createat = f"{created_at[:10]}T{created_at[11:19]}Z"
    return Profile(user_id, nickname, avatar, sex, memo, createat)
