"""What a check found, and what it looked at to find it."""

from __future__ import annotations

from collections.abc import Iterable
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
    fix: dict[str, str | float | bool] = {}
    """Properties of the node that mend it, with their values."""
    allowed: str = ""
    """The word of the node's `allow` that declares it meant to be: it is told as advice only."""


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


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by severity, each once."""
    order = ("error", "warning", "advice")
    once = {(each.code, each.scene, each.node, each.message): each for each in findings}
    return tuple(sorted(once.values(), key=lambda each: order.index(each.severity)))


def lasting(worst: Severity, samples: int) -> Severity:
    """Let a fault grow with its persistence: seen at one moment only, it is one step milder."""
    if samples > 1:
        return worst
    return "warning" if worst == "error" else "advice"


def excused(finding: Finding, allow: Iterable[str]) -> Finding:
    """Turn a fault that its node declares as meant to be into advice; any other stays as it is.

    A declaration is a finding's code, or the code's end: `text_overlap` or `overlap`.
    """
    for word in allow:
        if finding.code in (word, *_ALSO.get(word, ())) or finding.code.endswith(f"_{word}"):
            return finding.model_copy(update={"severity": "advice", "allowed": word})
    return finding


_ALSO = {
    "bleed": ("text_outside", "text_escapes"),
    "hidden": ("text_contrast", "text_covered", "never_appears"),
    "small": ("text_too_small",),
    "short": ("text_too_short",),
}
"""Words that people use for more than one fault."""
