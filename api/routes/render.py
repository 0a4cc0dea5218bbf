"""Films: order one, call it off, see how it stands, fetch it."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import RenderAnswer, of_render
from api.deliver import deliver
from api.entrance import Reader, Renderer
from api.house import Home, House
from api.tool_answers import check_answer
from api.words import Body, ProjectRef, RenderRef
from domain.account import Principal
from domain.engine import Format
from domain.errors import NotFound
from domain.nouns import RenderId, Sha256
from domain.render import ENDED, Render

router = APIRouter(prefix="/api/render", tags=["render"])


class StartRender(Body):
    """A film to be drawn of a project's newest revision."""

    project_id: ProjectRef
    quality: Literal["draft", "standard", "high"] = "standard"
    format: Format = "mp4"
    """mp4 is H.264 and plays everywhere; webm, prores and the animated pictures keep transparency."""


class CancelRender(Body):
    """A render to be called off."""

    render_id: RenderRef


@router.post("/start", status_code=202)
async def start(body: StartRender, house: Home, asking: Renderer) -> RenderAnswer:
    """Order a film; the same order twice is one render."""
    wish = {"quality": body.quality, "format": body.format}
    answer = await house.executor.call(asking, "render_video", wish, project_id=body.project_id)
    render_id = RenderId(str(check_answer(answer).data["render_id"]))
    return of_render(await _render(house, asking, render_id))


@router.post("/cancel", status_code=202)
async def cancel(body: CancelRender, house: Home, asking: Renderer) -> RenderAnswer:
    """Call a render off; it ends within two seconds, and one that has ended stays as it is."""
    async with house.database.transaction(asking.user_id) as tx:
        render = await tx.renders.get(body.render_id)
        if render.status not in ENDED:
            await tx.jobs.cancel(render.job_id)
        return of_render(await tx.renders.get(body.render_id))


@router.get("/{render_id}/status")
async def status(render_id: str, house: Home, asking: Reader) -> RenderAnswer:
    """How a render stands, and what was found in its film."""
    return of_render(await _render(house, asking, RenderId(render_id)))


@router.head("/{render_id}/download", include_in_schema=False)
@router.get("/{render_id}/download", response_class=Response)
async def download(render_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """The film, whole or in parts."""
    render = await _render(house, asking, RenderId(render_id))
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(render.project_id)
    sha256 = _made(render, "film", render.film)
    return await deliver(
        request, house.blobs, sha256, f"{project.name}{render.output.suffix}", attachment=True
    )


@router.head("/{render_id}/poster", include_in_schema=False)
@router.get("/{render_id}/poster", response_class=Response)
async def poster(render_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """The frame that stands for the film."""
    render = await _render(house, asking, RenderId(render_id))
    return await deliver(request, house.blobs, _made(render, "poster", render.poster), "poster.jpg")


@router.head("/{render_id}/thumbnail", include_in_schema=False)
@router.get("/{render_id}/thumbnail", response_class=Response)
async def thumbnail(render_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """The poster, small: for lists and cards."""
    render = await _render(house, asking, RenderId(render_id))
    sha256 = _made(render, "thumbnail", render.thumbnail)
    return await deliver(request, house.blobs, sha256, "thumbnail.jpg")


@router.head("/{render_id}/sheet", include_in_schema=False)
@router.get("/{render_id}/sheet", response_class=Response)
async def sheet(render_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """The film's contact sheet."""
    render = await _render(house, asking, RenderId(render_id))
    return await deliver(request, house.blobs, _made(render, "sheet", render.sheet), "sheet.jpg")


async def _render(house: House, asking: Principal, render_id: RenderId) -> Render:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return await tx.renders.get(render_id)


def _made(render: Render, what: str, sha256: Sha256 | None) -> Sha256:
    if sha256 is None:
        why = f": {render.reason}" if render.reason else ""
        raise NotFound(f"no_{what}", f"render {render.render_id} is {render.status} and has no {what}{why}")
    return sha256
