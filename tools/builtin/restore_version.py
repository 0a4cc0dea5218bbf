"""The tool that brings an older state of the film back."""

from __future__ import annotations

from pydantic import Field

from domain.errors import NotFound, ToolError
from domain.nouns import VersionId
from domain.project import Change, Revision
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.renders import versions


class RestoreVersion(Args):
    """What to bring back."""

    version_id: str = Field(min_length=1, max_length=100)
    """A version's id, or a revision's number."""


class Restored(Result):
    """The state that is the newest now."""

    revision: int
    """The revision this made."""
    restored: int
    """The older revision that it equals."""
    changed: list[str]
    """What differs from before, by path."""


@tool(effects=EDITS, example=RestoreVersion(version_id="1"))
async def restore_version(ctx: ToolContext, args: RestoreVersion) -> Restored:
    """Bring an older version back as a new revision; nothing in between is lost."""
    old = await _find(ctx, args.version_id.strip())
    async with ctx.draft(f"Restore revision {old.number}{f' ({old.label})' if old.label else ''}") as draft:
        draft.replace(old.files)
    changed = draft.draft.changed
    for change in changed:
        ctx.saw(change.path, "")
    done = f"Revision {old.number} is back as {draft.revision}." if changed else "The film stands so already."
    return Restored(
        summary=done,
        revision=draft.revision,
        restored=old.number,
        changed=[_told(change) for change in changed],
    )


async def _find(ctx: ToolContext, version_id: str) -> Revision:
    async with ctx.transaction() as tx:
        try:
            if version_id.isascii() and version_id.isdecimal() and len(version_id) < 10:
                return await tx.revisions.get(ctx.project_id, int(version_id))
            return await tx.revisions.by_version(ctx.project_id, VersionId(version_id))
        except NotFound:
            known = await versions(tx, ctx)
    listed = f"there are {', '.join(known)}" if known else "the project has no revision yet"
    raise ToolError("missing", f"no version {version_id[:60]!r}; {listed}")


def _told(change: Change) -> str:
    return f"{change.what} {change.path}"
