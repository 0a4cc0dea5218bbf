"""What may stand in an argument, while a person is still typing it."""

from __future__ import annotations

from collections.abc import Mapping

from api.house import House
from domain.account import Principal
from domain.errors import NotFound
from domain.nouns import ProjectId
from domain.project import Page
from domain.unseen import shown

MOST = 200
_FORMATS = ("16:9", "9:16", "1:1")


async def completed(
    house: House, asking: Principal, name: str, typed: str, beside: Mapping[str, str]
) -> list[str]:
    """Everything that begins with, or holds, what was typed; `beside` are arguments that stand already."""
    match name:
        case "project_id":
            return await _projects(house, asking, typed)
        case "path" | "number" | "seconds" | "render_id":
            found = await _parts(house, asking, name, beside.get("project_id", ""))
        case "template":
            found = [card.name for card in house.templates]
        case "format":
            found = list(_FORMATS)
        case _:
            found = []
    return [each for each in found if typed.lower() in each.lower()]


async def _projects(house: House, asking: Principal, typed: str) -> list[str]:
    """Ids of the projects whose id or name fits."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        projects, _ = await tx.projects.list(Page(limit=MOST))
    low = typed.lower()
    return [each.project_id for each in projects if low in each.project_id or low in each.name.lower()]


async def _parts(house: House, asking: Principal, name: str, project_id: str) -> list[str]:
    try:
        async with house.database.transaction(asking.user_id, reading=True) as tx:
            project = await tx.projects.get(ProjectId(project_id))
            if name == "render_id":
                return [each.render_id for each in await tx.renders.list(project.project_id)]
            if not project.revision:
                return []
            if name == "path":
                return [shown(path) for path in sorted((await tx.revisions.get(project.project_id)).files)]
    except NotFound:
        return []
    if name == "number":
        return [str(number) for number in range(project.revision, 0, -1)]
    return [f"{half / 2:g}" for half in range(20)]
