"""How many of the bad films that the tests make are caught by the check that is meant for them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.figure import Bar
from tests.bad.files import FILES
from tests.bad.pictures import LOOKS, PICTURES
from tests.bad.sources import SOURCES
from tests.bad.spoken import SPOKEN

ALL = (*SOURCES, *PICTURES, *LOOKS, *FILES, *SPOKEN)
BARS = {"bad_fixtures_missed": Bar("≤", 0)}


def measure(folder: Path) -> dict[str, float]:
    """Make every bad film and check it."""
    caught = 0
    for bad in ALL:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            found = bad.caught(Path(place))
        caught += found
        if not found:
            sys.stderr.write(f"  not caught: {bad}\n")
    return {
        "bad_fixtures": len(ALL), "bad_fixtures_caught": caught, "bad_fixtures_missed": len(ALL) - caught,
        "bad_fixtures_checks": len({bad.code for bad in ALL}),
    }  # fmt: skip
