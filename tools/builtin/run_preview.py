"""The tool that gives a preview to watch."""

from __future__ import annotations

from domain import links
from domain.engine import Output
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool
from tools.renders import order


class RunPreview(Args):
    """No arguments."""


class Preview(Result):
    """Where the film can be watched."""

    url: str
    """Always shows the newest revision's preview."""
    job_id: str
    """For wait_for_job, when the preview must be there before going on."""
    revision: int
    """What it will show."""
    status: str
    """How its render stands."""


@tool(effects=Effects(writes=True), example=RunPreview(), scope="render")
async def run_preview(ctx: ToolContext, args: RunPreview) -> Preview:
    """Give a URL where people watch the newest revision in draft quality; only what changed is drawn."""
    render, _fresh = await order(ctx, "preview", Output(quality="draft"))
    url = links.preview(ctx.project_id)
    return Preview(
        summary=f"{url} shows revision {render.revision}; its preview is {render.status}.",
        url=url,
        job_id=render.job_id,
        revision=render.revision,
        status=render.status,
    )
