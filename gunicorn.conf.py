"""How gunicorn runs FastIM: `gunicorn -c gunicorn.conf.py wsgi:app`."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from typing import Any

import gevent

from fastim import preflight
from fastim.backends import descriptors
from fastim.config import ConfigError, Settings
from fastim.realtime.room import Board

try:
    _settings = Settings.from_env(os.environ)
    _address = preflight.address(os.environ)
except (ConfigError, preflight.Problem) as error:
    sys.exit(f"fastim: {error}")

bind = f"{_address.host}:{_address.port}"
worker_class = "fastim.realtime.worker.Worker"
if _settings.tls_cert is not None:
    certfile, keyfile = str(_settings.tls_cert), str(_settings.tls_key)
# Who is believed is FASTIM_TRUSTED_PROXIES' to say; gunicorn would believe this machine.
forwarded_allow_ips = ""
workers = _settings.workers
# One pool has both where a socket cannot be taken out of gunicorn's hands (TLS).
worker_connections = _settings.connections + descriptors.requests(_settings.connections)
descriptors.claim(_settings.connections)
# A reload (HUP) has the new workers beside the old ones.
_board = Board(2 * 256)
# A whole group may come back at once after a restart; the kernel cuts this at net.core.somaxconn.
backlog = 4096
timeout = 30
# FastIM promises to be gone 5 s after SIGTERM; the arbiter kills what is left after this many.
graceful_timeout = 4
keepalive = 5
# A socket is one request: recycling a worker would drop all of its sockets.
max_requests = 0
# Otherwise every gunicorn of this user shares one socket in the home folder.
control_socket_disable = True
# Who spawned which greenlet is for debuggers, and costs each of them a stack looked at and a dict.
gevent.config.track_greenlet_tree = False
# The old pages put the token into the query, so gunicorn must not log requests; the app does.
accesslog = None
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Stop with one line where gunicorn would print a traceback or try five times."""
    try:
        preflight.check(_settings, _address)
        preflight.check_schema(_settings)
    except preflight.Problem as problem:
        sys.exit(f"fastim: {problem}")


def when_ready(server: Any) -> None:
    """Say where everything is, once the address is ours, and let Ctrl-C end it as SIGTERM does."""
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    for line in preflight.describe(_settings, _address):
        print(line, file=sys.stderr, flush=True)


def pre_fork(server: Any, worker: Any) -> None:
    """Give each worker a place of its own on the board."""
    taken = {getattr(one, "place", None) for one in server.WORKERS.values()}
    worker.place = next((place for place in range(_board.places) if place not in taken), None)


def child_exit(server: Any, worker: Any) -> None:
    """Nobody waits for one that is gone."""
    if getattr(worker, "place", None) is not None:
        _board.note(worker.place, has_room=False)


def post_worker_init(worker: Any) -> None:
    """Close the sockets when the worker is told to stop: they would keep it up until it is killed."""
    # A terminal sends Ctrl-C to the workers too; the arbiter tells them when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    realtime = worker.wsgi.extensions["fastim"].realtime
    # The collector's default walks the living objects after every 700 new ones: a sixth of the CPU of
    # a busy chat, for garbage that is hardly ever cyclic. What the start made is never garbage.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)

    if worker.place is not None:
        realtime.room.share(_board, worker.place)
    worker.is_elsewhere = realtime.room.is_elsewhere

    def drain_at_the_end() -> None:
        while not worker.ending.wait(1):
            realtime.room.note()
        gevent.spawn(worker.close_idle)
        realtime.drain()

    gevent.spawn(drain_at_the_end)
    if _settings.is_clustered:
        realtime.start()


def worker_exit(server: Any, worker: Any) -> None:
    """Sockets outlive their requests, so the worker would not wait for them; then close what is open."""
    app = getattr(worker, "wsgi", None)
    if app is not None:
        app.extensions["fastim"].realtime.drain()
        # Not imported at the top: the master reads this file too, and there gevent has patched nothing.
        importlib.import_module("fastim.app").close_app(app)
