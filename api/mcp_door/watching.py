"""Watching the event log for a client: how far its call is, and which addresses show something new."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager

from api.house import House
from api.mcp_door.resources import file_uri
from domain.account import Principal
from domain.errors import NotFound
from domain.event import Entry, ProjectRevised, RenderFinished, RenderQueued, ToolProgress
from domain.nouns import ProjectId

Tell = Callable[[float, float | None, str | None], Awaitable[None]]
_STEP = 0.01
"""What is said twice must still go up."""


@asynccontextmanager
async def progress(
    house: House, asking: Principal, project_id: str, call_id: str, tell: Tell
) -> AsyncGenerator[None]:
    """Tell how far a call is for as long as the block runs."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        after = await tx.events.last(ProjectId(project_id))
    task = asyncio.create_task(_follow(house, asking, ProjectId(project_id), after, call_id, tell))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _follow(
    house: House, asking: Principal, project_id: ProjectId, after: int, call_id: str, tell: Tell
) -> None:
    reached = 0.0
    try:
        async with aclosing(house.log.tail(asking.user_id, project_id, after=after)) as entries:
            async for entry in entries:
                event = entry.event
                if isinstance(event, ToolProgress) and event.call_id == call_id:
                    reached = event.done if event.done > reached else reached + _STEP
                    await tell(round(reached, 2), event.total, event.message)
    except NotFound:
        return  # the call itself says so


async def changed(house: House, asking: Principal, project_id: ProjectId) -> AsyncGenerator[str]:
    """Give each address of a project as something new comes to lie at it, for ever.

    Raises NotFound for a project that is not the caller's.
    """
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        await tx.projects.get(project_id)
        after = await tx.events.last(project_id)
    async with aclosing(house.log.tail(asking.user_id, project_id, after=after)) as entries:
        async for entry in entries:
            for uri in _addresses(entry):
                yield uri


def _addresses(entry: Entry) -> list[str]:
    base = f"director://projects/{entry.project_id}"
    match entry.event:
        case ProjectRevised(changed=changes):
            files = [file_uri(entry.project_id, each.path) for each in changes]
            return [base, f"{base}/revisions", f"{base}/findings", *files]
        case RenderQueued(render_id=render_id) | RenderFinished(render_id=render_id):
            return [base, f"{base}/renders", f"director://renders/{render_id}"]
        case _:
            return []
