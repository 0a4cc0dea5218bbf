"""The loop: read the log, let the model answer, let the tools answer, until the story has an end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from agent.hand import Hand
from agent.keeper import Keeper
from agent.pledge import Pledge
from agent.story import Story
from agent.verdict import Ending, Reminder, judge
from agent.workflows import Workflow
from domain.blob import Blobs
from domain.errors import Unavailable, UserError
from domain.event import EventLog, ModelDelta, ModelReminded, ModelReplied
from domain.handler import Parked
from domain.memory import Memory
from domain.model import NOW, Delta, Message, Model, Reply, ToolSpec
from domain.run import Usage
from memory.conversation import recall
from stage import handbook
from tools.executor import Executor
from tools.veiling import unsaid


@dataclass(frozen=True)
class Parts:
    """What every run works with."""

    blobs: Blobs
    log: EventLog
    model: Model
    executor: Executor
    memory: Memory
    recall: Callable[[str], tuple[str, ...]] | None = None
    """Finds the entries of the handbook for a task; a director that reads none has no use for it."""
    clock: Callable[[], float] = time.monotonic
    """Seconds; only differences count."""


class Loop:
    """Drives one run from wherever its log stands: a restart is a first start with a longer log."""

    def __init__(self, parts: Parts, hand: Hand, workflow: Workflow) -> None:
        self._parts = parts
        self._hand = hand
        self._workflow = workflow
        self._instructions = workflow.instructions(handbook.short())
        self._began = parts.clock()
        self.pledge = Pledge(hand, parts.executor.care, parts.blobs)
        self._keeper = Keeper(hand, parts.executor.care, workflow)

    async def run(self) -> Parked | Ending:
        """Go on until the run has an end, or nothing to do before a job has one, or a person answers."""
        while True:
            story = await self.pledge.delivered(await self._hand.story())
            usage = self.usage(story)
            if await self.pledge.weigh(story, usage) or await self._keeper.tend(story, usage):
                continue
            match judge(story, self._workflow, usage):
                case Ending() as ending:
                    return ending
                case Reminder(correction=correction) if correction and await self._keeper.mended(story):
                    continue
                case Reminder(text=text, correction=correction):
                    await self._hand.append(ModelReminded(text=text, correction=correction), usage)
                case None if story.open_calls:
                    if parked := await self._answer(story):
                        return parked
                case None:
                    if ending := await self._ask(story):
                        return ending

    def usage(self, story: Story, *more: ModelReplied) -> Usage:
        """What the run has used until now."""
        return story.usage(self._hand.seconds_before + self._parts.clock() - self._began, *more)

    async def _answer(self, story: Story) -> Parked | None:
        calls, first_seq = story.turn
        turn = await self._parts.executor.turn(self._hand.ticket(first_seq, story.left_usd), calls)
        return Parked(waits_for=turn.waits_for) if turn.parked else None

    async def _ask(self, story: Story) -> Ending | None:
        usage = self.usage(story)
        briefing = f"{self._instructions}\n\n{NOW}\n\n{await self._hand.briefing(story, usage)}"
        tools = self._parts.executor.specs(story.run.request.approve)
        model = self._parts.model
        messages = await recall(story.entries, self._parts.blobs, whole=not model.folds)
        try:
            reply = await self._listen(briefing, messages, tools, story.run.limits.seconds - usage.seconds)
        except (Unavailable, UserError) as refused:
            return Ending("failed", refused.message)
        if reply is None:
            return None  # the verdict names the limit
        reply = unsaid(reply, self._parts.executor.tools)
        replied = ModelReplied(
            model=self._parts.model.name, text=reply.text, calls=reply.calls, usage=reply.usage,
            provider_content=reply.provider_content, stopped=reply.stopped,
        )  # fmt: skip
        await self._hand.append(replied, self.usage(story, replied))
        return None

    async def _listen(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec], seconds: float
    ) -> Reply | None:
        """Show what the model says as it says it, and give its whole answer; None when time is up."""
        model, reply, limit = self._parts.model, None, asyncio.timeout(seconds)
        try:
            async with limit, aclosing(model.reply(briefing, messages, tools)) as said:
                async for piece in said:
                    if isinstance(piece, Delta):
                        await self._hand.whisper(ModelDelta(model=model.name, text=piece.text))
                    else:
                        reply = piece
        except TimeoutError:
            if not limit.expired():
                raise
            return None
        assert reply is not None, "a model's stream ends with its reply"
        return reply
