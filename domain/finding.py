"""What a check found, and what it looked at to find it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.nouns import Noun

Severity = Literal["error", "warning", "advice"]


class Finding(Noun):
    """One fault of a film, with its place, its number and a way to mend it."""

    code: str
    """`noun_fault`: `text_cut`, `frame_blank`, `syntax`."""
    severity: Severity
    message: str
    """One line that names the value and the way out."""
    file: str | None = None
    line: int | None = None
    scene: str | None = None
    node: str | None = None
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom in pixels of the frame."""
    span: tuple[float, float] | None = None
    """From and to, seconds of the film."""
    value: float | str | None = None
    limit: float | str | None = None
    fix_hint: str = ""
    fix_owner: Literal["agent", "user", "operator"] = "agent"
    safe_to_auto_fix: bool = False


class Skipped(Noun):
    """A check that was not made, and why: it never counts as passed."""

    code: str
    reason: str


class Report(Noun):
    """Everything one round of checks has to say."""

    findings: tuple[Finding, ...] = ()
    checked: tuple[str, ...] = Field(default=(), description="Codes of the checks that were made.")
    skipped: tuple[Skipped, ...] = ()

    @property
    def red(self) -> bool:
        """Whether something must be mended before the film may be called finished."""
        return any(finding.severity == "error" for finding in self.findings)
