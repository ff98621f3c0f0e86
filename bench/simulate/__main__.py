"""The simulation as a command."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

from bench.simulate.needs import Needs, needs
from bench.simulate.waits import Waits, simulate
from bench.simulate.world import World, as_toml, read


def table(world: World, need: Needs, waits: dict[str, Waits]) -> str:
    lines = [f"{world.users:,} users, seed {world.seed}", ""]
    for name, value in asdict(need).items():
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        lines.append(f"{name.replace('_', ' '):24}{shown:>18}")
    lines += [
        "",
        f"{'':16}{'busiest':>9}{'busy':>7}{'p50 ms':>9}{'p99 ms':>9}{'failed p99':>12}{'well after':>12}",
    ]
    for name, one in waits.items():
        after = "never" if math.isinf(one.recovered_s) else f"{one.recovered_s:.1f} s"
        lines.append(
            f"{name:16}{one.busiest:>8.2f}x{one.busy:>7.0%}{one.p50_ms:>9.2f}{one.p99_ms:>9.2f}"
            f"{one.failed_p99_ms:>12,.0f}{after:>12}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.simulate", description="What a number of people needs."
    )
    parser.add_argument("file", nargs="?", type=Path, help="own numbers, as --show prints them")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true", help="print all that is assumed, as TOML")
    for field in fields(World):
        if field.name != "group_sizes":
            kind = int if isinstance(field.default, int) else float
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind)
    given = vars(parser.parse_args(arguments))
    try:
        world = replace(World(), **(read(given["file"]) if given["file"] else {}))
        named = {
            field.name: given[field.name] for field in fields(World) if given.get(field.name) is not None
        }
        world = replace(world, **named)
        world.check()
    except (ValueError, TypeError, OSError) as error:
        parser.error(str(error))
    if given["show"]:
        print(as_toml(world), end="")
        return
    need, waits = needs(world), simulate(world)
    if given["json"]:
        shown = {
            name: {k: None if math.isinf(v) else v for k, v in asdict(one).items()}
            for name, one in waits.items()
        }
        print(json.dumps({"world": asdict(world), "needs": asdict(need), "waits": shown}, indent=1))
        return
    print(table(world, need, waits))


if __name__ == "__main__":
    main()
