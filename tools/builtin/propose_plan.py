"""The tool that shows a person the plan before the film is made."""

from __future__ import annotations

from pydantic import Field

from tools.context import Services, ToolContext
from tools.define import Args, Effects, Result, Terms, tool


class ProposePlan(Args):
    """What is going to be made."""

    plan: str = Field(min_length=1, max_length=6000)
    """Short lines: length, format, look, every text word for word, and one line a scene."""


class Agreed(Result):
    """The plan that holds."""

    plan: str
    """As the user agreed to it, with the user's changes; keep to it."""


def _terms(_: Services, args: ProposePlan) -> Terms:
    return Terms(what=args.plan)


@tool(
    effects=Effects(writes=True, plans=True),
    example=ProposePlan(plan="12 s, 16:9, calm greens. 1: title 'Noor Tea'. 2: three leaves. 3: end card."),
    terms=_terms,
    offered="plan",
)
async def propose_plan(ctx: ToolContext, args: ProposePlan) -> Agreed:
    """Show the user the plan and wait for a yes. Only where the user wants to see it before work begins."""
    return Agreed(summary="The user agreed. Make the film by this plan.", plan=args.plan)
