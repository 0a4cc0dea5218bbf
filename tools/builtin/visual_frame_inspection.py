"""The tool that looks at frames of the film."""

from __future__ import annotations

from pydantic import Field

from domain.composition import Composition
from domain.errors import ToolError, Unavailable
from domain.finding import Finding
from tools.context import ToolContext
from tools.define import READS, Args, Result, tool
from tools.look import compiled, cut_out, drawn, told

MOST_FRAMES = 12


class VisualFrameInspection(Args):
    """Which moments to look at; without any, the middle of each scene."""

    frame_numbers: list[int] = Field(default=[], max_length=MOST_FRAMES)
    """Frames of the film, from 0."""
    times: list[float] = Field(default=[], max_length=MOST_FRAMES)
    """Seconds of the film, in place of frame_numbers."""
    analysis_prompt: str = Field(default="", max_length=500)
    """A question about the frames. A separate model answers it where there is one; findings stand anyway."""


class Inspected(Result):
    """What was seen; the contact sheet comes as a picture."""

    frames: list[int]
    """The frames on the sheet, in reading order."""
    times: list[float]
    """Their seconds."""
    findings: list[str]
    """Faults, the worst first."""
    url: str = ""
    """The contact sheet."""
    more: list[str] = []
    """Further pieces around findings, by address."""
    opinion: str = ""
    """What a separate model answers to analysis_prompt, or why none looked. It changes no finding."""


@tool(effects=READS, example=VisualFrameInspection(times=[0.5, 2]))
async def visual_frame_inspection(ctx: ToolContext, args: VisualFrameInspection) -> Inspected:
    """Draw up to 12 frames of the newest revision as one contact sheet and report faults seen in them."""
    source = await compiled(ctx)
    if source.film is None:
        lines = "\n".join(told(source.findings))
        raise ToolError("invalid", f"the film does not compile, so there is nothing to see:\n{lines}")
    frames = _frames(source.film, args)
    times = [round(frame / source.film.fps, 3) for frame in frames]
    shown = ", ".join(f"{time:g} s" for time in times)
    question = f"; look for: {args.analysis_prompt}" if args.analysis_prompt else ""
    stills = await drawn(ctx, source, frames, f"frames at {shown}{question}")
    more = await cut_out(ctx, stills)
    findings = (*source.findings, *stills.findings)
    ctx.find(*findings)
    lines = told(findings)
    opinion = await _opinion(ctx, args.analysis_prompt, stills.sheet, findings)
    return Inspected(
        summary=f"{len(frames)} frames at {shown}; {len(lines) or 'no'} findings{question}.",
        frames=frames,
        times=times,
        findings=lines,
        url=ctx.work.pictures[0].href if ctx.work.pictures else "",
        more=more,
        opinion=opinion,
    )


async def _opinion(
    ctx: ToolContext, question: str, sheet: bytes | None, findings: tuple[Finding, ...]
) -> str:
    """Have a question answered by somebody who did not make the film, or say plainly that nobody looked."""
    if not question or sheet is None:
        return ""
    if ctx.judge is None:
        return "No model looked: this house works without one. The findings are measured."
    await ctx.progress("a judge looks")
    try:
        said = await ctx.judge.look(await _brief(ctx), question, sheet, findings)
    except Unavailable as away:
        return f"No model looked: {away.message}. The findings are measured."
    ctx.used(said.usage)
    return f"{said.model}: {said.text}"


async def _brief(ctx: ToolContext) -> str:
    """What the user asked for: of this run, else of the project's newest one."""
    async with ctx.transaction() as tx:
        if ctx.run_id is not None:
            return (await tx.runs.get(ctx.run_id)).request.prompt
        newest = await tx.runs.list(ctx.project_id, limit=1)
    return newest[0].request.prompt if newest else "Nobody has written one."


def _frames(film: Composition, args: VisualFrameInspection) -> list[int]:
    if args.frame_numbers and args.times:
        raise ToolError("invalid", "frame_numbers and times are both given; give one of them")
    last = film.frames - 1
    if args.times:
        for time in args.times:
            if not 0 <= time <= film.seconds:
                raise ToolError(
                    "invalid", f"time {time:g} lies outside the film; give 0 to {film.seconds:g} s"
                )
        asked = [min(round(time * film.fps), last) for time in args.times]
    elif args.frame_numbers:
        asked = args.frame_numbers
        for frame in asked:
            if not 0 <= frame <= last:
                raise ToolError("invalid", f"frame {frame} lies outside the film; give 0 to {last}")
    else:
        asked = middles(film)[:MOST_FRAMES]
    return sorted(set(asked))


def middles(film: Composition) -> list[int]:
    """One frame for each scene: its middle."""
    starts = film.starts()
    return [start + scene.frames // 2 for start, scene in zip(starts, film.scenes, strict=True)]
