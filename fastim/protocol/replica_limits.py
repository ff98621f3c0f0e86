"""Bounds of reads from replicas, each with its reason. Clients have no use for them."""

from __future__ import annotations

WAIT_SECONDS = 0.05
"""How long a read waits for a replica to have what the primary has: replication takes a millisecond where
nothing is wrong, and the primary answers most reads within ten."""
CONNECT_SECONDS = 1
ANSWER_SECONDS = 2
"""How long one answer of a replica may take; then the primary is asked."""
REST_SECONDS = 2
"""How long a replica that failed or was behind is not asked: one read in so long waits for it in vain."""
