"""The tool that checks whether the film compiles and every scene can be drawn."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from domain.checks import codes
from domain.composition import Composition
from domain.event import CheckFinished
from domain.finding import Finding, Skipped
from tools.context import ToolContext
from tools.define import READS, Args, Result, tool
from tools.look import Compiled, compiled, told
from tools.moments import settled

MOST_SCENES = 40
AFTER = ("not_determined", "placeholder_text", "asset_missing", "asset_broken", "font_substituted")
"""Checks of the source that need a film."""


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
    source = await compiled(ctx)
    film = source.film
    checked = list(codes("source"))
    skipped: list[Skipped] = []
    findings = list(source.findings)
    if film is None:
        reason = "the film does not compile"
        checked = [code for code in checked if code not in AFTER]
        skipped += [
            Skipped(code=code, reason=reason) for code in (*AFTER, *codes("texts", "picture", "look"))
        ]
    else:
        findings += await _again(ctx, source, film)
        findings += await _draw(ctx, source, film)
        checked += codes("texts", "picture", "look")
        if len(film.scenes) > MOST_SCENES:
            reason = f"only the first {MOST_SCENES} of {len(film.scenes)} scenes were drawn"
            skipped.append(Skipped(code="draw_all", reason=reason))
    ctx.find(*findings)
    ctx.emit(
        CheckFinished(
            subject="source", findings=tuple(findings), checked=tuple(checked), skipped=tuple(skipped)
        )
    )
    return _told(film, findings, skipped)


async def _again(ctx: ToolContext, source: Compiled, film: Composition) -> tuple[Finding, ...]:
    """Compile a second time: the same source has to give the same film."""
    build = await ctx.engine.compile(source.files)
    if build.composition == film:
        return ()
    return (
        Finding(
            code="not_determined", severity="error", message="compiled twice, the source gives two films",
            fix_hint="leave out clocks, sets in order and random sources of your own: film.random(name)",
        ),
    )  # fmt: skip


async def _draw(ctx: ToolContext, source: Compiled, film: Composition) -> tuple[Finding, ...]:
    frames = settled(film)[:MOST_SCENES]
    await ctx.progress(f"drawing {len(frames)} frames")
    stills = await ctx.engine.stills(film, source.files, sorted(set(frames)), sheet=False)
    return stills.findings


def left_out(skipped: list[Skipped]) -> list[str]:
    """Name what was not checked, by reason."""
    found: list[str] = []
    for reason in dict.fromkeys(each.reason for each in skipped):
        names = [each.code for each in skipped if each.reason == reason]
        found.append(f"{names[0] if len(names) == 1 else f'{len(names)} checks'}: {reason}")
    return found


def _told(film: Composition | None, findings: list[Finding], skipped: list[Skipped]) -> BuildCheck:
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
        size=f"{film.width}x{film.height}, {film.fps} fps",
        scenes=scenes,
        skipped=reasons,
    )
