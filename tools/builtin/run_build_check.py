"""The tool that checks whether the film compiles and every scene can be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from domain.composition import Composition
from domain.finding import Finding, Skipped
from tools.context import ToolContext
from tools.define import READS, Args, Result, tool
from tools.examine import examined
from tools.look import told


class RunBuildCheck(Args):
    """No arguments."""


class SceneFacts(BaseModel):
    """One scene as it compiled."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    id: str
    """Its name."""
    start: float
    """When it begins, seconds of the film."""
    seconds: float
    """How long it lasts."""
    file: str = ""
    """Where it is written."""


class BuildCheck(Result):
    """Whether the film stands, and what is wrong with it."""

    ok: bool
    """No error; warnings and advice may remain."""
    findings: list[str]
    """`file:line: what is wrong (how to mend it)`, the worst first."""
    seconds: float = 0
    """Length of the film."""
    size: str = ""
    """Width, height and frames per second."""
    scenes: list[SceneFacts] = []
    """The scenes in order."""
    skipped: list[str] = []
    """What could not be checked, and why."""


@tool(effects=READS, example=RunBuildCheck())
async def run_build_check(ctx: ToolContext, args: RunBuildCheck) -> BuildCheck:
    """Compile and validate the newest revision, draw a frame of each scene; mend errors before rendering."""
    found = await examined(ctx)
    ctx.find(*found.findings)
    ctx.emit(found.event)
    return _told(found.film, found.findings, found.skipped)


def left_out(skipped: Sequence[Skipped]) -> list[str]:
    """Name what was not checked, by reason."""
    found: list[str] = []
    for reason in dict.fromkeys(each.reason for each in skipped):
        names = [each.code for each in skipped if each.reason == reason]
        found.append(f"{names[0] if len(names) == 1 else f'{len(names)} checks'}: {reason}")
    return found


def _told(film: Composition | None, findings: Sequence[Finding], skipped: Sequence[Skipped]) -> BuildCheck:
    errors = sum(1 for each in findings if each.severity == "error")
    lines = told(findings)
    reasons = left_out(skipped)
    if film is None:
        summary = f"The film does not compile: {errors} errors."
        return BuildCheck(summary=summary, ok=False, findings=lines, skipped=reasons)
    scenes = [
        SceneFacts(
            id=scene.id,
            start=round(start / film.fps, 3),
            seconds=round(scene.frames / film.fps, 3),
            file=scene.source.file if scene.source else "",
        )
        for start, scene in zip(film.starts(), film.scenes, strict=True)
    ]
    state = "stands" if not errors else f"has {errors} errors"
    return BuildCheck(
        summary=f"The film {state}: {len(scenes)} scenes, {film.seconds:g} s, {len(lines) or 'no'} findings.",
        ok=not errors,
        findings=lines,
        seconds=round(film.seconds, 3),
        size=f"{film.width}x{film.height}, {film.fps:.5g} fps",
        scenes=scenes,
        skipped=reasons,
    )
