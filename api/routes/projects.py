"""Projects: list, make, look, rename, delete, and what belongs to them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import orders
from api.answers import (
    ProjectAnswer,
    ProjectPage,
    RenderPage,
    RunPage,
    of_project,
    of_render,
    of_run,
)
from api.entrance import Reader, Writer
from api.house import Home
from api.once import Key, once
from api.paging import After, Limit
from api.stream import follow_project
from api.words import Body, Metadata, Name
from domain.composition import Rate
from domain.nouns import ProjectId
from domain.project import Page
from domain.run import FilmFormat

router = APIRouter(prefix="/api/projects", tags=["projects"])


class NewProject(Body):
    """A project to be made, empty."""

    name: Name
    format: FilmFormat = "16:9"
    fps: Rate = 30
    """Whole, or a rate of television: 23.976, 29.97, 59.94…"""
    metadata: Metadata = {}
    """Your own data; kept as it is."""


class ProjectChange(Body):
    """What is to be different; what is left out stays."""

    name: Name | None = None
    metadata: Metadata | None = None
    """Merged into what is there."""


@router.get("")
async def list_projects(house: Home, asking: Reader, after: After = None, limit: Limit = 50) -> ProjectPage:
    """Your projects, newest first."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found, following = await tx.projects.list(Page(after=after, limit=limit))
    return ProjectPage(items=[of_project(project) for project in found], next=following)


@router.post("", status_code=201)
async def make_project(body: NewProject, house: Home, asking: Writer, key: Key) -> ProjectAnswer:
    """Make an empty project; POST /api/generate/start makes one with a film on its way."""
    width, height = orders.SHAPES[body.format]
    async with house.database.transaction(asking.user_id) as tx:

        async def make() -> ProjectAnswer:
            project = orders.new_project(asking, body.name, width, height, body.fps)
            await tx.projects.add(project.model_copy(update={"metadata": body.metadata}))
            await tx.audit.record(asking, "project.created", project.project_id)
            return of_project(await tx.projects.get(project.project_id))

        return await once(tx, key, "projects", body, ProjectAnswer, make)


@router.get("/{project_id}")
async def get_project(project_id: str, house: Home, asking: Reader) -> ProjectAnswer:
    """One project."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return of_project(await tx.projects.get(ProjectId(project_id)))


@router.patch("/{project_id}")
async def change_project(project_id: str, body: ProjectChange, house: Home, asking: Writer) -> ProjectAnswer:
    """Rename a project, or keep data of yours with it."""
    async with house.database.transaction(asking.user_id) as tx:
        changed = await tx.projects.update(ProjectId(project_id), name=body.name, metadata=body.metadata)
        return of_project(changed)


@router.delete("/{project_id}", status_code=204)
async def delete_project(project_id: str, house: Home, asking: Writer) -> None:
    """Delete a project; what is under way for it is called off."""
    async with house.database.transaction(asking.user_id) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        await orders.cancel_all(tx, project.project_id)
        await tx.projects.delete(project.project_id)
        await tx.audit.record(asking, "project.deleted", project.project_id)


@router.get("/{project_id}/runs")
async def list_runs(project_id: str, house: Home, asking: Reader, limit: Limit = 50) -> RunPage:
    """The project's runs, newest first."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found = await tx.runs.list(ProjectId(project_id), limit=limit)
    return RunPage(items=[of_run(run) for run in found])


@router.get("/{project_id}/renders")
async def list_renders(project_id: str, house: Home, asking: Reader, limit: Limit = 50) -> RenderPage:
    """The project's renders, newest first."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found = await tx.renders.list(ProjectId(project_id), limit=limit)
    return RenderPage(items=[of_render(render) for render in found])


@router.get("/{project_id}/stream", response_class=Response)
async def stream(project_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """Follow everything that happens to a project as server-sent events, with no end."""
    return await follow_project(request, house, asking, ProjectId(project_id))
