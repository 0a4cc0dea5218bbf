"""What a tool call came to, as every door passes it on and the journal keeps it."""

from __future__ import annotations

from pydantic import JsonValue

from domain.event import Link
from domain.finding import Finding
from domain.nouns import ApprovalId, JobId, Noun, ProjectId, Sha256
from domain.run import Usage

LONGEST_TEXT = 24_000
"""Characters of one text in an answer; longer ones are read in parts."""


class Picture(Noun):
    """A picture for the caller's eyes."""

    sha256: Sha256
    media_type: str
    href: str
    caption: str = ""


class Answer(Noun):
    """One call's answer."""

    call_id: str
    tool: str
    failed: bool = False
    kind: str = ""
    """Of the failure: one of ToolErrorKind, `approval` (a person has to agree first), `unknown` (nobody knows
    whether it happened) or `internal`."""
    summary: str
    """What came of it, or what went wrong and the way out."""
    data: dict[str, JsonValue] = {}
    """The result's fields without its summary."""
    images: tuple[Picture, ...] = ()
    revision: int | None = None
    """The project's newest revision after the call, when the call made one."""
    findings: tuple[Finding, ...] = ()
    usage: Usage = Usage()
    """What a model used for the call, besides the one that made it."""
    job_id: JobId | None = None
    """A job that the call started."""
    approval_id: ApprovalId | None = None
    """The question that a person has to answer before the call is made."""
    project_id: ProjectId | None = None
    known: dict[str, str] = {}
    """Paths whose content the caller has seen, to SHA-256; empty for a file that is gone."""

    @property
    def links(self) -> tuple[Link, ...]:
        """The pictures as the log shows them."""
        return tuple(Link(rel="frame", href=picture.href) for picture in self.images)


class Turn(Noun):
    """What a run's calls came to: all answers, or those before a call that waits for a job or a person."""

    answers: tuple[Answer, ...]
    waits_for: JobId | None = None
    approval_id: ApprovalId | None = None

    @property
    def parked(self) -> bool:
        """Whether the run has nothing to do until then."""
        return self.waits_for is not None or self.approval_id is not None


def capped(value: JsonValue) -> JsonValue:
    """Cut the texts of an answer that are too long to read at once, and say so in their place."""
    if isinstance(value, str):
        if len(value) <= LONGEST_TEXT:
            return value
        return (
            f"{value[:LONGEST_TEXT]}\n… {len(value) - LONGEST_TEXT} more characters; ask for a smaller part"
        )
    if isinstance(value, list):
        return [capped(each) for each in value]
    if isinstance(value, dict):
        return {key: capped(each) for key, each in value.items()}
    return value
