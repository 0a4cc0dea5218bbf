"""The tool that keeps a note about the film."""

from __future__ import annotations

from pydantic import Field

from domain.database import Transaction
from domain.errors import ToolError
from domain.event import MemoryNoted
from domain.note import Note, NoteKind
from domain.nouns import NoteId, new_id
from domain.paths import clean_name
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool


class Remember(Args):
    """What is worth knowing the next time."""

    kind: NoteKind
    """What it is about."""
    text: str = Field(min_length=1, max_length=500)
    """One lasting fact or wish about this film; not what was just done."""
    reason: str = Field(default="", max_length=300)
    """Where it comes from: the user's words, a finding."""


class Remembered(Result):
    """The note."""

    note_id: str
    """The note."""


@tool(
    effects=Effects(writes=True),
    example=Remember(kind="color", text="Brand green is #2E7D4F.", reason="said in the prompt"),
)
async def remember(ctx: ToolContext, args: Remember) -> Remembered:
    """Keep one note about this film (brand colors, tone, decisions) for everybody who works on it later."""
    text, reason = (clean_name(each.replace("\n", " ")).strip() for each in (args.text, args.reason))
    if not text:
        raise ToolError("invalid", f"text {args.text[:60]!r} has no visible letter; say what to keep")
    async with ctx.transaction() as tx:
        known = await tx.notes.list(ctx.project_id, limit=200)
    for note in known:
        if (note.kind, note.text.casefold()) == (args.kind, text.casefold()):
            return Remembered(summary=f"Known already: {note.text}", note_id=note.note_id)
    note = Note(
        note_id=NoteId(new_id()),
        project_id=ctx.project_id,
        kind=args.kind,
        text=text,
        reason=reason,
        by="agent" if ctx.run_id else "user",
        run_id=ctx.run_id,
        created_at=ctx.clock(),
    )

    async def keep(tx: Transaction) -> None:
        await tx.notes.add(note)

    ctx.write(keep)
    ctx.emit(MemoryNoted(note_id=note.note_id, kind=note.kind, text=note.text, by=note.by))
    return Remembered(summary=f"Noted ({note.kind}): {note.text}", note_id=note.note_id)
