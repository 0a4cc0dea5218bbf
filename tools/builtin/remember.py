"""The tool that keeps a note about the film."""

from __future__ import annotations

from pydantic import Field

from domain.database import Transaction
from domain.errors import ToolError
from domain.event import MemoryNoted
from domain.note import LONGEST_REASON, LONGEST_TEXT, LONGEST_TOPIC, MOST_NOTES, NoteKind
from memory.keeping import contradicted, noted, same, veiled, words
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool


class Remember(Args):
    """What is worth knowing the next time."""

    kind: NoteKind
    """What it is about."""
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    """One lasting fact or wish about this film; not what was just done."""
    reason: str = Field(default="", max_length=LONGEST_REASON)
    """Where it comes from: the user's words, a finding."""
    about: str = Field(default="", max_length=LONGEST_TOPIC)
    """What it settles (`accent`, `music`): a newer note about the same takes its place."""


class Remembered(Result):
    """The note."""

    note_id: str
    """The note."""


@tool(
    effects=Effects(writes=True),
    example=Remember(kind="color", text="Brand green is #2E7D4F.", reason="said in the prompt"),
    veil=veiled,
)
async def remember(ctx: ToolContext, args: Remember) -> Remembered:
    """Keep one note about this film (brand colors, tone, decisions) for everybody who works on it later."""
    said = words(args.kind, args.text, args.reason, args.about)
    async with ctx.transaction() as tx:
        known = await tx.notes.list(ctx.project_id, limit=MOST_NOTES)
    by = "agent" if ctx.run_id else "user"
    if (there := same(known, args.kind, said.text)) is not None:
        if by == "user" and not there.settled:

            async def accept(tx: Transaction) -> None:
                await tx.notes.accept(ctx.project_id, [there.note_id])

            ctx.write(accept)
        return Remembered(summary=f"Known already: {there.text}", note_id=there.note_id)
    if len(known) >= MOST_NOTES:
        raise ToolError("limit", f"the film has {MOST_NOTES} notes; a person has to forget some first")
    note = noted(ctx.project_id, args.kind, said, ctx.clock(), by=by, run_id=ctx.run_id)

    async def keep(tx: Transaction) -> None:
        await tx.notes.add(note)

    ctx.write(keep)
    ctx.emit(MemoryNoted(note_id=note.note_id, kind=note.kind, text=note.text, by=note.by))
    old = contradicted(known, note)
    instead = f"; it contradicts {old.text!r}" if old is not None else ""
    return Remembered(summary=f"Noted ({note.kind}): {note.text}{instead}", note_id=note.note_id)
