"""What the pages say, by its name in web/src/locales: a test reads the same in every language."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tests.servers import ROOT


@cache
def _texts(locale: str) -> Any:
    return json.loads((ROOT / "web/src/locales" / f"{locale}.json").read_text("utf-8"))


def words(locale: str, key: str, **values: object) -> str:
    """The text of a key ("talk.newer") with these values in it; of two forms the one for `count`."""
    text = _texts(locale)
    for name in key.split("."):
        text = text[name]
    one, _, more = str(text).partition(" | ")
    return (more if more and values.get("count") != 1 else one).format(**values)
