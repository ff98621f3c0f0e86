"""Of native threads, what gevent's patch replaces: the only things that they and greenlets can share.

A patched lock, event or queue that both use loses whoever waits for it (gevent's issue 2013): a greenlet
never wakes, or `LoopExit` is raised where the lock is asked for. So what runs in a native thread must not
come near one: of the libraries too, which make theirs of `threading`.
"""

from __future__ import annotations

from gevent import monkey

new_lock = monkey.get_original("_thread", "allocate_lock")
"""A lock that stops the loop while another thread has it: for moments only."""
new_rlock = monkey.get_original("_thread", "RLock")
start_thread = monkey.get_original("_thread", "start_new_thread")
ident = monkey.get_original("_thread", "get_ident")
sleep = monkey.get_original("time", "sleep")
