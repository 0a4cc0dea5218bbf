"""What the house does for a run unasked: it checks what was edited, and applies the fixes that are safe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.database import Transaction
from domain.errors import ToolError, Unavailable, UserError
from domain.event import Call, ToolStarted
from tools.answer import Answer
from tools.commit import Outrun, Ticket, commit_work, tell_end
from tools.context import Parked, Services, ToolContext
from tools.define import Tool
from tools.examination import Examined
from tools.examine import examined
from tools.fixes import mendable
from tools.outcome import answered

MENDS = "mend_findings"
"""The tool that applies safe fixes."""
Fence = Callable[[Transaction], Awaitable[None]]
"""Raises Conflict when another worker has taken the run over."""


def by_the_house(call_id: str) -> bool:
    """Tell whether a call was made by the house, not by the model."""
    return call_id.startswith("house-")


@dataclass(frozen=True)
class Care:
    """The house's own hands on a run's project."""

    services: Services
    tools: Mapping[str, Tool]

    async def check(self, ticket: Ticket) -> Examined | None:
        """Check the newest revision; None where that cannot be done now."""
        try:
            return await examined(await self._context(ticket))
        except (ToolError, Unavailable):
            return None

    async def mend(self, ticket: Ticket, fence: Fence) -> Answer | None:
        """Apply the safe fixes of the newest revision as one revision; None when there is none to apply."""
        tool = self.tools.get(MENDS)
        found = await self.check(ticket)
        if tool is None or found is None or found.film is None or not mendable(found.findings, found.film):
            return None
        context = await self._context(ticket)
        call = Call(call_id=context.call_id, tool=tool.name, args={})
        try:
            result = await tool.run(context, tool.args())
        except (ToolError, UserError, Unavailable):
            return None
        assert not isinstance(result, Parked), "mending waits for nothing"
        answer = answered(call, result, context)
        if answer.revision is None:
            return None
        started = ToolStarted(call_id=call.call_id, tool=tool.name, args={}, tool_hash=tool.hash)
        try:
            async with self.services.database.transaction(ticket.principal.user_id) as tx:
                await fence(tx)
                await tx.events.append(ticket.project_id, started, ticket.run_id)
                await commit_work(tx, ticket.project_id, context.work, ticket.run_id)
                await tell_end(tx, ticket.project_id, answer, ticket.run_id)
        except Outrun:
            return None  # somebody edits the film: what was found is no longer so
        return answer

    async def _context(self, ticket: Ticket) -> ToolContext:
        async with self.services.database.transaction(ticket.principal.user_id, reading=True) as tx:
            project = await tx.projects.get(ticket.project_id)
        return ToolContext(
            self.services, ticket.principal, call_id=f"house-{project.revision}", project=project,
            run_id=ticket.run_id,
        )  # fmt: skip
