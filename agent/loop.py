"""The loop: read the log, let the model answer, let the tools answer, until the story has an end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from agent.delivery import delivery
from agent.hand import Hand
from agent.promise import asked, merged
from agent.story import Story
from agent.verdict import Ending, Reminder, judge
from agent.workflows import Workflow
from domain.blob import Blobs
from domain.errors import NotFound, Unavailable, UserError
from domain.event import EventLog, ModelDelta, ModelReminded, ModelReplied, Notice, RunPromised
from domain.handler import Parked
from domain.layout import Layout
from domain.memory import Memory
from domain.model import NOW, Delta, Message, Model, Reply, ToolSpec
from domain.nouns import RenderId
from domain.promise import Delivery, Promise, weaker
from domain.run import Usage
from memory.conversation import recall
from stage import handbook
from tools.executor import Executor


@dataclass(frozen=True)
class Parts:
    """What every run works with."""

    blobs: Blobs
    log: EventLog
    model: Model
    executor: Executor
    memory: Memory
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
        self._unseen = 0
        """A revision that could not be checked."""
        self._delivery: tuple[RenderId, Delivery] | None = None

    async def run(self) -> Parked | Ending:
        """Go on until the run has an end, or nothing to do before a job has one, or a person answers."""
        while True:
            story = await self.delivered(await self._hand.story())
            if await self._weigh(story) or await self._care(story):
                continue
            match judge(story, self._workflow, self.usage(story)):
                case Ending() as ending:
                    return ending
                case Reminder(correction=correction) if correction and await self._mended(story):
                    continue
                case Reminder(text=text, correction=correction):
                    reminded = ModelReminded(text=text, correction=correction)
                    await self._hand.append(reminded, self.usage(story))
                case None if story.open_calls:
                    if parked := await self._answer(story):
                        return parked
                case None:
                    if ending := await self._ask(story):
                        return ending

    async def delivered(self, story: Story) -> Story:
        """Put what was delivered beside a promise, when there is a film."""
        film, promise = story.film, story.promise
        if promise is None or film is None or film.facts is None or film.layout is None:
            return story
        if self._delivery is None or self._delivery[0] != film.render_id:
            found = await self._parts.executor.care.check(self._hand.ticket(0))
            if found is None or found.film is None:
                return story
            try:
                layout = Layout.model_validate_json(await self._parts.blobs.get(film.layout))
            except NotFound:
                return story  # kept no longer: what nobody can look at is not judged
            files, assets = await self._hand.belongings()
            self._delivery = film.render_id, delivery(found.film, layout, film, files, assets)
        return replace(story, delivery=self._delivery[1])

    async def _weigh(self, story: Story) -> bool:
        """Write down what the run promises; what is weaker is told, or not taken without the user's yes."""
        said, request, old = story.statement, story.run.request, story.promise
        if said is None:
            fixed = asked(request)
            if old is not None or not story.revised or fixed == Promise():
                return False
            await self._hand.append(RunPromised(promise=fixed), self.usage(story))
            return True
        promise = merged(request, said.promise)
        if promise == old:
            return False
        lost = weaker(old, promise) if old is not None else ()
        if lost and "plan" in request.approve and not said.agreed:
            text = f"The user agreed to more than that ({'; '.join(lost)}). Show it with propose_plan first."
            await self._hand.append(ModelReminded(text=text), self.usage(story))
            return True
        if lost:
            reason = said.because or "the model gave no reason"
            notice = Notice(substitution=f"the film promises less: {'; '.join(lost)}", reason=reason)
            await self._hand.append(notice, self.usage(story))
        made = RunPromised(promise=promise, weakened=lost, reason=said.because if lost else "")
        await self._hand.append(made, self.usage(story))
        return True

    async def _care(self, story: Story) -> bool:
        """Check what was edited, before anybody decides anything; tell whether there is news."""
        if story.open_calls:
            return False
        if self._workflow.mends_first and story.last_reply is None and await self._mended(story):
            return True
        if not story.unexamined or story.project.revision == self._unseen:
            return False
        found = await self._parts.executor.care.check(self._hand.ticket(0))
        if found is None:
            self._unseen = story.project.revision
            return False
        await self._hand.append(found.event, self.usage(story))
        return True

    async def _mended(self, story: Story) -> bool:
        """Apply the fixes that are safe, once between two answers of the model."""
        if story.cared_for:
            return False
        answer = await self._parts.executor.care.mend(self._hand.ticket(0), self._hand.fence)
        return answer is not None

    def usage(self, story: Story, *more: ModelReplied) -> Usage:
        """What the run has used until now."""
        return story.usage(self._hand.seconds_before + self._parts.clock() - self._began, *more)

    async def _answer(self, story: Story) -> Parked | None:
        calls, first_seq = story.turn
        turn = await self._parts.executor.turn(self._hand.ticket(first_seq), calls)
        return Parked(waits_for=turn.waits_for) if turn.parked else None

    async def _ask(self, story: Story) -> Ending | None:
        usage = self.usage(story)
        briefing = f"{self._instructions}\n\n{NOW}\n\n{await self._hand.briefing(story, usage)}"
        tools = self._parts.executor.specs(story.run.request.approve)
        messages = await recall(story.entries, self._parts.blobs)
        try:
            reply = await self._listen(briefing, messages, tools, story.run.limits.seconds - usage.seconds)
        except (Unavailable, UserError) as refused:
            return Ending("failed", refused.message)
        if reply is None:
            return None  # the verdict names the limit
        replied = ModelReplied(
            model=self._parts.model.name,
            text=reply.text,
            calls=reply.calls,
            usage=reply.usage,
            provider_content=reply.provider_content,
            stopped=reply.stopped,
        )
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
