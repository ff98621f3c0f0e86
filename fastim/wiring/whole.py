"""All parts of a process, put together."""

from __future__ import annotations

from fastim.backends import descriptors
from fastim.backends.log.committer import Committer
from fastim.backends.push import Pusher
from fastim.config import Settings
from fastim.models.base import utc_now
from fastim.parts import Parts
from fastim.protocol import hello, limits
from fastim.realtime.pushing import Pushing
from fastim.realtime.runtime import Runtime
from fastim.realtime.services import Scope, Services
from fastim.services import log_rows
from fastim.services.amendments import Amendments
from fastim.services.favourites import Favourites
from fastim.services.forwarding import Forwarding
from fastim.services.glances import Glances
from fastim.services.heard import Listening
from fastim.services.history import History
from fastim.services.lastseen import LastSeen
from fastim.services.messages import Messages
from fastim.services.newest import NewestEntries
from fastim.services.pushes import Pushes
from fastim.services.search_names import SearchNames
from fastim.services.stickers import Stickers
from fastim.services.tags import Tags
from fastim.services.talk_settings import TalkSettings
from fastim.wiring import areas, choices
from fastim.wiring.areas import Doors, Files, Finders, Ground, People


def build(settings: Settings, scope: Scope) -> Parts:
    """Make the parts that `settings` asks for.

    Args:
        scope: opens a short app context, for work that no request does.
    """
    ground = areas.ground(settings, scope)
    doors = areas.doors(ground)
    files = areas.files(ground)
    finders = areas.finders(ground)
    pushes = Pushes(ground.bus, doors.profiles, doors.group_names)
    pusher = choices.pusher(settings)
    Pushing(ground.bus, ground.client_map, pushes, pusher, scope)
    realtime = _realtime(ground, doors, files, finders)
    people = areas.people(ground, doors, files)
    return _parts(ground, doors, files, people, finders, pushes, pusher, realtime)


def _parts(
    ground: Ground,
    doors: Doors,
    files: Files,
    people: People,
    finders: Finders,
    pushes: Pushes,
    pusher: Pusher,
    realtime: Runtime,
) -> Parts:
    bus, access, reading = ground.bus, doors.access, ground.reading
    talk_settings = TalkSettings(bus, access)
    newest = NewestEntries(bus, ground.counters)
    return Parts(
        settings=ground.settings,
        bus=bus,
        counters=ground.counters,
        workers=ground.workers,
        rates=ground.rates,
        shelf=ground.shelf,
        questions=ground.questions,
        reading=reading,
        sessions=doors.sessions,
        accounts=people.accounts,
        contacts=people.contacts,
        tags=Tags(bus),
        finding=people.finding,
        privacy=doors.privacy,
        pusher=pusher,
        pushes=pushes,
        favourites=Favourites(bus, access),
        glances=Glances(access, reading),
        communities=people.communities,
        groups=people.groups,
        history=History(
            access, doors.marks, doors.deliveries, talk_settings, doors.horizon, newest, reading
        ),
        talk_settings=talk_settings,
        uploads=files.uploads,
        partials=files.partials,
        stickers=Stickers(bus, files.uploads),
        search=finders.search,
        search_names=SearchNames(people.contacts, people.communities),
        indexer=finders.indexer,
        indexer_of=lambda url, shelf: areas.indexer_of(ground, url, shelf),
        listening=Listening(bus, access),
        resources=files.resources,
        storage=files.storage,
        file_origins=files.origins,
        file_workers=files.workers,
        collection=files.collection,
        realtime=realtime,
    )


def _realtime(ground: Ground, doors: Doors, files: Files, finders: Finders) -> Runtime:
    chores = (
        doors.sessions.purge,
        lambda: files.collection.collect(utc_now(), limits.SWEEP_PAGES),
        lambda: files.partials.expire(utc_now()),
        log_rows.put_on_shelf,
    )
    services = _services(ground, doors, files, finders)
    neighbours = areas.neighbours(ground, doors, services.messages)
    connections = descriptors.allowed(ground.settings.connections, descriptors.most())
    return Runtime(services, neighbours, connections, chores)


def _services(ground: Ground, doors: Doors, files: Files, finders: Finders) -> Services:
    settings, bus, access = ground.settings, ground.bus, doors.access
    return Services(
        access=access,
        amendments=Amendments(bus, access, doors.floor, settings.recall_seconds),
        bus=bus,
        client_map=ground.client_map,
        counters=ground.counters,
        deliveries=doors.deliveries,
        forwarding=Forwarding(access, doors.profiles, doors.group_names),
        floor=doors.floor,
        horizon=doors.horizon,
        indexer=finders.indexer,
        lastseen=LastSeen(bus),
        limits=hello.Limits(settings.file_bytes, settings.picture_bytes, settings.recall_seconds),
        marks=doors.marks,
        messages=Messages(
            Committer(choices.store(settings, access, bus, ground.shelf), ground.counters), bus
        ),
        privacy=doors.privacy,
        rate=choices.rate(settings),
        resources=files.resources,
        scope=ground.scope,
        sessions=doors.sessions,
    )
