"""What a project shows: frames, contact sheets, and the preview of its newest revision."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api.answers import of_render
from api.deliver import FRESH, deliver
from api.entrance import Reader
from api.house import Home, House
from api.tool_answers import check_answer
from domain.account import Principal
from domain.errors import Conflict, NotFound
from domain.nouns import ProjectId, Sha256
from domain.render import Render

router = APIRouter(prefix="/api/projects/{project_id}", tags=["pictures"])

_NAME = re.compile(r"([0-9a-f]{64})(\.jpg|\.png)")


@router.head("/pictures/{name}", include_in_schema=False)
@router.get("/pictures/{name}", response_class=Response)
async def picture(project_id: str, name: str, request: Request, house: Home, asking: Reader) -> Response:
    """A frame, contact sheet or poster, by the address that an event or an answer gave."""
    match = _NAME.fullmatch(name)
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        if match is None or not await house.shown.has(tx, project.project_id, Sha256(match[1])):
            raise NotFound("picture_not_found", f"project {project_id} has shown no picture {name[:80]!r}")
    return await deliver(request, house.blobs, Sha256(match[1]), name)


@router.head("/preview", include_in_schema=False)
@router.get("/preview", response_class=Response)
async def preview(project_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """The newest revision in draft quality; 202 while it is drawn, which the first look starts."""
    found = await _newest(house, asking, ProjectId(project_id))
    if found is None and request.method == "GET" and "render" in asking.scopes:
        answer = await house.executor.call(asking, "run_preview", {}, project_id=ProjectId(project_id))
        check_answer(answer)
        found = await _newest(house, asking, ProjectId(project_id))
    if found is None:
        raise NotFound("no_preview", "nobody has asked for a preview of the newest revision yet")
    if found.film is not None:
        return await deliver(request, house.blobs, found.film, "preview.mp4", cache=FRESH)
    if found.status in ("QUEUED", "PROCESSING"):
        body = of_render(found).model_dump(mode="json")
        return JSONResponse(body, 202, headers={"Retry-After": "1", "Cache-Control": "no-store"})
    raise Conflict(
        "preview_failed", f"the preview of revision {found.revision} {found.status}: {found.reason}"
    )


async def _newest(house: House, asking: Principal, project_id: ProjectId) -> Render | None:
    """The newest preview of the newest revision."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(project_id)
        if project.revision == 0:
            raise NotFound("revision_not_found", f"project {project_id} has no source yet")
        for render in await tx.renders.list(project_id):
            if render.purpose == "preview" and render.revision == project.revision:
                return render
    return None
