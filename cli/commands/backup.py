"""Write the database and every blob it names into one file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cli.exits import FINDINGS, OK
from cli.house import House
from domain.errors import UserError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director backup`."""
    parser.add_argument("file", type=Path, help="a tar file that does not exist yet")


async def act(options: argparse.Namespace, house: House) -> int:
    """Write the file; the server may go on working."""
    if options.file.exists():
        raise UserError("file_exists", f"{str(options.file)!r} is there already; name a new file")
    await house.open()
    told = await house.archive.backup(options.file)
    if options.json:
        print(json.dumps(told))
    else:
        size = told["bytes"] >> 20
        print(f"{options.file}: {told['rows']} rows, {told['blobs']} blobs, {size} MiB")
        if told["missing"]:
            print(f"{told['missing']} blobs that rows name are not there")
    return FINDINGS if told["missing"] else OK
