"""The rules: from a conversation to what is said and called next."""

from __future__ import annotations

from collections.abc import Sequence

from domain.event import Call
from domain.model import Message, Reply
from domain.run import Usage
from providers.offline.asking import told, without
from providers.offline.conduct import Move, generate
from providers.offline.history import History
from providers.offline.plan import plan
from providers.offline.reading import read
from providers.offline.refine import correct, refine
from providers.offline.vow import restated

TEMPLATES = ("basic", "product", "explainer")
"""What a plan may begin from, before anybody has looked what there is."""
LONGEST_PLAN = 5_000


def answer(briefing: str, messages: Sequence[Message]) -> Reply:
    """Answer a conversation; the same one gets the same answer."""
    past = History(messages)
    move = next_move(briefing, past)
    calls = tuple(
        Call(call_id=f"{tool}-{number}", tool=tool, args=dict(args))
        for number, (tool, args) in enumerate(move.calls, start=len(past.said) + 1)
    )
    return Reply(text=move.text, calls=calls, usage=Usage(turns=1))


def next_move(briefing: str, past: History) -> Move:
    """Decide by what the briefing says the task is."""
    if lost := restated(past):
        agreed = past.last("propose_plan") is not None
        return Move(lost, (("propose_plan", {"plan": lost}),) if agreed else ())
    plan_first, past = without(past)
    if plan_first and (move := _propose(past, refining="# Refining a film that exists" in briefing)):
        return move
    begun = past.last("scaffold_project", ok=False) is not None
    if "It has no source yet" in briefing or begun:
        return generate(past)
    if "# Refining a film that exists" in briefing:
        return refine(past, briefing)
    return correct(past) if "# Correcting a film" in briefing else generate(past)


def _propose(past: History, *, refining: bool) -> Move | None:
    """Show the plan, or stop after a no; None when the user has agreed."""
    if past.last("propose_plan") is not None:
        return None
    refused = past.last("propose_plan", ok=False)
    if refused is not None:
        return Move(f"I made nothing: {refused.trouble.rstrip('.')}. Tell me what should be different.")
    if refining:
        said = f"I change the film as you say: {past.request[:LONGEST_PLAN]}"
    else:
        said = told(plan(read(past.request), TEMPLATES))
    return Move("Before I begin, this is what I would make.", (("propose_plan", {"plan": said}),))
