"""The bounds of the bus between processes, each with its reason; as in `fastim.protocol.limits`."""

from __future__ import annotations

BUS_CONVERSATIONS = 100_000
"""Conversations of which a process remembers what it told last, about 150 bytes each."""
BUS_GAP_SECONDS = 0.25
"""How long an entry waits for news of the one before from another process until that is read from the log:
crossing commits differ by milliseconds."""
BUS_HELD = 10_000
"""Units that wait for their turn in one process; what comes beyond from others is read from the log as
well. What it committed itself waits in any case: it commits nothing while there is no log to read."""
BUS_OUTGOING = 20_000
"""Units that wait to be published by one process; what comes beyond is dropped, counted, and read from
the log by the others."""
BUS_UNLOGGED = 20_000
"""News that is in no log (marks, changed lists), kept to be told again: about 500 bytes each."""
BUS_UNLOGGED_SECONDS = 15.0
"""How long it is kept while nothing is in doubt: who has missed something finds out within 3 s, and says so
when it hears again and has read the log."""
BUS_SIGNAL_USERS = 16
"""People whose channels get a signal each; one for more (a presence for all friends) goes to every
process."""
BUS_PULSE_SECONDS = 0.5
"""Between signs of life of one process."""
BUS_SILENCE_SECONDS = 2.0
"""Without a sign of life, one's own coming back included, after which the bus is doubted."""
BUS_RENEWED_SECONDS = 10.0
"""Without one's own sign of life coming back, after which the lines that publish are made anew: nothing is
answered there, so a line whose other end has gone takes all that is written for the quarter of an hour in
which the system sends it again. A Redis that stood still for less has then told what it was given."""
BUS_MISSED_SECONDS = 600.0
"""How long a process that went silent without a goodbye is thought to go on committing."""
BUS_LOOK_SECONDS = 1.0
"""Between two looks at the log while the bus is in doubt; every entry comes within 5 s."""
BUS_CALM_LOOK_SECONDS = 30.0
"""The same while all is well: what nobody knows to be lost."""
BUS_OVERLAP_SECONDS = 10.0
"""Ids become visible in another order than they were given, for as long as a transaction may last."""
BUS_UNSEEN_IDS = 10_000
"""The same of a process that has just started, and saw nothing before: so many ids are given out while a
commit, which may be one of several in several processes, ends."""
BUS_READ_ENTRIES = 500
"""Entries of one conversation that one look reads from the log; the rest comes with the next."""
BUS_WAIT_SECONDS = 2.0
"""How long a new connection waits until its channels are heard; without the bus the log is looked at
instead."""
BUS_IDLE_SECONDS = 15.0
"""How long a channel is still heard after the last who needed it: people come back."""
PRESENCE_DEAD_SECONDS = 60.0
"""Silence after which a process's users are taken for gone: 90 s were promised, and a look and a burial
that another process died of take some more."""
PRESENCE_LOOK_SECONDS = 5.0
"""Between two looks for processes that have fallen silent, and for what Redis has lost of ours."""
PRESENCE_BURIAL_SECONDS = 10
"""How long one process has to take a dead one's users away before another does: a pipeline for each 500."""
SESSIONS_LOOKED_AT = 1000
"""Connections whose sessions are looked up each second, in turn: what a program that tells no process ended
(a command beside a server alone) is noticed after a second for each thousand of them. 2 ms of the loop."""
