"""Generation, refinement and correction: one loop, told and judged in three ways."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent.story import Story
from domain.run import RunKind
from memory.brief import findings_as_lines

_PROMPTS: Final = Path(__file__).parent / "prompts"
MOST_FINDINGS: Final = 12
"""Findings that one reminder carries: a batch that can be mended in one go."""


@dataclass(frozen=True)
class Workflow:
    """What makes one kind of run different from the others."""

    kind: RunKind
    prompts: tuple[str, ...]
    most_reminders: int = 3
    """How often in a row the model may stop too early."""
    most_passes: int = 3
    """How many films may fail their checks before people have to look."""

    def instructions(self, handbook: str) -> str:
        """Write the part of the briefing that never changes during a run."""
        parts = [(_PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip() for name in self.prompts]
        return "\n\n".join(parts).replace("{handbook}", handbook.strip())

    def missing(self, story: Story) -> list[str]:
        """List what stands between the story and a finished film; nothing means that the run may end."""
        if story.project.revision == 0:
            return ["There is no film yet. Scaffold the project from a template, then write its scenes."]
        return [*_unchecked(story), *_unrendered(story)]


WORKFLOWS: Final[dict[RunKind, Workflow]] = {
    "generate": Workflow(kind="generate", prompts=("system", "planning", "coding", "review")),
    "refine": Workflow(kind="refine", prompts=("system", "refining", "coding", "review")),
    "correct": Workflow(kind="correct", prompts=("system", "correcting", "coding", "review")),
}


def _unchecked(story: Story) -> list[str]:
    if not story.revised:
        return []
    revision = story.project.revision
    if story.check is None:
        return [f"Revision {revision} was not checked. Call run_build_check and mend what it finds."]
    errors = [finding for finding in story.check.findings if finding.severity == "error"]
    if errors:
        listed = "\n".join(findings_as_lines(errors)[:MOST_FINDINGS])
        return [f"The check of revision {revision} is red. Mend all of these, then check again:\n{listed}"]
    if not story.looked:
        return [f"Nobody looked at revision {revision}. Call visual_frame_inspection on every scene."]
    return []


def _unrendered(story: Story) -> list[str]:
    film, revision = story.film, story.project.revision
    if film is None:
        return [f"Revision {revision} is not rendered. Call render_video, then wait_for_job."]
    match film.status:
        case "COMPLETED":
            wanted, made = story.run.request.quality, film.output.quality
            if made == wanted:
                return []
            return [f"The film was rendered as {made}; call render_video with quality {wanted!r}, then wait."]
        case "QUEUED" | "PROCESSING":
            return [f"The render is not finished. Call wait_for_job with job_id {film.job_id!r}."]
        case "FAILED_CHECKS":
            listed = "\n".join(findings_as_lines(film.report.findings)[:MOST_FINDINGS])
            return [f"The finished film did not pass. Mend all of these, then render again:\n{listed}"]
        case "FAILED" | "CANCELLED":
            why = f" ({film.reason})" if film.reason else ""
            return [f"The render of revision {revision} ended {film.status}{why}. Mend it and render again."]
