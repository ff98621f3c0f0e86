"""Finding people and groups among one's own, by what their names have in them."""

from __future__ import annotations

from fastim.protocol import views
from fastim.services.communities import Communities
from fastim.services.contacts import Contacts
from fastim.services.search_words import parse


class SearchNames:
    """Needs an app context. The lists are bounded, so each is looked through."""

    def __init__(self, contacts: Contacts, communities: Communities) -> None:
        self._contacts = contacts
        self._communities = communities

    def people(self, actor_id: int, text: str) -> list[views.Friend]:
        """Friends whose remark, nickname or number has all words, in the order of the list."""
        query = parse(text)
        return [
            friend
            for friend in self._contacts.friends(actor_id)
            if query.is_in(f"{friend.remark}\n{friend.nickname}\n{friend.mobile}")
        ]

    def groups(self, actor_id: int, text: str) -> list[views.Community]:
        """Groups whose name has all words, in the order of the list."""
        query = parse(text)
        return [group for group in self._communities.mine(actor_id) if query.is_in(group.name)]
