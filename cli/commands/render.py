"""Render a folder of film source to an MP4, without the server."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from rich.console import Console

from cli.client import Sent
from cli.exits import FINDINGS, OK
from cli.folder import source_files
from cli.house import House
from cli.show import Show
from domain.engine import Output, Progress
from domain.errors import UserError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director render`."""
    parser.add_argument("folder", type=Path, help="a folder with film.py or film.json")
    parser.add_argument("--out", type=Path, default=Path("film.mp4"), help="the film (%(default)s)")
    parser.add_argument("--quality", choices=("draft", "standard", "high"), default="standard")
    parser.add_argument("--still", type=float, metavar="SECONDS", help="draw one frame as PNG instead")


async def act(options: argparse.Namespace, house: House) -> int:
    """Compile, draw, write; faults of the source are printed as findings."""
    try:
        return await _render(options, house)
    finally:
        await house.close()


async def _render(options: argparse.Namespace, house: House) -> int:
    files = source_files(options.folder)
    target: Path = options.out
    if not target.parent.is_dir():
        raise UserError("no_such_folder", f"--out is {str(target)!r}; its folder does not exist")
    await house.open()
    build = await house.engine.compile(files)
    for finding in build.findings:
        Console(stderr=True).print(f"{finding.file}:{finding.line}: {finding.message}", markup=False)
    film = build.composition
    if film is None:
        return FINDINGS
    if options.still is not None:
        if not 0 <= options.still < film.seconds:
            raise UserError(
                "no_such_time", f"--still is {options.still:g} s; the film lasts {film.seconds:g} s"
            )
        drawn = await house.engine.stills(film, files, [int(options.still * film.fps)], png=True, sheet=False)
        target = target.with_suffix(".png")
        target.write_bytes(drawn.stills[0].png)
        print(f"still: {target}")
        return OK
    show = Show(Console(quiet=options.json))

    async def on_progress(progress: Progress) -> None:
        percent = 100 * progress.done / max(progress.total, 1)
        show.event(Sent(0, "render.progress", {**progress.model_dump(), "percent": percent}))

    with tempfile.TemporaryDirectory(prefix="director-") as folder:
        made = await house.engine.film(
            film, files, Output(quality=options.quality), Path(folder), on_progress=on_progress
        )
        shutil.move(made.path, target)
    show.close()
    report = made.report
    if options.json:
        told = {
            "film": str(target),
            "facts": made.facts.model_dump(),
            "report": report.model_dump(mode="json"),
        }
        print(json.dumps(told))
    else:
        for finding in report.findings:
            Console(stderr=True).print(f"{finding.severity}: {finding.message}", markup=False)
        print(f"film: {target}")
    return FINDINGS if report.red else OK
