"""How fast one connection may speak."""

from __future__ import annotations

from gevent import sleep

from fastim.errors import Refused
from fastim.realtime.node import Node
from fastim.realtime.services import Services


def keep_the_rate(services: Services, node: Node, msgid: str) -> None:
    """Too fast: who takes refusals gets one; an old page is read more slowly, and loses nothing.

    Raises:
        Refused: `rate_limited`, with `retry_after` in seconds.
    """
    rate = services.rate
    if not rate.per_second or not (wait := node.take_token(rate)):
        return
    if msgid:
        raise Refused("rate_limited", retry_after=round(wait, 3))
    sleep(wait)
    node.take_token(services.rate)
