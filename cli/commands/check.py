"""Check a folder of film source: compile it and look at one frame of each scene."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cli.exits import FINDINGS, OK
from cli.folder import source_files
from cli.house import House
from domain.finding import Finding


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director check`."""
    parser.add_argument("folder", type=Path, help="a folder with film.py or film.json")


async def act(options: argparse.Namespace, house: House) -> int:
    """Print every finding as `file:line: message`."""
    try:
        return await _check(options, house)
    finally:
        await house.close()


async def _check(options: argparse.Namespace, house: House) -> int:
    files = source_files(options.folder)
    build = await house.engine.compile(files)
    findings: list[Finding] = list(build.findings)
    if build.composition is not None:
        film = build.composition
        middles = [start + scene.frames // 2 for start, scene in zip(film.starts(), film.scenes, strict=True)]
        looked = await house.engine.stills(film, files, [min(frame, film.frames - 1) for frame in middles])
        findings += looked.findings
    if options.json:
        print(json.dumps({"findings": [finding.model_dump(mode="json") for finding in findings]}))
    for finding in [] if options.json else findings:
        place = f"{finding.file}:{finding.line}: " if finding.file else ""
        print(f"{place}{finding.severity}: {finding.message} [{finding.code}]")
    if not options.json and not findings:
        print("nothing found")
    return FINDINGS if any(finding.severity == "error" for finding in findings) else OK
