"""Write the cut of a film for an editing program."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cli.commands.render import tell
from cli.exits import FINDINGS, OK
from cli.folder import source_files
from cli.house import House
from domain.engine import TYPES
from domain.errors import UserError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director export`."""
    parser.add_argument("folder", type=Path, help="a folder with film.py or film.json")
    parser.add_argument(
        "--otio",
        type=Path,
        default=Path("film.otio"),
        metavar="FILE",
        help="the cut, as OpenTimelineIO (%(default)s)",
    )
    parser.add_argument(
        "--media", default="film.mp4", metavar="NAME", help="the finished film, beside the cut"
    )


async def act(options: argparse.Namespace, house: House) -> int:
    """Compile and write; faults of the source are printed as findings."""
    try:
        return await _export(options, house)
    finally:
        await house.close()


async def _export(options: argparse.Namespace, house: House) -> int:
    target: Path = options.otio
    if target.suffix != ".otio":
        raise UserError("no_cut", f"--otio is {str(target)!r}; end it in .otio")
    if not target.parent.is_dir():
        raise UserError("no_such_folder", f"--otio is {str(target)!r}; its folder does not exist")
    if Path(options.media).suffix not in TYPES:
        raise UserError("no_film", f"--media is {options.media!r}; end it in {', '.join(TYPES)}")
    files = source_files(options.folder)
    await house.open()
    build = await house.engine.compile(files)
    tell(build.findings)
    if build.composition is None:
        return FINDINGS
    target.write_bytes(house.engine.timeline(build.composition, options.media))
    print(json.dumps({"otio": str(target)}) if options.json else f"otio: {target}")
    return OK
