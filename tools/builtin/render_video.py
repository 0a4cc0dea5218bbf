"""The tool that orders the finished film."""

from __future__ import annotations

from typing import Literal

from domain import links
from domain.engine import Format, Output
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool
from tools.renders import order


class RenderVideo(Args):
    """How the film is to be made."""

    quality: Literal["draft", "standard", "high"] = "standard"
    """draft is half size and quick; high spends more time and bits."""
    format: Format = "mp4"
    """mp4 is H.264; vp9, webm are WebM; png a ZIP; webm, prores, gif, webp, apng, png keep transparency."""


class Ordered(Result):
    """A render on its way."""

    job_id: str
    """For wait_for_job and cancel_job."""
    render_id: str
    """The render."""
    revision: int
    """What it shows."""
    status: str
    """How it stands."""
    status_url: str
    """Where its progress is told."""


@tool(effects=Effects(writes=True), example=RenderVideo(quality="draft"), scope="render")
async def render_video(ctx: ToolContext, args: RenderVideo) -> Ordered:
    """Render the newest revision to a film. Answers at once with a job; wait_for_job tells its end."""
    render, fresh = await order(ctx, "film", Output(quality=args.quality, format=args.format))
    what = "is queued" if fresh else f"was ordered before and is {render.status}"
    kind = f"{args.quality} {args.format}"
    return Ordered(
        summary=f"The {kind} of revision {render.revision} {what}: job {render.job_id}.",
        job_id=render.job_id,
        render_id=render.render_id,
        revision=render.revision,
        status=render.status,
        status_url=links.render_status(render.render_id),
    )
