"""Ctrl-C in a command, which gevent would tell of by where it waited."""

from __future__ import annotations

import gevent


def tell_in_no_traceback() -> None:
    """From now on KeyboardInterrupt is raised in the main greenlet, and nothing is written before."""
    hub = gevent.get_hub()
    if KeyboardInterrupt not in hub.NOT_ERROR:
        hub.NOT_ERROR = (*hub.NOT_ERROR, KeyboardInterrupt)
