"""Where things are opened: the addresses that answers, events and pages share."""

from __future__ import annotations

from domain.nouns import ProjectId, RenderId, RunId, Sha256


def picture(project_id: ProjectId, sha256: Sha256, suffix: str = ".jpg") -> str:
    """A drawn frame, contact sheet or poster of a project."""
    return f"/api/projects/{project_id}/pictures/{sha256}{suffix}"


def preview(project_id: ProjectId) -> str:
    """The newest revision's preview, whichever that is when somebody looks."""
    return f"/api/projects/{project_id}/preview"


def film(render_id: RenderId) -> str:
    """The finished file of a render."""
    return f"/api/render/{render_id}/download"


def render_status(render_id: RenderId) -> str:
    """How far a render is."""
    return f"/api/render/{render_id}/status"


def run_stream(run_id: RunId) -> str:
    """The events of one run."""
    return f"/api/generate/{run_id}/stream"
