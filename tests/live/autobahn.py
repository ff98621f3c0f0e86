"""The Autobahn cases against an echo server; the cases of compression with at most some MiB of messages.

    python -m tests.live.autobahn 127.0.0.1:9001 --cases 12.* 13.* --mib 8

Each of the 216 compression cases sends a thousand messages of one size, 12 GiB in all both ways: four and a
half minutes of CPU, most of it zlib's, more than half of it the client's. Our server keeps nothing between
messages, so the first tenths of a case say what the rest would. The exit code is 0 if every case passed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from kosoku import FailureError, run_fuzzingclient
from kosoku.cases import CASES


def shorten(mib: int) -> None:
    """Let each case of compression send as many of its messages as make up `mib` MiB, and one at least."""
    for number, case in CASES.items():
        if number.startswith(("12.", "13.")):
            case.COUNT = max(1, min(case.COUNT, (mib << 20) // case.LEN))


async def run(address: str, cases: list[str], at_once: int) -> int:
    try:
        results = await run_fuzzingclient(address, cases, [], concurrency=at_once)
    except FailureError as failure:
        sys.stdout.write(f"{failure}\n")
        return 1
    sys.stdout.write(f"{len(results)} cases passed\n")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("address", help="HOST:PORT")
    parser.add_argument("--cases", nargs="*", default=[], help="numbers or globs; all by default")
    parser.add_argument("--mib", type=int, default=1024, help="of messages in each case of compression")
    parser.add_argument("--at-once", type=int, default=2)
    arguments = parser.parse_args()
    shorten(arguments.mib)
    return asyncio.run(run(arguments.address, arguments.cases, arguments.at_once))


if __name__ == "__main__":
    sys.exit(main())
