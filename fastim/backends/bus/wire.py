"""What processes send each other, and on which channels: pure.

A payload begins with the sender's eight bytes, so that a process sees at once what is its own. The rest is
MessagePack of a `Packet`. Fields are told apart by their place: a new one stands last and has a
default, so that
processes of two versions understand each other while one replaces the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fastim.protocol import bus_limits as limits
from fastim.protocol import frames
from fastim.protocol.events import Any as AnyEvent
from fastim.protocol.events import (
    CommunityArriving,
    CommunitySignal,
    DoorClosed,
    EntryAdded,
    Event,
    MarkMoved,
    Signal,
)

NAME_BYTES = 8
"""A process's name at the beginning of a payload."""
ALL = "all"
"""The channel that every process hears."""


class Units(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """What happened, each unit in one commit."""

    units: tuple[tuple[AnyEvent, ...], ...]


class Pulse(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The sender lives, and hears this itself."""

    number: int
    doubts: int = 0
    """How often something of the sender's may have been lost: who sees it grow reads the log."""
    missed: int = 0
    """How often the sender, which hears all now, may have missed something: who sees it grow tells again
    what is in no log."""


class Bye(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The sender ends, and has told everything."""


class _RawUnits(msgspec.Struct, frozen=True, tag="Units", array_like=True):
    units: list[msgspec.Raw]


Packet = Units | Pulse | Bye
encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Packet).decode

_HERE_ONLY = (CommunityArriving, DoorClosed)
"""Told under the locks of a commit that may still fail. In other processes membership changes with the
entry
that tells of it, and the log itself asks who may write (`conversation.doors`)."""


def user_channel(user_id: int) -> str:
    return f"u{user_id}"


def group_channel(group_id: int) -> str:
    return f"g{group_id}"


def addressed(unit: Sequence[Event]) -> Iterator[tuple[tuple[str, ...], Sequence[Event]]]:
    """What of a unit goes to which channels.

    An entry on two channels may reach a process twice, and is told once. Whatever else comes with it, or
    concerns what a process remembers, goes to all as it is: who joins does so with the entry that says it.
    """
    events = [event for event in unit if not isinstance(event, _HERE_ONLY)]
    if len(events) == 1:
        (event,) = events
        if type(event) is Signal:
            yield from _signal(event)
            return
        yield _channels(event), events
    elif events and all(type(event) is EntryAdded for event in events):
        for event in events:
            yield _channels(event), (event,)
    elif events:
        yield (ALL,), events


def _channels(event: Event) -> tuple[str, ...]:
    if type(event) is EntryAdded:
        if event.kind == frames.GROUP:
            return (group_channel(event.dst_id),)
        return _people(event.dst_id, event.sender_id)
    if type(event) is MarkMoved:
        if event.kind == frames.GROUP:
            return (group_channel(event.dst_id),)
        return _people(event.user_id, event.dst_id if event.is_shared else event.user_id)
    if type(event) is CommunitySignal:
        return (group_channel(event.community_id),)
    return (ALL,)


def _people(one_id: int, other_id: int) -> tuple[str, ...]:
    one = user_channel(one_id)
    return (one,) if one_id == other_id else (one, user_channel(other_id))


def _signal(event: Signal) -> Iterator[tuple[tuple[str, ...], Sequence[Event]]]:
    if len(event.user_ids) > limits.BUS_SIGNAL_USERS:
        yield (ALL,), (event,)
        return
    for user_id in event.user_ids:
        yield (user_channel(user_id),), (msgspec.structs.replace(event, user_ids=(user_id,)),)


def pack(units: Sequence[Sequence[Event]]) -> dict[str, bytes]:
    """Channels to what goes out on them: one packet each, however many units there are."""
    packets: dict[str, list[msgspec.Raw]] = {}
    for unit in units:
        is_message = len(unit) == 1 and type(unit[0]) is EntryAdded
        for channels, events in ((_channels(unit[0]), unit),) if is_message else addressed(unit):
            raw = msgspec.Raw(encode(events))
            for channel in channels:
                packets.setdefault(channel, []).append(raw)
    return {channel: encode(_RawUnits(raws)) for channel, raws in packets.items()}
