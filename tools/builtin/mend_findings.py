"""The tool that applies every safe fix of the newest revision at once."""

from __future__ import annotations

from domain.errors import ToolError
from domain.finding import Finding
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool
from tools.examine import examined
from tools.fixes import mendable, mended
from tools.look import told


class MendFindings(Args):
    """No arguments."""


class Mended(Result):
    """What was mended."""

    revision: int
    """The new revision; the old one when nothing was mended."""
    mended: list[str]
    """`file:line: what was wrong (what was set)`."""
    files: list[str]
    """The files that changed."""


@tool(effects=Effects(writes=True), example=MendFindings())
async def mend_findings(ctx: ToolContext, args: MendFindings) -> Mended:
    """Check the film and apply all fixes that are safe: text size, color and fit, as one revision."""
    found = await examined(ctx)
    if found.film is None:
        lines = "\n".join(told(found.findings))
        raise ToolError("invalid", f"the film does not compile; mend that first:\n{lines}")
    chosen = mendable(found.findings, found.film)
    if not chosen:
        return Mended(
            summary="Nothing that was found has a safe fix.",
            revision=ctx.project.revision, mended=[], files=[],
        )  # fmt: skip
    done: list[Finding] = []
    changed: dict[str, str] = {}
    async with ctx.draft(f"Mend {len(chosen)} findings") as draft:
        for each in chosen:
            path, line = str(each.file), each.line or 0
            text = changed.get(path) or await draft.read_text(path)
            better = mended(text, line, each.fix)
            if better is not None and better.count("\n") == text.count("\n"):
                changed[path] = better
                done.append(each)
        for path, text in changed.items():
            sha256 = draft.write(path, text)
            ctx.saw(path, sha256)
    return Mended(
        summary=f"{len(done)} of {len(chosen)} findings with a safe fix are mended; check again.",
        revision=draft.revision,
        mended=[f"{each.file}:{each.line}: {each.code}, set {each.fix}" for each in done],
        files=sorted(changed),
    )
