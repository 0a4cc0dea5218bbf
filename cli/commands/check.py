"""Check a folder of film source, or a finished film; with both, the film is held against its source."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cli.exits import FINDINGS, OK
from cli.folder import source_files
from cli.house import House
from domain.checks import codes
from domain.composition import Composition
from domain.errors import UserError
from domain.finding import Report, Skipped, worst_first


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director check`."""
    parser.add_argument("subject", type=Path, help="a folder with film.py or film.json, or a finished film")
    parser.add_argument("--source", type=Path, metavar="FOLDER", help="what the film was made from")


async def act(options: argparse.Namespace, house: House) -> int:
    """Print every finding as `file:line: message`; exit code 1 when one is red."""
    try:
        subject: Path = options.subject
        if subject.is_dir():
            if options.source is not None:
                raise UserError(
                    "no_film", f"--source goes with a finished film; {str(subject)!r} is a folder"
                )
            report = await check_source(subject, house)
        else:
            report = await check_film(subject, options.source, house)
    finally:
        await house.close()
    show(report, as_json=options.json)
    return FINDINGS if report.red else OK


async def check_source(folder: Path, house: House) -> Report:
    """Compile a folder and look at a frame of each scene."""
    files = source_files(folder)
    build = await house.engine.compile(files)
    film = build.composition
    if film is None:
        reason = "the film does not compile"
        skipped = tuple(Skipped(code=code, reason=reason) for code in codes("texts", "picture"))
        return Report(findings=worst_first(build.findings), checked=codes("source"), skipped=skipped)
    middles = [start + scene.frames // 2 for start, scene in zip(film.starts(), film.scenes, strict=True)]
    looked = await house.engine.stills(film, files, [min(frame, film.frames - 1) for frame in middles])
    findings = worst_first((*build.findings, *looked.findings))
    return Report(findings=findings, checked=codes("source", "texts", "picture"))


async def check_film(path: Path, source: Path | None, house: House) -> Report:
    """Decode a finished film and judge it, against its source where that is given."""
    if not path.is_file():
        raise UserError("no_film", f"there is no film and no folder {str(path)!r}")
    files: dict[str, Path] = {}
    film: Composition | None = None
    if source is not None:
        files = source_files(source)
        build = await house.engine.compile(files)
        film = build.composition
        if film is None:
            return Report(findings=worst_first(build.findings), checked=codes("source"))
    return (await house.engine.watch(path, film, files)).report


def show(report: Report, *, as_json: bool) -> None:
    """Print a report."""
    if as_json:
        print(json.dumps(report.model_dump(mode="json")))
        return
    for finding in report.findings:
        place = f"{finding.file}:{finding.line}: " if finding.file else ""
        print(f"{place}{finding.severity}: {finding.message} [{finding.code}]")
    if not report.findings:
        print("nothing found")
    print(f"{len(report.checked)} checks made, {len(report.skipped)} left out")
    for reason in dict.fromkeys(each.reason for each in report.skipped):
        left = ", ".join(each.code for each in report.skipped if each.reason == reason)
        print(f"left out, as {reason}: {left}")
