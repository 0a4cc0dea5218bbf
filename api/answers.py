"""What the doors answer: the nouns, with links to go on from."""

from __future__ import annotations

from typing import TypeVar

from pydantic import Field

from domain import links
from domain.approval import Approval
from domain.event import RunFinished
from domain.finding import Finding
from domain.nouns import Noun, ProjectId, RunId
from domain.project import Asset, Project, Revision
from domain.promise import PromiseLine
from domain.render import Render
from domain.run import Run

Item = TypeVar("Item")
Links = dict[str, str]


class Started(Noun):
    """A run on its way."""

    project_id: ProjectId
    run_id: RunId
    state: str = "queued"
    links: Links = Field(default={}, description="`stream`, `status`, `project`.")


class ProjectAnswer(Project):
    """A project, and where its parts are."""

    links: Links


class ProjectPage(Noun):
    """Some of your projects, newest first."""

    items: list[ProjectAnswer]
    next: str | None = None
    """Give it as `after` to read on."""


class RunAnswer(Run):
    """A run, and where its parts are."""

    links: Links
    promise: tuple[PromiseLine, ...] = ()
    """What was promised, and what came of it; in the status of a run that has ended."""
    findings: tuple[Finding, ...] = ()
    """What is left red for people to decide; there too."""


class RunPage(Noun):
    """A project's runs, newest first."""

    items: list[RunAnswer]


class RenderAnswer(Render):
    """A render, and where its files are."""

    links: Links


class RenderPage(Noun):
    """A project's renders, newest first."""

    items: list[RenderAnswer]


class AssetAnswer(Asset):
    """An asset, and where its content is."""

    links: Links


class AssetPage(Noun):
    """Your assets, newest first."""

    items: list[AssetAnswer]


class VersionPage(Noun):
    """A project's revisions, newest first."""

    items: list[Revision]
    next: str | None = None
    """Give it as `after` to read on."""


class ApprovalAnswer(Approval):
    """A question to you, and where its parts are."""

    links: Links


class ApprovalPage(Noun):
    """What you were asked, newest first."""

    items: list[ApprovalAnswer]


def of_approval(approval: Approval) -> ApprovalAnswer:
    """Put links to an approval."""
    found: Links = {"answer": f"/api/approvals/{approval.approval_id}"}
    if approval.project_id is not None:
        found["project"] = f"/api/projects/{approval.project_id}"
    if approval.run_id is not None:
        found["stream"] = links.run_stream(approval.run_id)
    return ApprovalAnswer.model_validate({**dict(approval), "links": found})


def of_project(project: Project) -> ProjectAnswer:
    """Put links to a project."""
    base = f"/api/projects/{project.project_id}"
    found: Links = {
        "project": base,
        "stream": f"{base}/stream",
        "runs": f"{base}/runs",
        "renders": f"{base}/renders",
        "versions": f"{base}/versions",
    }
    if project.revision:
        found |= {
            "preview": links.preview(project.project_id),
            "export": f"{base}/export",
            "timeline": f"{base}/timeline",
            "files": f"{base}/files",
        }
    return ProjectAnswer.model_validate({**dict(project), "links": found})


def of_run(run: Run, end: RunFinished | None = None) -> RunAnswer:
    """Put links to a run, and what its end told."""
    told = {"promise": end.promise, "findings": end.findings} if end is not None else {}
    return RunAnswer.model_validate({**dict(run), **told, "links": run_links(run.project_id, run.run_id)})


def run_links(project_id: ProjectId, run_id: RunId) -> Links:
    """Where a run is followed."""
    return {
        "stream": links.run_stream(run_id),
        "status": f"/api/generate/{run_id}/status",
        "project": f"/api/projects/{project_id}",
    }


def of_render(render: Render) -> RenderAnswer:
    """Put links to a render."""
    base = f"/api/render/{render.render_id}"
    found: Links = {
        "status": links.render_status(render.render_id),
        "project": f"/api/projects/{render.project_id}",
    }
    if render.film:
        found["film"] = links.film(render.render_id)
    if render.poster:
        found["poster"] = f"{base}/poster"
    if render.thumbnail:
        found["thumbnail"] = f"{base}/thumbnail"
    if render.sheet:
        found["sheet"] = f"{base}/sheet"
    return RenderAnswer.model_validate({**dict(render), "links": found})


def of_asset(asset: Asset) -> AssetAnswer:
    """Put links to an asset."""
    base = f"/api/assets/{asset.asset_id}"
    return AssetAnswer.model_validate({**dict(asset), "links": {"asset": base, "content": f"{base}/content"}})
