"""Render a folder of film source to a film or a picture, without the server."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from rich.console import Console

from cli.client import Sent
from cli.exits import FINDINGS, OK
from cli.folder import source_files
from cli.house import House
from cli.parts import moment, scenes, stretch
from cli.rows import film_names, read_rows
from cli.show import Show
from domain.composition import Composition
from domain.engine import SUFFIXES, Encoder, Output, Progress
from domain.errors import UserError
from domain.finding import Finding


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director render`."""
    parser.add_argument("folder", type=Path, help="a folder with film.py or film.json")
    parser.add_argument("--out", type=Path, help="the film (film.mp4), or the folder of films (films)")
    parser.add_argument("--quality", choices=("draft", "standard", "high"), default="standard")
    parser.add_argument("--format", choices=tuple(SUFFIXES), default="mp4", help="%(default)s is H.264")
    parser.add_argument(
        "--encoder", choices=get_args(Encoder), default="software", help="hardware, for mp4 and hevc"
    )
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--range", metavar="FROM-TO", help="only these seconds: 2-4.5")
    part.add_argument("--scenes", metavar="NAMES", help="only these scenes: intro,points")
    parser.add_argument("--still", type=float, metavar="SECONDS", help="draw one frame as PNG instead")
    parser.add_argument("--poster", action="store_true", help="lay film.poster.jpg beside the film")
    parser.add_argument(
        "--thumbnail",
        type=int,
        metavar="PX",
        help="lay film.thumbnail.jpg beside it, this wide or tall (16 to 1920)",
    )
    parser.add_argument("--data", type=Path, metavar="ROWS", help="a CSV or JSON file: one film of each row")


async def act(options: argparse.Namespace, house: House) -> int:
    """Compile, draw, write; faults of the source are printed as findings."""
    try:
        return await _render(options, house)
    finally:
        await house.close()


async def _render(options: argparse.Namespace, house: House) -> int:
    _check(options)
    files = source_files(options.folder)
    if options.data is not None:
        return await _render_rows(options, house, files)
    target: Path = options.out or Path(f"film{SUFFIXES[options.format]}")
    if not target.parent.is_dir():
        raise UserError("no_such_folder", f"--out is {str(target)!r}; its folder does not exist")
    await house.open()
    build = await house.engine.compile(files)
    tell(build.findings)
    if build.composition is None:
        return FINDINGS
    made = await _draw(options, house, build.composition, files, target)
    print(json.dumps(made) if options.json else _line(made))
    return FINDINGS if made.get("red") else OK


def _check(options: argparse.Namespace) -> None:
    small: int | None = options.thumbnail
    if small is not None and not 16 <= small <= 1920:
        raise UserError("value_wrong", f"--thumbnail is {small}; give 16 to 1920 pixels")
    if options.still is not None and (options.poster or small is not None):
        raise UserError("no_film", "--still draws one frame; --poster and --thumbnail belong to a whole film")


async def _render_rows(options: argparse.Namespace, house: House, files: dict[str, Path]) -> int:
    """Make one film of each row; nothing is drawn before every row compiles."""
    rows = read_rows(options.data)
    if "film.py" not in files:
        raise UserError("no_variables", "--data needs a film.py that asks for variables(…)")
    target: Path = options.out or Path("films")
    if target.is_file():
        raise UserError("no_such_folder", f"--out is {str(target)!r}, which is a file; name a folder")
    await house.open()
    with tempfile.TemporaryDirectory(prefix="director-") as folder:
        trees: list[dict[str, Path]] = []
        films: list[Composition | None] = []
        told: set[str] = set()
        for number, row in enumerate(rows, 1):
            path = Path(folder, f"{number}.json")
            path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
            trees.append({**files, "data.json": path})
            build = await house.engine.compile(trees[-1])
            fresh = [each for each in build.findings if each.message not in told]
            told |= {each.message for each in fresh if each.severity != "error"}
            tell(fresh, f"row {number}: ")
            films.append(build.composition)
        good = [film for film in films if film is not None]
        if len(good) < len(films):
            return FINDINGS
        target.mkdir(parents=True, exist_ok=True)
        made: list[dict[str, object]] = []
        for name, film, tree in zip(film_names(rows), good, trees, strict=True):
            made.append(await _draw(options, house, film, tree, target / f"{name}{SUFFIXES[options.format]}"))
            if not options.json:
                print(_line(made[-1]))
    if options.json:
        print(json.dumps(made))
    return FINDINGS if any(each.get("red") for each in made) else OK


def tell(findings: Sequence[Finding], before: str = "") -> None:
    """Print findings as an editor can follow them."""
    for finding in findings:
        line = f"{before}{finding.file}:{finding.line}: {finding.message}"
        Console(stderr=True).print(line, markup=False, highlight=False, soft_wrap=True)


def _line(made: dict[str, object]) -> str:
    names = [name for name in ("film", "poster", "thumbnail", "still") if name in made]
    return "\n".join(f"{name}: {made[name]}" for name in names)


async def _draw(
    options: argparse.Namespace, house: House, film: Composition, files: dict[str, Path], target: Path
) -> dict[str, object]:
    """Draw one film or one frame of it, and tell what came of it."""
    if options.still is not None:
        frame = moment(film, options.still, "--still")
        drawn = await house.engine.stills(film, files, [frame], png=True, sheet=False, look=False)
        target = target.with_suffix(".png")
        target.write_bytes(drawn.stills[0].png)
        return {"still": str(target)}
    first, last = 0, None
    if options.range is not None:
        first, last = stretch(film, options.range)
    elif options.scenes is not None:
        first, last = scenes(film, options.scenes)
    output = Output(
        quality=options.quality, format=options.format, encoder=options.encoder,
        first_frame=first, last_frame=last, **({"thumbnail": options.thumbnail} if options.thumbnail else {}),
    )  # fmt: skip
    show = Show(Console(quiet=options.json))

    async def on_progress(progress: Progress) -> None:
        percent = 100 * progress.done / max(progress.total, 1)
        show.event(Sent(0, "render.progress", {**progress.model_dump(), "percent": percent}))

    with tempfile.TemporaryDirectory(prefix="director-") as folder:
        made = await house.engine.film(film, files, output, Path(folder), on_progress=on_progress)
        shutil.move(made.path, target)
        beside: dict[str, object] = {}
        for name, wanted, path in (
            ("poster", options.poster, made.poster), ("thumbnail", options.thumbnail, made.thumbnail),
        ):  # fmt: skip
            if wanted:
                beside[name] = str(shutil.move(path, target.with_suffix(f".{name}.jpg")))
    show.close()
    report = made.report
    for finding in report.findings:
        if not finding.allowed:
            Console(stderr=True).print(f"{finding.severity}: {finding.message}", markup=False)
    return {
        "film": str(target), **beside, "facts": made.facts.model_dump(),
        "report": report.model_dump(mode="json"), "red": report.red,
    }  # fmt: skip
