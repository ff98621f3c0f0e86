"""The mark of a database that `restore` or `migrate-db` has begun to fill, and not ended.

It is a table, which the finished command drops. Nothing of ours is loaded here: the preflight asks too,
before gevent has patched anything.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

MARK = "fastim_copy"
"""The table, as `operations.target` makes it."""
CURE = (
    "run the `restore` or `migrate-db` that fills it again, to its end; or name another database in "
    "FASTIM_DATABASE_URL"
)


def is_unfinished(connection: Connection) -> bool:
    """Whether this database is a copy that did not come to its end."""
    return inspect(connection).has_table(MARK)
