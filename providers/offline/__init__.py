"""The offline director: a model of rules that reads a prompt and drives the same tools as any other."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

from domain.event import Call
from domain.model import Delta, Message, Reply, ToolSpec
from domain.run import Usage
from providers.offline.conduct import Move, generate
from providers.offline.history import History
from providers.offline.refine import correct, refine


class Offline:
    """Decides everything from the conversation it is given, so the same conversation gets the same answer."""

    name = "offline"

    async def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        past = History(messages)
        move = next_move(briefing, past)
        for word in move.text.split(" ") if move.text else ():
            yield Delta(text=f"{word} ")
        calls = tuple(
            Call(call_id=f"{tool}-{number}", tool=tool, args=dict(args))
            for number, (tool, args) in enumerate(move.calls, start=len(past.said) + 1)
        )
        yield Reply(text=move.text, calls=calls, usage=Usage(turns=1))


def next_move(briefing: str, past: History) -> Move:
    """Decide by what the briefing says the task is."""
    begun = past.last("scaffold_project", ok=False) is not None
    if "It has no source yet" in briefing or begun:
        return generate(past)
    if "# Refining a film that exists" in briefing:
        return refine(past, briefing)
    return correct(past) if "# Correcting a film" in briefing else generate(past)


def create() -> Offline:
    """Make the model."""
    return Offline()
