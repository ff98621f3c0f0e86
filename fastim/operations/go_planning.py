"""Deciding what is to be brought over from the Go version, before anything is written. Pure.

Every row of the three tables ends in exactly one place: it is brought, it was brought before, or it is
among those left behind, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from fastim.errors import Refused
from fastim.models.contact import COMMUNITY as MEMBERSHIP
from fastim.models.contact import PERSON
from fastim.operations.go_plan import (
    Finding,
    Friendship,
    Membership,
    NewCommunity,
    NewUser,
    Picture,
    Plan,
    Target,
)
from fastim.operations.go_source import (
    COMMUNITY,
    CONTACT,
    USER,
    GoCommunity,
    GoContact,
    GoRows,
    GoUser,
)
from fastim.protocol import limits
from fastim.services import mobiles
from fastim.services.people import line

K = TypeVar("K")

NO_PASSWORD = "!"  # noqa: S105 what no password's hash is
_MD5 = re.compile(r"[0-9a-fA-F]{32}")
_CATES = range(5)
_SALT_CHARS = 10


def make(rows: GoRows, target: Target, link_taken: bool = False) -> Plan:
    """Decide about every row.

    Args:
        link_taken: a number that has an account here is the same person; otherwise its user is left behind.
    """
    plan = Plan()
    _plan_users(plan, rows.users, target, link_taken)
    people = plan.linked.keys() | target.users.keys() | {user.old_id for user in plan.users}
    members = _members(rows, people)
    _plan_communities(plan, rows.communities, target, members, people)
    groups = target.communities.keys() | {community.old_id for community in plan.communities}
    _plan_contacts(plan, rows.contacts, target, people, groups)
    return plan


def _plan_users(plan: Plan, users: list[GoUser], target: Target, link_taken: bool) -> None:
    seen: dict[str, int] = {}
    for user in users:
        mobile = _number(user.mobile)
        first = seen.setdefault(mobile, user.id)
        if user.id in target.users:
            plan.already[USER] += 1
            _plan_picture(plan, target, Picture("avatar", user.id, user.avatar))
        elif not mobile:
            plan.left.append(Finding(USER, user.id, "has no number, so nobody can log in"))
        elif first != user.id:
            why = f"has the same number as user {first}, who is the one that logs in with it"
            plan.left.append(Finding(USER, user.id, why))
        elif mobile in target.mobiles:
            _plan_taken(plan, user, target.mobiles[mobile], link_taken)
        else:
            plan.users.append(_new_user(plan, user, mobile))
            _plan_picture(plan, target, Picture("avatar", user.id, user.avatar))


def _plan_taken(plan: Plan, user: GoUser, account: int, link_taken: bool) -> None:
    if link_taken:
        plan.linked[user.id] = account
        plan.changed.append(
            Finding(USER, user.id, f"is taken to be user {account} here, who has its number")
        )
    else:
        plan.left.append(Finding(USER, user.id, f"its number is taken by user {account} here"))


def _plan_picture(plan: Plan, target: Target, picture: Picture) -> None:
    if picture.url.strip() and (picture.kind, picture.old_id) not in target.pictures:
        plan.pictures.append(picture)


def _number(mobile: str) -> str:
    """As it is stored here; what is no number stays as it is, as the Go version took any text."""
    try:
        return mobiles.normalise(mobile)
    except Refused:
        return line(mobile)[: limits.MOBILE_CHARS]


def _new_user(plan: Plan, user: GoUser, mobile: str) -> NewUser:
    def say(why: str) -> None:
        plan.changed.append(Finding(USER, user.id, why))

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


def _members(rows: GoRows, people: AbstractSet[int]) -> dict[int, list[int]]:
    """Community to its members who are here, as they came."""
    members: dict[int, list[int]] = {}
    for contact in rows.contacts:
        if contact.cate == MEMBERSHIP and contact.ownerid in people:
            members.setdefault(contact.dstobj, []).append(contact.ownerid)
    return members


def _plan_communities(
    plan: Plan,
    communities: list[GoCommunity],
    target: Target,
    members: Mapping[int, list[int]],
    people: AbstractSet[int],
) -> None:
    taken = set(target.names)
    for community in communities:
        owner = community.ownerid
        if community.id in target.communities:
            plan.already[COMMUNITY] += 1
            _plan_picture(plan, target, Picture("icon", community.id, community.icon))
            continue
        inside = members.get(community.id, [])
        if owner not in people:
            if not inside:
                why = f"its owner, user {owner}, is not brought, and it has no member who is"
                plan.left.append(Finding(COMMUNITY, community.id, why))
                continue
            why = f"its owner, user {owner}, is not brought: user {inside[0]} is its owner now"
            plan.changed.append(Finding(COMMUNITY, community.id, why))
            owner = inside[0]
        plan.communities.append(_new_community(plan, community, owner, taken))
        _plan_picture(plan, target, Picture("icon", community.id, community.icon))
        if owner not in inside:
            why = f"its owner, user {owner}, was no member and is one now"
            plan.changed.append(Finding(COMMUNITY, community.id, why))
            plan.memberships.append(Membership(owner, community.id, 0, community.createat))


def _new_community(plan: Plan, community: GoCommunity, owner: int, taken: set[str]) -> NewCommunity:
    wanted = _cut(line(community.name), limits.COMMUNITY_NAME_CHARS) or f"群{community.id}"
    name, number = wanted, 1
    while name in taken:
        number += 1
        end = f" ({number})"
        name = wanted[: limits.COMMUNITY_NAME_CHARS - len(end)] + end
    taken.add(name)
    if name != community.name:
        why = f"its name {community.name!r} is {name!r} here"
        plan.changed.append(Finding(COMMUNITY, community.id, why))
    cate = community.cate if community.cate in _CATES else 0
    memo = _cut(community.memo.strip(), limits.COMMUNITY_MEMO_CHARS)
    if cate != community.cate or memo != community.memo.strip():
        plan.changed.append(Finding(COMMUNITY, community.id, "its kind is unknown or its memo too long"))
    return NewCommunity(community.id, name, owner, cate, memo, community.createat)


def _plan_contacts(
    plan: Plan,
    contacts: list[GoContact],
    target: Target,
    people: AbstractSet[int],
    groups: AbstractSet[int],
) -> None:
    friends: dict[tuple[int, int], dict[int, GoContact]] = {}
    members: dict[tuple[int, int], GoContact] = {}
    known: set[tuple[int, int]] = set()
    for contact in contacts:
        if contact.id in target.contacts:
            plan.already[CONTACT] += 1
            known.add((contact.dstobj, contact.ownerid))
        elif why := _why_left(contact, people, groups):
            plan.left.append(Finding(CONTACT, contact.id, why))
        elif contact.cate == PERSON:
            low, high = sorted((contact.ownerid, contact.dstobj))
            _keep_first(plan, friends.setdefault((low, high), {}), contact.ownerid, contact)
        else:
            _keep_first(plan, members, (contact.ownerid, contact.dstobj), contact)
    for (user, community), contact in members.items():
        plan.memberships.append(Membership(user, community, contact.id, contact.createat))
    for (low, high), sides in friends.items():
        if len(sides) == 1 and not any((one.ownerid, one.dstobj) in known for one in sides.values()):
            _tell_one_sided(plan, *sides.values())
        plan.friendships.append(_friendship(low, high, sides))


def _why_left(contact: GoContact, people: AbstractSet[int], groups: AbstractSet[int]) -> str:
    owner, other = contact.ownerid, contact.dstobj
    if contact.cate not in (PERSON, MEMBERSHIP):
        return f"its kind {contact.cate} is neither a friend nor a group"
    if owner not in people:
        return f"its owner, user {owner}, does not exist or is not brought"
    if contact.cate == MEMBERSHIP and other not in groups:
        return f"group {other} does not exist or is not brought"
    if contact.cate == PERSON and other not in people:
        return f"user {other} does not exist or is not brought"
    if contact.cate == PERSON and owner == other:
        return "is a friendship with oneself"
    return ""


def _keep_first(plan: Plan, kept: dict[K, GoContact], key: K, contact: GoContact) -> None:
    first = kept.setdefault(key, contact)
    if first is not contact:
        plan.left.append(Finding(CONTACT, contact.id, f"says the same as contact {first.id}"))


def _tell_one_sided(plan: Plan, only: GoContact) -> None:
    why = f"user {only.dstobj} did not have user {only.ownerid} in return: now both have each other"
    plan.changed.append(Finding(CONTACT, only.id, why))


def _friendship(low: int, high: int, sides: dict[int, GoContact]) -> Friendship:
    memos = tuple(sides[user].memo if user in sides else "" for user in (low, high))
    dates = [contact.createat for contact in sides.values() if contact.createat is not None]
    ids = tuple(contact.id for contact in sides.values())
    return Friendship(low, high, (memos[0], memos[1]), ids, min(dates, default=None))
