"""The search index where the database holds it: MySQL and MariaDB. SQLite's is a file of its own."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model

MYSQL_ONLY = {"dialects": ("mysql", "mariadb")}
"""A table's `info`: which databases have it."""


class SearchEntry(Model):
    """What a message can be found by: words as `backends.search.mysql` writes them."""

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ft_search_entry_words", "words", mysql_prefix="FULLTEXT", mariadb_prefix="FULLTEXT"),
        {"info": MYSQL_ONLY},
    )

    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"))


class SearchState(Model):
    """One row: up to which entry of the log the index goes, and which version of words it has."""

    __tablename__ = "search_state"
    __table_args__ = ({"info": MYSQL_ONLY},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
    version: Mapped[int] = mapped_column(default=0)
