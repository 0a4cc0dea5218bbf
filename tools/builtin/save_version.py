"""The tool that names the state of a film as worth going back to."""

from __future__ import annotations

from pydantic import Field

from domain.database import Transaction
from domain.errors import ToolError
from domain.paths import clean_name
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool


class SaveVersion(Args):
    """What to call it."""

    label: str = Field(min_length=1, max_length=80)
    """A name that a person will know it by."""


class Saved(Result):
    """A named version."""

    revision: int
    """The revision that it names."""
    restore: str
    """The version_id with which restore_version brings it back."""


@tool(effects=Effects(writes=True), example=SaveVersion(label="First cut"))
async def save_version(ctx: ToolContext, args: SaveVersion) -> Saved:
    """Name the newest revision as a version, so that people find it and restore_version brings it back."""
    number = ctx.project.revision
    label = clean_name(args.label).strip()
    if number == 0:
        raise ToolError("missing", "the project has no source yet; scaffold_project makes some")
    if not label:
        raise ToolError("invalid", f"label {args.label!r} has no visible letter; give a name")

    async def name(tx: Transaction) -> None:
        await tx.revisions.label(ctx.project_id, number, label)
        if ctx.run_id is None:  # who names a version has accepted the film, and what was proposed for it
            await tx.notes.accept(ctx.project_id)

    ctx.write(name)
    return Saved(
        summary=f"Revision {number} is version {label!r}; restore_version({str(number)!r}) brings it back.",
        revision=number,
        restore=str(number),
    )
