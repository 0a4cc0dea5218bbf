"""What can be read by address: the handbook, the schema, examples, and the parts of each project."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, unquote

from api.deliver import type_of
from api.difference import difference
from api.house import House
from api.tool_answers import check_answer
from domain.account import Principal
from domain.composition import schema
from domain.errors import LimitReached, NotFound
from domain.nouns import ProjectId, RenderId
from domain.paths import TEXT_SUFFIXES
from domain.project import Page, Project, Revision
from domain.unseen import all_shown, shown
from stage import examples, handbook

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of a file that is read as a resource; larger ones are downloaded."""
MOST_PROJECTS = 20
"""Projects that the list shows; the others are read by their id."""
JSON = "application/json"
Contents = list[dict[str, Any]]

STILL: dict[str, tuple[str, str, str]] = {
    "director://handbook": ("handbook", "How scene code is written.", "text/markdown"),
    "director://composition-schema": ("composition-schema", "The schema of a compiled film.", JSON),
    "director://examples": ("examples", "A short scene for each word.", "text/markdown"),
}  # fmt: skip
TEMPLATES: dict[str, tuple[str, str, str]] = {
    "director://projects/{project_id}": ("project", "A film: shape, state, files.", JSON),
    "director://projects/{project_id}/files/{+path}": ("file", "A file as it is now.", "text/plain"),
    "director://projects/{project_id}/frames/{seconds}": ("frame", "The frame at a time.", "image/jpeg"),
    "director://projects/{project_id}/revisions": ("revisions", "All states, newest first.", JSON),
    "director://projects/{project_id}/revisions/{number}": ("revision", "What it changed.", "text/x-diff"),
    "director://projects/{project_id}/findings": ("findings", "What is wrong with the film now.", JSON),
    "director://projects/{project_id}/renders": ("renders", "The films that were made.", JSON),
    "director://renders/{render_id}": ("render", "How a render stands, and what its checks found.", JSON),
    "director://renders/{render_id}/film{ending}": ("film", "A small finished film; .mp4…", "video/mp4"),
}  # fmt: skip
_PROJECT = r"director://projects/(?P<project_id>[\w-]{1,100})"


async def listed(house: House, asking: Principal) -> list[dict[str, Any]]:
    """What there is to read at once, and the newest projects."""
    found = [
        {"uri": uri, "name": name, "description": description, "mimeType": kind}
        for uri, (name, description, kind) in STILL.items()
    ]
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        projects, _ = await tx.projects.list(Page(limit=MOST_PROJECTS))
    return found + [
        {
            "uri": f"director://projects/{each.project_id}",
            "name": shown(each.name),
            "description": f"{each.status}, revision {each.revision}",
            "mimeType": JSON,
        }
        for each in projects
    ]


def templates() -> list[dict[str, Any]]:
    """The addresses that hold what a client fills in."""
    return [
        {"uriTemplate": uri, "name": name, "description": description, "mimeType": kind}
        for uri, (name, description, kind) in TEMPLATES.items()
    ]


async def read(house: House, asking: Principal, uri: str) -> Contents:
    """Read what lies at an address.

    Raises NotFound for what does not exist or is somebody else's, LimitReached for what is too large, and
    ToolError when a film cannot be drawn.
    """
    if uri in STILL:
        return [_text(uri, STILL[uri][2], _still(uri))]
    for pattern, reader in _READERS:
        match = pattern.fullmatch(uri)
        if match is not None:
            return await reader(house, asking, uri, **match.groupdict())
    raise NotFound("no_resource", f"there is no resource {uri[:200]!r}; resources/templates/list tells which")


def project_of(uri: str) -> ProjectId | None:
    """The project that an address belongs to; None when it belongs to none."""
    match = re.match(f"{_PROJECT}(?:/|$)", uri)
    return ProjectId(match["project_id"]) if match else None


def file_uri(project_id: str, path: str) -> str:
    """Where a project's file is read."""
    return f"director://projects/{project_id}/files/{quote(path)}"


def _still(uri: str) -> str:
    if uri.endswith("handbook"):
        return handbook.page()
    if uri.endswith("schema"):
        return json.dumps(schema())
    shown_words = {f"`{kind}`": ("", code) for kind, code in examples.KINDS.items()} | examples.WORDS
    parts = [f"## {name}\n\n{about}\n\n```python\n{code}\n```" for name, (about, code) in shown_words.items()]
    return "\n\n".join(["# Examples", f"Each stands after:\n\n```python\n{examples.BEFORE}```", *parts])


async def _project(house: House, asking: Principal, uri: str, project_id: str) -> Contents:
    project, revision = await _newest(house, asking, project_id)
    files = sorted(revision.files) if revision else []
    told = project.model_dump(mode="json", exclude={"owner", "metadata"})
    return [_json(uri, {**told, "files": {path: file_uri(project_id, path) for path in files}})]


async def _file(house: House, asking: Principal, uri: str, project_id: str, path: str) -> Contents:
    _, revision = await _newest(house, asking, project_id)
    path = unquote(path)
    sha256 = revision.files.get(path) if revision else None
    if sha256 is None:
        raise NotFound("file_not_found", f"project {project_id} has no file {path[:200]!r}")
    if await house.blobs.size(sha256) > LARGEST_FILE:
        raise LimitReached(
            "too_large", f"{path!r} is larger than {LARGEST_FILE} bytes; download it over HTTP"
        )
    content = await house.blobs.get(sha256)
    if f".{path.rsplit('.', 1)[-1].lower()}" in TEXT_SUFFIXES:
        return [_text(uri, "text/plain", content.decode("utf-8", "replace"))]
    return [_bytes(uri, type_of(path), content)]


async def _frame(house: House, asking: Principal, uri: str, project_id: str, seconds: str) -> Contents:
    answer = await house.executor.call(
        asking, "visual_frame_inspection", {"times": [float(seconds)]}, project_id=ProjectId(project_id)
    )
    picture = check_answer(answer).images[0]
    return [_bytes(uri, picture.media_type, await house.blobs.get(picture.sha256))]


async def _revisions(house: House, asking: Principal, uri: str, project_id: str) -> Contents:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        found, _ = await tx.revisions.list(project.project_id, Page(limit=100))
    kept = {"number", "message", "label", "version_id", "created_at"}
    return [_json(uri, [each.model_dump(mode="json", include=kept) for each in found])]


async def _revision(house: House, asking: Principal, uri: str, project_id: str, number: str) -> Contents:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        new = await tx.revisions.get(project.project_id, int(number))
        old = await tx.revisions.get(project.project_id, new.number - 1) if new.number > 1 else None
    files = await difference(house.blobs, old.files if old else {}, new.files)
    parts = [each.diff or f"{each.what}: {each.path}\n" for each in files]
    return [_text(uri, "text/x-diff", f"{new.message}\n\n{''.join(parts)}")]


async def _findings(house: House, asking: Principal, uri: str, project_id: str) -> Contents:
    answer = await house.executor.call(asking, "run_build_check", {}, project_id=ProjectId(project_id))
    return [_json(uri, {"summary": check_answer(answer).summary, **answer.data})]


async def _renders(house: House, asking: Principal, uri: str, project_id: str) -> Contents:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        found = await tx.renders.list(project.project_id)
    kept = {"render_id", "job_id", "revision", "purpose", "status", "percent", "created_at", "finished_at"}
    return [_json(uri, [each.model_dump(mode="json", include=kept) for each in found])]


async def _render(house: House, asking: Principal, uri: str, render_id: str) -> Contents:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        render = await tx.renders.get(RenderId(render_id))
    return [_json(uri, render.model_dump(mode="json", exclude={"owner"}))]


async def _film(house: House, asking: Principal, uri: str, render_id: str, ending: str) -> Contents:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        render = await tx.renders.get(RenderId(render_id))
    if render.film is None:
        raise NotFound("no_film", f"render {render_id} is {render.status} and has no film")
    if ending != render.output.suffix:
        raise NotFound("no_film", f"render {render_id} has no film{ending}; it is film{render.output.suffix}")
    if await house.blobs.size(render.film) > LARGEST_FILE:
        raise LimitReached(
            "too_large",
            f"the film is larger than {LARGEST_FILE} bytes: give wait_for_job `save_to` on stdio, or "
            f"download /api/render/{render_id}/download",
        )
    return [_bytes(uri, render.output.media_type, await house.blobs.get(render.film))]


async def _newest(house: House, asking: Principal, project_id: str) -> tuple[Project, Revision | None]:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        revision = await tx.revisions.get(project.project_id) if project.revision else None
    return project, revision


def _text(uri: str, kind: str, text: str) -> dict[str, Any]:
    return {"uri": uri, "mimeType": kind, "text": shown(text)}


def _json(uri: str, value: Any) -> dict[str, Any]:
    return {"uri": uri, "mimeType": JSON, "text": json.dumps(all_shown(value), ensure_ascii=False)}


def _bytes(uri: str, kind: str, content: bytes) -> dict[str, Any]:
    return {"uri": uri, "mimeType": kind, "blob": base64.b64encode(content).decode("ascii")}


_RENDER = r"director://renders/(?P<render_id>[\w-]{1,100})"
_READERS: tuple[tuple[re.Pattern[str], Callable[..., Awaitable[Contents]]], ...] = (
    (re.compile(_PROJECT), _project),
    (re.compile(rf"{_PROJECT}/files/(?P<path>.{{1,800}})"), _file),
    (re.compile(rf"{_PROJECT}/frames/(?P<seconds>\d{{1,6}}(?:\.\d{{1,6}})?)"), _frame),
    (re.compile(rf"{_PROJECT}/revisions"), _revisions),
    (re.compile(rf"{_PROJECT}/revisions/(?P<number>[1-9]\d{{0,8}})"), _revision),
    (re.compile(rf"{_PROJECT}/findings"), _findings),
    (re.compile(rf"{_PROJECT}/renders"), _renders),
    (re.compile(_RENDER), _render),
    (re.compile(rf"{_RENDER}/film(?P<ending>\.[a-z0-9]{{1,5}})"), _film),
)
