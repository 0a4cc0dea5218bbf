"""The tool that looks into the handbook."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import Unavailable
from domain.event import Notice
from memory.own import own
from tools.context import ToolContext
from tools.define import READS, Args, Result, tool


class SearchKnowledge(Args):
    """A question."""

    query: str = Field(min_length=1, max_length=1_000)
    """What you want to know, in a few words of any language; or a finding's code."""
    k: int = Field(default=5, ge=1, le=10)
    """Entries at most."""


class Piece(BaseModel):
    """One entry."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    entry_id: str
    """Its name: `kind/name`."""
    title: str
    """What it is about."""
    text: str
    """What it says."""
    source: str
    """Where it comes from."""
    score: float
    """How well it answers, 0 to 1."""


class Answers(Result):
    """The best entries first."""

    entries: list[Piece]
    """What was found."""
    notice: str
    """Why the search was less than it should be; empty when it was whole."""


@tool(effects=READS, example=SearchKnowledge(query="how long should a title stay", k=3), needs="nothing")
async def search_knowledge(ctx: ToolContext, args: SearchKnowledge) -> Answers:
    """Look into the handbook: examples that work, practice, recipes, fixes; and the user's own lessons."""
    if ctx.knowledge is None:
        raise Unavailable("knowledge", "this installation has no handbook; go on without it")
    found = await ctx.knowledge.search(args.query, args.k)
    async with ctx.transaction() as tx:
        lessons = own(await tx.lessons.list(), args.query)
    if found.notice and ctx.run_id is not None:
        ctx.emit(Notice(substitution="search_knowledge", reason=found.notice))
    pieces = [
        Piece(
            entry_id=hit.entry.entry_id,
            title=hit.entry.title,
            text=hit.entry.text,
            source=hit.entry.source,
            score=round(hit.score, 2),
        )
        for hit in [*lessons, *found.hits][: args.k]
    ]
    titles = "; ".join(piece.title for piece in pieces)
    summary = f"{titles}." if pieces else "The handbook has nothing about that; ask in other words."
    return Answers(summary=summary, entries=pieces, notice=found.notice)
