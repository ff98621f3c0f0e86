"""The Go version's database as its xorm makes it, and rows as it leaves them after some years."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pymysql

from tests.servers import MariaDb

# What xorm 0.7 sends for the Go version's three structs: no index but the ids, every column may be NULL.
TABLES = (
    """CREATE TABLE IF NOT EXISTS `user` (`id` BIGINT(64) PRIMARY KEY AUTO_INCREMENT NOT NULL,
    `mobile` VARCHAR(20) NULL, `passwd` VARCHAR(40) NULL, `avatar` VARCHAR(150) NULL,
    `sex` VARCHAR(2) NULL, `nickname` VARCHAR(20) NULL, `salt` VARCHAR(10) NULL, `online` INT(10) NULL,
    `token` VARCHAR(40) NULL, `memo` VARCHAR(140) NULL, `createat` DATETIME NULL) DEFAULT CHARSET utf8""",
    """CREATE TABLE IF NOT EXISTS `community` (`id` BIGINT(20) PRIMARY KEY AUTO_INCREMENT NOT NULL,
    `name` VARCHAR(30) NULL, `ownerid` BIGINT(20) NULL, `icon` VARCHAR(250) NULL, `cate` INT(11) NULL,
    `memo` VARCHAR(120) NULL, `createat` DATETIME NULL) DEFAULT CHARSET utf8""",
    """CREATE TABLE IF NOT EXISTS `contact` (`id` BIGINT(20) PRIMARY KEY AUTO_INCREMENT NOT NULL,
    `ownerid` BIGINT(20) NULL, `dstobj` BIGINT(20) NULL, `cate` INT(11) NULL, `memo` VARCHAR(120) NULL,
    `createat` DATETIME NULL) DEFAULT CHARSET utf8""",
)
DATE = "2019-12-26 20:15:00"
COLUMNS = {
    "user": "id, mobile, passwd, salt, avatar, sex, nickname, memo, createat, online, token",
    "community": "id, name, ownerid, icon, cate, memo, createat",
    "contact": "id, ownerid, dstobj, cate, memo, createat",
}


def md5(plain: str, salt: str) -> str:
    return hashlib.md5((plain + salt).encode()).hexdigest()


def user(user_id: int, mobile: str | None, nickname: str = "阿明", **other: object) -> tuple[object, ...]:
    """A row of `user`; the password is `secret-N` with N the id."""
    salt = f"{user_id:06d}"
    values = {
        "passwd": md5(f"secret-{user_id}", salt),
        "salt": salt,
        "avatar": "",
        "sex": "M",
        "memo": "",
        "createat": DATE,
        **other,
    }
    shown = (values["avatar"], values["sex"], nickname, values["memo"], values["createat"])
    return (user_id, mobile, values["passwd"], values["salt"], *shown, 0, "t" * 32)


class GoVersion:
    """A database `chat` on a private MariaDB, and a folder `resource`."""

    def __init__(self, server: MariaDb, folder: Path, database: str = "chat") -> None:
        server.create(database)
        self._server = server
        self._database = database
        self.url = server.url(database)
        self.resource = folder / "resource-of-go"
        self.resource.mkdir()
        server.execute(*TABLES, database=database)

    def add(self, table: str, *rows: Sequence[object]) -> None:
        """Insert rows as the Go version's driver would, zero dates included."""
        names = COLUMNS[table]
        places = ", ".join(["%s"] * (names.count(",") + 1))
        link = pymysql.connect(
            host="127.0.0.1", port=self._server.port, user="root", database=self._database, autocommit=True
        )
        with link, link.cursor() as cursor:
            cursor.execute("SET SESSION sql_mode = ''")
            cursor.executemany(f"INSERT INTO `{table}` ({names}) VALUES ({places})", rows)

    def retype(self, table: str, column: str, kind: str) -> None:
        """Somebody did, as the text did not fit."""
        change = f"ALTER TABLE `{table}` MODIFY `{column}` {kind} NULL"
        self._server.execute(change, database=self._database)

    def renumber(self, table: str, old_id: int, new_id: int) -> None:
        """A row gets another id, as no insert would give it."""
        self._server.execute(
            f"UPDATE `{table}` SET id = {new_id} WHERE id = {old_id}", database=self._database
        )

    def drop(self, table: str) -> None:
        self._server.execute(f"DROP TABLE `{table}`", database=self._database)
