"""Generation, refinement and correction: one loop, told and judged in three ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent.promise import without
from agent.story import Story
from domain.finding import Finding
from domain.promise import written
from domain.run import RunKind
from memory.brief import findings_as_lines

_PROMPTS: Final = Path(__file__).parent / "prompts"
MOST_FINDINGS: Final = 12
"""Findings that one reminder carries: a batch that can be mended in one go."""


@dataclass(frozen=True)
class Gap:
    """Something that stands between a run and its finished film."""

    why: str
    """For the user, as the rest of a sentence: `the film …`."""
    todo: str
    """For the model."""


@dataclass(frozen=True)
class Workflow:
    """What makes one kind of run different from the others."""

    kind: RunKind
    prompts: tuple[str, ...]
    most_reminders: int = 3
    """How often in a row the model may stop too early."""
    most_passes: int = 3
    """How many rounds of mending, and how many films, may fail their checks before people have to look."""
    mends_first: bool = False
    """Whether the safe fixes are applied before the model says a word."""

    def instructions(self, handbook: str) -> str:
        """Write the part of the briefing that never changes during a run."""
        parts = [(_PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip() for name in self.prompts]
        return "\n\n".join(parts).replace("{handbook}", handbook.strip())

    def missing(self, story: Story) -> list[Gap]:
        """List what stands between the story and a finished film; nothing means that the run may end."""
        if story.project.revision == 0:
            todo = "There is no film yet. Scaffold the project from a template, then write its scenes."
            return [Gap("was never begun", todo)]
        return [*_unchecked(story), *_unrendered(story)]

    def broken(self, story: Story) -> list[Gap]:
        """List what a finished film does not keep of its promise."""
        lost = tuple(line for line in story.kept if not line.kept)
        if not lost or story.promise is None:
            return []
        lines = [f"- {each.what}: promised {each.promised!r}, delivered {each.delivered!r}" for each in lost]
        todo = "\n".join(
            [
                "The finished film does not keep its promise. Mend it, check, look and render again:",
                *lines,
                "If that cannot be, state what holds in place of it, and why:",
                written(without(story.promise, lost)),
                "- Because: …",
            ]
        )
        first = lost[0]
        return [Gap(f"does not keep its promise: {first.what} {first.promised!r} is {first.delivered}", todo)]


WORKFLOWS: Final[dict[RunKind, Workflow]] = {
    "generate": Workflow(kind="generate", prompts=("system", "planning", "coding", "review")),
    "refine": Workflow(kind="refine", prompts=("system", "refining", "coding", "review")),
    "correct": Workflow(
        kind="correct", prompts=("system", "correcting", "coding", "review"), mends_first=True
    ),
}


def _unchecked(story: Story) -> list[Gap]:
    if not story.revised:
        return []
    revision = story.project.revision
    if story.check is None:
        todo = f"Revision {revision} was not checked. Call run_build_check and mend what it finds."
        return [Gap("was not checked", todo)]
    errors = [finding for finding in story.check.findings if finding.severity == "error"]
    if errors:
        todo = f"The check of revision {revision} is red. Mend all of these, then check again:"
        return [_with_findings("has errors in its source", todo, errors)]
    if not story.looked:
        todo = f"Nobody looked at revision {revision}. Call visual_frame_inspection on every scene."
        return [Gap("was not looked at", todo)]
    return []


def _unrendered(story: Story) -> list[Gap]:
    film, revision = story.film, story.project.revision
    if film is None:
        todo = f"Revision {revision} is not rendered. Call render_video, then wait_for_job."
        return [Gap("was not rendered", todo)]
    match film.status:
        case "COMPLETED":
            wanted, made = story.run.request, film.output
            if wanted.wants(made):
                return []
            kind = f"{made.quality} {made.format}"
            todo = (
                f"The film was rendered as {kind}; call render_video with quality {wanted.quality!r} and "
                f"format {wanted.file_format!r}, then wait."
            )
            return [Gap(f"was rendered as {kind} only", todo)]
        case "QUEUED" | "PROCESSING":
            todo = f"The render is not finished. Call wait_for_job with job_id {film.job_id!r}."
            return [Gap("was still being rendered", todo)]
        case "FAILED_CHECKS":
            todo = "The finished film did not pass. Mend all of these, then render again:"
            return [_with_findings("has faults", todo, film.report.findings)]
        case "FAILED" | "CANCELLED":
            how = f"{film.status} ({film.reason})" if film.reason else film.status
            todo = f"The render of revision {revision} ended {how}. Mend the cause and render again."
            return [Gap(f"could not be rendered: {film.reason or film.status}", todo)]


def _with_findings(why: str, todo: str, findings: Sequence[Finding]) -> Gap:
    lines = findings_as_lines(findings)[:MOST_FINDINGS]
    worst = lines[0].removeprefix("- ") if lines else "unknown"
    return Gap(f"{why}: {worst}", "\n".join([todo, *lines]))
