"""Settings to the running parts: the only module that names concrete backends."""

from __future__ import annotations

from fastim.backends.bus.memory import MemoryBus
from fastim.backends.workers import Workers
from fastim.config import Settings
from fastim.parts import Parts
from fastim.services.ratelimit import RateLimit
from fastim.services.sessions import Sessions


def build(settings: Settings) -> Parts:
    """Make the parts that `settings` asks for."""
    bus = MemoryBus()
    return Parts(
        settings=settings,
        bus=bus,
        workers=Workers(),
        rates=RateLimit(settings.rate_limits),
        sessions=Sessions(settings, bus),
    )
