"""Of native threads, what gevent's patch replaces: the only things that they and greenlets can share."""

from __future__ import annotations

from gevent import monkey

new_lock = monkey.get_original("_thread", "allocate_lock")
"""A lock that stops the loop while another thread has it: for moments only."""
new_rlock = monkey.get_original("_thread", "RLock")
start_thread = monkey.get_original("_thread", "start_new_thread")
ident = monkey.get_original("_thread", "get_ident")
sleep = monkey.get_original("time", "sleep")
