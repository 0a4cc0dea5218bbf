"""Fill an installation that holds nothing yet from a backup."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cli.exits import OK
from cli.house import House


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director restore`."""
    parser.add_argument("file", type=Path, help="what `director backup` wrote")


async def act(options: argparse.Namespace, house: House) -> int:
    """Read the file: all of it, or nothing."""
    house.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = await house.archive.restore(options.file)
    print(json.dumps(told) if options.json else f"restored {told['rows']} rows and {told['blobs']} blobs")
    return OK
