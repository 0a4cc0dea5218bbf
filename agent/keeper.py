"""The house's care for one run: it checks what was edited, and mends what can be mended safely."""

from __future__ import annotations

from agent.hand import Hand
from agent.story import Story
from agent.workflows import Workflow
from domain.run import Usage
from tools.care import Care


class Keeper:
    """Keeps a run's film in order between the model's answers."""

    def __init__(self, hand: Hand, care: Care, workflow: Workflow) -> None:
        self._hand = hand
        self._care = care
        self._workflow = workflow
        self._unseen = 0
        """A revision that could not be checked."""

    async def tend(self, story: Story, usage: Usage) -> bool:
        """Check what was edited, before anybody decides anything; tell whether that made news."""
        if story.open_calls:
            return False
        if self._workflow.mends_first and story.last_reply is None and await self.mended(story):
            return True
        if not story.unexamined or story.project.revision == self._unseen:
            return False
        found = await self._care.check(self._hand.ticket(0))
        if found is None:
            self._unseen = story.project.revision
            return False
        await self._hand.append(found.event, usage)
        return True

    async def mended(self, story: Story) -> bool:
        """Apply the fixes that are safe, once between two answers of the model."""
        if story.cared_for:
            return False
        return await self._care.mend(self._hand.ticket(0), self._hand.fence) is not None
