"""Write web/src/data/emoji-list.ts from the npm package emojibase-data, unpacked in FOLDER.

    python -m tools.emoji FOLDER

One line is one emoji: sign, Chinese words, English words, separated by tabs; the first word is its name.
A plus before the sign says that it takes a skin tone after its first character. Chinese names that the list
has already stay: some are ours, shorter than those of Unicode, as people call them.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATH = ROOT / "web" / "src" / "data" / "emoji-list.ts"
MOST_WORDS = 6
NEWEST = 15.0
"""Systems of three years ago know Emoji 15.0."""
GROUPS = ("faces", "people", "", "nature", "food", "travel", "play", "things", "symbols", "flags")
TONES = range(0x1F3FB, 0x1F400)
Emoji = dict[str, Any]


def written(folder: Path, own: dict[str, str]) -> str:
    version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    english, chinese = (
        json.loads((folder / lang / "data.json").read_text("utf-8")) for lang in ("en", "zh")
    )
    groups: dict[str, list[str]] = {name: [] for name in GROUPS if name}
    words = {one["hexcode"]: one for one in chinese}
    for one in sorted(english, key=lambda each: each.get("order", 0)):
        name = GROUPS[one["group"]] if "group" in one else ""
        if name and one["version"] <= NEWEST:
            groups[name].append(_line(one, words[one["hexcode"]], own))
    parts = [
        f"/** Written by tools/emoji.py from emojibase-data {version} (MIT, Unicode CLDR). Do not edit. */",
        "export const LISTS: Record<string, string> = {",
        *(f"  {name}: `\n{chr(10).join(lines)}`," for name, lines in groups.items()),
        "};",
        "",
    ]
    return "\n".join(parts)


def _line(one: Emoji, zh: Emoji, own: dict[str, str]) -> str:
    sign = one["emoji"]
    ours = own.get(sign.replace("\ufe0f", ""), "")
    return "\t".join((("+" if _takes_tone(one) else "") + sign, _words(zh, ours), _words(one, "").lower()))


def _words(one: Emoji, first: str) -> str:
    """The name and what else it is found by; each once, without what would end the line."""
    all_words = [first, one["label"], *one.get("tags", ())]
    clean = [re.sub(r"[\t\n`\\$,]", " ", word).strip() for word in all_words]
    return ",".join(list(dict.fromkeys(word for word in clean if word))[:MOST_WORDS])


def _takes_tone(one: Emoji) -> bool:
    """Whether the pages' rule makes its five toned signs: the tone goes behind the first character."""
    skins = [skin["emoji"] for skin in one.get("skins", ()) if isinstance(skin.get("tone"), int)]
    return bool(skins) and [toned(one["emoji"], tone) for tone in TONES] == skins


def toned(sign: str, tone: int) -> str:
    return sign[0] + chr(tone) + sign[1:].removeprefix("\ufe0f")


def own_names() -> dict[str, str]:
    """Those of the list as it is."""
    lines = [line.split("\t") for line in PATH.read_text("utf-8").splitlines() if "\t" in line]
    return {line[0].lstrip("+").replace("\ufe0f", ""): line[1].split(",")[0] for line in lines}


if __name__ == "__main__":
    PATH.write_text(written(Path(sys.argv[1]), own_names()), "utf-8")
