"""A project's source: its revisions, what changed between them, its files, and all of it as a zip."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from api.answers import VersionPage
from api.deliver import FRESH, deliver, disposition
from api.difference import Difference, difference
from api.direction import page_at
from api.entrance import Reader
from api.export import zipped
from api.house import Home, House
from api.paging import After, Limit
from domain.account import Principal
from domain.errors import Conflict, NotFound
from domain.nouns import Noun, ProjectId, Sha256
from domain.project import Page, Project, Revision
from memory.direction import PATH

router = APIRouter(prefix="/api/projects/{project_id}", tags=["source"])

Number = Annotated[
    int | None, Query(ge=0, lt=2**31, description="Number of a revision; the newest unless said.")
]


class Tree(Noun):
    """A revision's files."""

    revision: int
    files: dict[str, Sha256]


@router.get("/versions")
async def list_versions(
    project_id: str, house: Home, asking: Reader, after: After = None, limit: Limit = 50
) -> VersionPage:
    """The project's revisions, newest first; those that were named have a `label` and a `version_id`."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found, following = await tx.revisions.list(ProjectId(project_id), Page(after=after, limit=limit))
    return VersionPage(items=found, next=following)


@router.get("/versions/diff")
async def compare(
    project_id: str,
    house: Home,
    asking: Reader,
    before: Annotated[
        int | None, Query(ge=0, lt=2**31, description="The one before `after` unless said.")
    ] = None,
    after: Number = None,
) -> Difference:
    """What changed from one revision to another, as unified text per file; 0 is the empty project."""
    new = await _tree(house, asking, project_id, after)
    old = await _tree(house, asking, project_id, max(new.revision - 1, 0) if before is None else before)
    files = await difference(house.blobs, old.files, new.files)
    return Difference(before=old.revision, after=new.revision, files=files)


@router.get("/export", response_class=Response)
async def export(project_id: str, house: Home, asking: Reader, revision: Number = None) -> Response:
    """The source as a zip; `director render FOLDER` makes the film of it."""
    project, found = await _revision(house, asking, project_id, revision)
    folder = f"film-{project.project_id[-6:]}"
    name = f"{project.name}-r{found.number}.zip"
    page = await page_at(house, asking, project.project_id, found.number)
    return StreamingResponse(
        zipped(house.blobs, folder, found.files, {PATH: page}),
        media_type="application/zip",
        headers={"Content-Disposition": disposition(name, attachment=True), "Cache-Control": FRESH},
    )


@router.get("/timeline", response_class=Response)
async def timeline(project_id: str, house: Home, asking: Reader, revision: Number = None) -> Response:
    """The cut as OpenTimelineIO for an editing program; put it beside the downloaded film."""
    project, found = await _revision(house, asking, project_id, revision)
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        renders = await tx.renders.list(project.project_id)
    made = [each for each in renders if each.film and (each.revision, each.purpose) == (found.number, "film")]
    suffix = made[0].output.suffix if made else ".mp4"
    files = {path: await house.blobs.path(sha256) for path, sha256 in found.files.items()}
    build = await house.engine.compile(files)
    if build.composition is None:
        first = next(each for each in build.findings if each.severity == "error")
        raise Conflict("does_not_compile", f"revision {found.number} does not compile: {first.message}")
    name = f"{project.name}-r{found.number}.otio"
    return Response(
        await asyncio.to_thread(house.engine.timeline, build.composition, f"{project.name}{suffix}"),
        media_type="application/json",
        headers={"Content-Disposition": disposition(name, attachment=True), "Cache-Control": FRESH},
    )


@router.get("/files")
async def list_files(project_id: str, house: Home, asking: Reader, revision: Number = None) -> Tree:
    """The paths of a revision, each with the SHA-256 of its content."""
    return await _tree(house, asking, project_id, revision)


@router.head("/files/{path:path}", include_in_schema=False)
@router.get("/files/{path:path}", response_class=Response)
async def get_file(
    project_id: str, path: str, request: Request, house: Home, asking: Reader, revision: Number = None
) -> Response:
    """One file of the source, or DIRECTION.md, which is written from what is remembered."""
    tree = await _tree(house, asking, project_id, revision)
    if path == PATH and tree.revision:
        page = await page_at(house, asking, ProjectId(project_id), revision)
        headers = {"Cache-Control": FRESH}
        return Response(page, media_type="text/markdown; charset=utf-8", headers=headers)
    if path not in tree.files:
        raise NotFound(
            "file_not_found", f"revision {tree.revision} of {project_id[:80]} has no file {path[:200]!r}"
        )
    return await deliver(request, house.blobs, tree.files[path], path.rsplit("/", 1)[-1], cache=FRESH)


async def _revision(
    house: House, asking: Principal, project_id: str, number: int | None
) -> tuple[Project, Revision]:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        if project.revision == 0:
            raise NotFound("revision_not_found", f"project {project_id} has no source yet")
        return project, await tx.revisions.get(project.project_id, number)


async def _tree(house: House, asking: Principal, project_id: str, number: int | None) -> Tree:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        if number == 0 or (project.revision == 0 and number is None):
            return Tree(revision=0, files={})
        found = await tx.revisions.get(project.project_id, number)
    return Tree(revision=found.number, files=found.files)
