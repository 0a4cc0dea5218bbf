"""A stranger's file is handed in, in a box; and what came of it is held against what may."""

from pathlib import Path

from pydantic import ValidationError

from domain.engine import Output
from domain.errors import ToolError
from domain.paths import check_path
from render.engine import BoxEngine
from tests.abuse.media.good import Good
from tests.abuse.media.hostile import ARGUMENTS, Hostile
from tests.abuse.media.sources import PAYLOAD

NAMES = [
    "../../etc/passwd.png",
    "/etc/passwd.png",
    "assets/-i.wav",
    "assets/concat:a|b.wav",
    "assets/%d.png\0.wav",
    "assets/a\nb.png",
    "assets/http://x/a.wav",
    "assets/a\u202egnp.exe",
]
"""File names that would be arguments, other files, or other addresses."""


async def held(engine: BoxEngine, case: Hostile, folder: Path) -> list[str]:
    """Hand a hostile file in; one sentence for each way in which it got through."""
    source = folder / "source"
    source.write_bytes(case.make())
    try:
        media = await engine.import_media(source, case.kind)
    except ToolError as refusal:
        return [] if case.refused or "broken" in str(refusal) else [f"it was refused: {refusal}"]
    wrong = [f"it was taken as {media.facts}"] if case.refused else []
    if PAYLOAD in media.content:
        wrong.append("what was hidden in it came through")
    return wrong


async def accepted(engine: BoxEngine, case: Good, folder: Path) -> list[str]:
    """Hand a good file in; why it was not taken, if it was not."""
    source = folder / "source"
    source.write_bytes(case.make())
    try:
        media = await engine.import_media(source, case.kind)
    except ToolError as refusal:
        return [str(refusal)]
    return [] if media.content else ["nothing came out of it"]


def refused_arguments() -> dict[str, bool]:
    """Say of each argument set and name whether it was refused."""
    told: dict[str, bool] = {}
    for name, words in ARGUMENTS.items():
        try:
            Output.model_validate(words)
        except ValidationError:
            told[name] = True
        else:
            told[name] = False
    for name in NAMES:
        try:
            check_path(name)
        except ToolError:
            told[repr(name)] = True
        else:
            told[repr(name)] = False
    return told
