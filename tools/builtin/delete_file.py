"""The tool that takes a file out of the project."""

from __future__ import annotations

from domain import paths
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool


class DeleteFile(Args):
    """What to take away."""

    file_path: str
    """Path in the project."""


class Deleted(Result):
    """What is gone, and how it comes back."""

    file_path: str
    """The file."""
    revision: int
    """The revision this made."""
    restore: str
    """The version_id with which restore_version brings it back."""


@tool(
    effects=Effects(writes=True, destroys=True, repeatable=False),
    example=DeleteFile(file_path="film.py"),
)
async def delete_file(ctx: ToolContext, args: DeleteFile) -> Deleted:
    """Delete a file; mind what still imports or shows it. restore_version brings it back."""
    async with ctx.draft(f"Delete {args.file_path}"[:200]) as draft:
        draft.remove(args.file_path)
    path = paths.check_path(args.file_path)
    ctx.saw(path, "")
    return Deleted(
        summary=f"{path} is gone; restore_version({str(draft.draft.base)!r}) brings it back.",
        file_path=path,
        revision=draft.revision,
        restore=str(draft.draft.base),
    )
