"""Deciding what is to be brought over from the Go version, before anything is written here.

Every row of the three tables ends in exactly one place: it is brought, it was brought before, or it is
among those left behind, with its reason. Rows come one after the other, and what is decided goes into a
file (`go_plan_file`): however many there are, a batch of them is in memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

from fastim.errors import Refused
from fastim.models.contact import COMMUNITY as MEMBERSHIP
from fastim.models.contact import PERSON
from fastim.operations.go_plan import Membership, NewCommunity, NewUser, Picture
from fastim.operations.go_plan_file import ROWS, PlanFile
from fastim.operations.go_source import (
    COMMUNITY,
    CONTACT,
    USER,
    GoCommunity,
    GoContact,
    GoRows,
    GoUser,
)
from fastim.operations.go_target import AVATAR, ICON, Target
from fastim.protocol import limits
from fastim.services import mobiles
from fastim.services.people import line

T = TypeVar("T")

NO_PASSWORD = "!"  # noqa: S105 what no password's hash is
_MD5 = re.compile(r"[0-9a-fA-F]{32}")
_CATES = range(5)
_SALT_CHARS = 10
_REMARK_CHARS = 120
"""Of the column, as in the Go version; people write fewer."""


def make(
    plan: PlanFile,
    rows: GoRows,
    target: Target,
    link_taken: bool = False,
    told: Callable[[str, int], None] = lambda what, done: None,
) -> None:
    """Decide about every row. The plan knows already what was brought before.

    Args:
        link_taken: a number that has an account here is the same person; otherwise its user is left behind.
        told: hears of which rows how many were read.
    """
    for users in _batches(rows.users, partial(told, "people read")):
        _plan_users(plan, users, target, link_taken)
    for contacts in _batches(rows.contacts, partial(told, "contacts read")):
        for contact in contacts:
            _plan_contact(plan, contact)
    for communities in _batches(rows.communities, partial(told, "groups read")):
        _plan_communities(plan, communities, target)
    for contact_id, community in plan.lost_memberships():
        plan.leave(CONTACT, contact_id, f"group {community} does not exist or is not brought")
    for contact_id, owner, other in plan.one_sided():
        why = f"user {other} did not have user {owner} in return: now both have each other"
        plan.change(CONTACT, contact_id, why)


def _batches(rows: Iterable[T], told: Callable[[int], None]) -> Iterator[list[T]]:
    waiting, done = iter(rows), 0
    while batch := list(islice(waiting, ROWS)):
        yield batch
        done += len(batch)
        told(done)


def _plan_users(plan: PlanFile, users: list[GoUser], target: Target, link_taken: bool) -> None:
    numbers = [_number(user.mobile) for user in users]
    accounts = {_folded(mobile): account for mobile, account in target.accounts(numbers).items()}
    for user, mobile in zip(users, numbers, strict=True):
        if user.id < 1:
            plan.leave(USER, user.id, "its id is no number above 0")
            continue
        first = plan.first_with(_folded(mobile), user.id)
        if plan.is_brought(USER, user.id):
            plan.already[USER] += 1
            _plan_picture(plan, Picture(AVATAR, user.id, user.avatar))
        elif not mobile:
            plan.leave(USER, user.id, "has no number, so nobody can log in")
        elif first != user.id:
            why = f"has the same number as user {first}, who is the one that logs in with it"
            plan.leave(USER, user.id, why)
        elif account := accounts.get(_folded(mobile)):
            _plan_taken(plan, user, account, link_taken)
        else:
            plan.put_user(_new_user(plan, user, mobile))
            _plan_picture(plan, Picture(AVATAR, user.id, user.avatar))


def _plan_taken(plan: PlanFile, user: GoUser, account: int, link_taken: bool) -> None:
    if link_taken:
        plan.link(user.id, account)
        plan.change(USER, user.id, f"is taken to be user {account} here, who has its number")
    else:
        plan.leave(USER, user.id, f"its number is taken by user {account} here")


def _plan_picture(plan: PlanFile, picture: Picture) -> None:
    if picture.url.strip() and not plan.is_brought(picture.kind, picture.old_id):
        plan.put_picture(picture)


def _number(mobile: str) -> str:
    """As it is stored here; what is no number stays as it is, as the Go version took any text."""
    try:
        return mobiles.normalise(mobile)
    except Refused:
        return line(mobile)[: limits.MOBILE_CHARS]


def _folded(mobile: str) -> str:
    """Alike for texts that MySQL and MariaDB take for one number: they see neither case nor accents."""
    plain = unicodedata.normalize("NFKD", mobile.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _new_user(plan: PlanFile, user: GoUser, mobile: str) -> NewUser:
    def say(why: str) -> None:
        plan.change(USER, user.id, why)

    if mobile != user.mobile:
        say(f"its number {user.mobile!r} is written {mobile!r} here")
    passwd, salt = user.passwd.lower(), user.salt
    if not _MD5.fullmatch(passwd) or len(salt) > _SALT_CHARS:
        say("its password is no md5: set one with `flask fastim reset-password`")
        passwd, salt = NO_PASSWORD, ""
    nickname = _cut(line(user.nickname), limits.NICKNAME_CHARS) or f"用户{mobile[-4:]}"
    if nickname != user.nickname:
        say(f"its name {user.nickname!r} is {nickname!r} here")
    memo = _cut(user.memo.strip(), limits.PROFILE_MEMO_CHARS)
    if memo != user.memo.strip():
        say("its memo is cut")
    if user.createat is None:
        say("has no date: it begins today")
    sex = user.sex if user.sex in ("M", "W") else "U"
    return NewUser(user.id, mobile, passwd, salt, nickname, sex, memo, user.createat)


def _cut(text: str, most: int) -> str:
    return text[:most].strip()


def _plan_communities(plan: PlanFile, communities: list[GoCommunity], target: Target) -> None:
    plan.know_names(target.names([_wanted_name(community) for community in communities]))
    for community in communities:
        if plan.is_brought(COMMUNITY, community.id):
            plan.already[COMMUNITY] += 1
            _plan_picture(plan, Picture(ICON, community.id, community.icon))
        else:
            _plan_community(plan, community, target)


def _plan_community(plan: PlanFile, community: GoCommunity, target: Target) -> None:
    owner = community.ownerid
    if not plan.has_user(owner):
        heir = plan.first_member(community.id)
        if heir is None:
            why = f"its owner, user {owner}, is not brought, and it has no member who is"
            plan.leave(COMMUNITY, community.id, why)
            return
        why = f"its owner, user {owner}, is not brought: user {heir} is its owner now"
        plan.change(COMMUNITY, community.id, why)
        owner = heir
    plan.put_community(_new_community(plan, community, owner, target))
    _plan_picture(plan, Picture(ICON, community.id, community.icon))


def _new_community(plan: PlanFile, community: GoCommunity, owner: int, target: Target) -> NewCommunity:
    name = _free_name(plan, _wanted_name(community), target)
    if name != community.name:
        plan.change(COMMUNITY, community.id, f"its name {community.name!r} is {name!r} here")
    cate = community.cate if community.cate in _CATES else 0
    memo = _cut(community.memo.strip(), limits.COMMUNITY_MEMO_CHARS)
    if cate != community.cate or memo != community.memo.strip():
        plan.change(COMMUNITY, community.id, "its kind is unknown or its memo too long")
    is_joined = not plan.is_member(community.id, owner)
    if is_joined:
        plan.change(COMMUNITY, community.id, f"its owner, user {owner}, was no member and is one now")
    return NewCommunity(community.id, name, owner, cate, memo, community.createat, is_joined)


def _wanted_name(community: GoCommunity) -> str:
    return _cut(line(community.name), limits.COMMUNITY_NAME_CHARS) or f"群{community.id}"


def _free_name(plan: PlanFile, wanted: str, target: Target) -> str:
    """The name itself, or with the first number behind it that makes it one of its own."""
    name, number = wanted, plan.claim(wanted)
    while number > 1:
        end = f" ({number})"
        name = wanted[: limits.COMMUNITY_NAME_CHARS - len(end)] + end
        if plan.claim(name) == 1 and not target.names([name]):
            break
        number = plan.claim(wanted)
    return name


def _plan_contact(plan: PlanFile, contact: GoContact) -> None:
    """As far as it can be decided before the groups are: those want to know who is in them."""
    is_new = not plan.is_brought(CONTACT, contact.id)
    if not is_new:
        plan.already[CONTACT] += 1
    elif why := _why_left(plan, contact):
        plan.leave(CONTACT, contact.id, why)
        return
    if contact.cate == PERSON:
        memo = _cut(contact.memo, _REMARK_CHARS)
        if memo != contact.memo.strip() and is_new:
            plan.change(CONTACT, contact.id, "what it calls its friend is cut")
        first = plan.put_side(contact._replace(memo=memo), is_new)
    else:
        new = Membership(contact.ownerid, contact.dstobj, contact.id, contact.createat)
        first = plan.put_membership(new, is_new)
    if is_new and first != contact.id:
        plan.leave(CONTACT, contact.id, f"says the same as contact {first}")


def _why_left(plan: PlanFile, contact: GoContact) -> str:
    owner, other = contact.ownerid, contact.dstobj
    if contact.cate not in (PERSON, MEMBERSHIP):
        return f"its kind {contact.cate} is neither a friend nor a group"
    if not plan.has_user(owner):
        return f"its owner, user {owner}, does not exist or is not brought"
    if contact.cate == PERSON and not plan.has_user(other):
        return f"user {other} does not exist or is not brought"
    if contact.cate == PERSON and owner == other:
        return "is a friendship with oneself"
    return ""
