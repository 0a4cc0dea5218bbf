"""A run's promise while it runs: written down as it is stated, and held against the film that came of it."""

from __future__ import annotations

from dataclasses import replace

from agent.delivery import delivery
from agent.hand import Hand
from agent.promise import asked, merged
from agent.story import Statement, Story
from domain.blob import Blobs
from domain.errors import NotFound
from domain.event import ModelReminded, Notice, RunPromised
from domain.layout import Layout
from domain.nouns import RenderId
from domain.promise import Delivery, Promise, weaker
from domain.run import Usage
from tools.care import Care


class Pledge:
    """Keeps one run to its word."""

    def __init__(self, hand: Hand, care: Care, blobs: Blobs) -> None:
        self._hand = hand
        self._care = care
        self._blobs = blobs
        self._delivery: tuple[RenderId, Delivery] | None = None

    async def delivered(self, story: Story) -> Story:
        """Put what was delivered beside a promise, when there is a film."""
        film, promise = story.film, story.promise
        if promise is None or film is None or film.facts is None or film.layout is None:
            return story
        if self._delivery is None or self._delivery[0] != film.render_id:
            found = await self._care.check(self._hand.ticket(0))
            if found is None or found.film is None:
                return story
            try:
                layout = Layout.model_validate_json(await self._blobs.get(film.layout))
            except NotFound:
                return story  # kept no longer: what nobody can look at is not judged
            files, assets = await self._hand.belongings()
            self._delivery = film.render_id, delivery(found.film, layout, film, files, assets)
        return replace(story, delivery=self._delivery[1])

    async def weigh(self, story: Story, usage: Usage) -> bool:
        """Write down what the run promises; tell whether that made news."""
        said, request = story.statement, story.run.request
        if said is not None:
            return await self._take(story, said, merged(request, said.promise), usage)
        fixed = asked(request)
        if story.promise is not None or not story.revised or fixed == Promise():
            return False
        await self._hand.append(RunPromised(promise=fixed), usage)
        return True

    async def _take(self, story: Story, said: Statement, promise: Promise, usage: Usage) -> bool:
        """Take a promise; what is weaker is told, or not taken without the user's yes."""
        if promise == story.promise:
            return False
        lost = weaker(story.promise, promise) if story.promise is not None else ()
        if lost and "plan" in story.run.request.approve and not said.agreed:
            text = f"The user agreed to more than that ({'; '.join(lost)}). Show it with propose_plan first."
            await self._hand.append(ModelReminded(text=text), usage)
            return True
        if lost:
            reason = said.because or "the model gave no reason"
            notice = Notice(substitution=f"the film promises less: {'; '.join(lost)}", reason=reason)
            await self._hand.append(notice, usage)
        made = RunPromised(promise=promise, weakened=lost, reason=said.because if lost else "")
        await self._hand.append(made, usage)
        return True
