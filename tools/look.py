"""Compiling a project and drawing frames of it, as several tools do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain import links
from domain.composition import Composition
from domain.engine import Stills
from domain.errors import ToolError
from domain.event import FrameCaptured
from domain.finding import Finding
from tools.answer import Picture
from tools.context import ToolContext

MOST_LINES = 40
MOST_MEANT = 8
MOST_CROPS = 3
"""Pieces that are shown beside the sheet; the others are links."""


@dataclass(frozen=True)
class Compiled:
    """A project's newest revision as a film, or the findings that say why it is none."""

    film: Composition | None
    files: dict[str, Path]
    findings: tuple[Finding, ...]


async def compiled(ctx: ToolContext) -> Compiled:
    """Compile the newest revision.

    Raises ToolError("missing", …) when there is no source.
    """
    files = await ctx.tree()
    if not files:
        raise ToolError("missing", "the project has no source yet; scaffold_project makes some")
    await ctx.progress("compiling")
    build = await ctx.engine.compile(files)
    return Compiled(build.composition, files, build.findings)


async def drawn(ctx: ToolContext, source: Compiled, frames: Sequence[int], caption: str) -> Stills:
    """Draw frames of a compiled film and put their contact sheet before the caller's eyes."""
    assert source.film is not None, "only a film can be drawn"
    await ctx.progress(f"drawing {len(frames)} frames")
    stills = await ctx.engine.stills(source.film, source.files, frames)
    if stills.sheet is not None:
        sha256 = await ctx.blobs.put(stills.sheet)
        href = links.picture(ctx.project_id, sha256)
        ctx.show(Picture(sha256=sha256, media_type="image/jpeg", href=href, caption=caption))
        times = tuple(round(frame / source.film.fps, 3) for frame in frames)
        ctx.emit(FrameCaptured(url=href, times=times, revision=ctx.project.revision))
    return stills


async def cut_out(ctx: ToolContext, stills: Stills) -> list[str]:
    """Put pieces around the worst findings before the caller's eyes; give the addresses of the rest."""
    rest: list[str] = []
    for number, crop in enumerate(stills.crops):
        sha256 = await ctx.blobs.put(crop.jpeg)
        href = links.picture(ctx.project_id, sha256)
        finding = stills.findings[crop.finding]
        if number < MOST_CROPS:
            ctx.show(Picture(sha256=sha256, media_type="image/jpeg", href=href, caption=_line(finding)[:200]))
        else:
            ctx.emit(FrameCaptured(url=href, times=finding.span or (), revision=ctx.project.revision))
            rest.append(f"{finding.code} of {finding.node or finding.scene}: {href}")
    return rest


def told(findings: Sequence[Finding]) -> list[str]:
    """Findings as lines that a compiler might print, the worst first, each once."""
    order = {"error": 0, "warning": 1, "advice": 2}
    lines: dict[str, None] = {}
    for finding in sorted(findings, key=lambda each: order[each.severity]):
        if not finding.allowed:
            lines[_line(finding)] = None
    found = list(lines)
    meant = sorted({f"{each.code} of {each.node}" for each in findings if each.allowed})
    if meant:
        rest = f" and {len(meant) - MOST_MEANT} more" if len(meant) > MOST_MEANT else ""
        found.append(f"advice: declared as meant to be: {', '.join(meant[:MOST_MEANT])}{rest}")
    if len(found) > MOST_LINES:
        return [*found[:MOST_LINES], f"… and {len(found) - MOST_LINES} more; mend these first"]
    return found


def _line(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}: " if finding.file and finding.line else ""
    if not place and finding.scene:
        place = f"scene {finding.scene}{f', {finding.node}' if finding.node else ''}: "
    message = finding.message.removeprefix(place).removeprefix(f"{finding.file}:{finding.line}: ")
    hint = finding.fix_hint
    mend = f" ({hint})" if hint and hint not in message else ""
    severity = "" if finding.severity == "error" else f"{finding.severity}: "
    return f"{severity}{place}{message}{mend}"
