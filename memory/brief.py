"""The briefing: what the model has to know of project, notes, findings and limits, in a bounded text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.finding import Finding
from domain.knowledge import Entry
from domain.lesson import Lesson
from domain.note import Note
from domain.nouns import Noun
from domain.project import Asset, Project
from domain.run import Limits, Run, Usage
from domain.unseen import shown
from memory.direction import direction

MOST_CHARACTERS: Final = 12_000
MOST_LINES: Final = {"files": 60, "assets": 30, "styles": 10, "lessons": 8, "findings": 20, "runs": 8}
LINE: Final = 320
"""Characters of one line; the rest is cut."""
MOST_OF_ENTRY: Final = 900
"""Characters of an entry of the handbook; search_knowledge gives the whole."""
SEVERITIES: Final = ("error", "warning", "advice")


class Knowledge(Noun):
    """Everything a briefing is written from."""

    project: Project
    files: tuple[str, ...] = ()
    """Paths of the newest revision."""
    assets: tuple[Asset, ...] = ()
    notes: tuple[Note, ...] = ()
    """Newest first."""
    now: datetime
    """When the briefing is read."""
    styles: tuple[Lesson, ...] = ()
    """What holds in all films of the user, the strongest first."""
    lessons: tuple[Lesson, ...] = ()
    """What earlier films taught, the strongest first."""
    recalled: tuple[Entry, ...] = ()
    """Entries of the handbook for the task at hand."""
    findings: tuple[Finding, ...] = ()
    """What the newest checks complained about."""
    earlier: tuple[Run, ...] = ()
    """Ended runs of the project, newest first."""
    limits: Limits = Limits()
    usage: Usage = Usage()


def brief(known: Knowledge) -> str:
    """Write the briefing; it is never longer than MOST_CHARACTERS."""
    sections = [
        _section("The project", _project(known)),
        _section("Assets of the user", _bounded("assets", [_asset(asset) for asset in known.assets])),
        _section("Remembered for this film", direction(known.notes, known.now)),
        _section("House style of this user", _bounded("styles", [f"- {each.text}" for each in known.styles])),
        _section("From the handbook, for this task", [_entry(entry) for entry in known.recalled]),
        _section("Open findings", _bounded("findings", findings_as_lines(known.findings))),
        _section("What mended such findings before", _bounded("lessons", _lessons(known))),
        _section("Earlier requests", _bounded("runs", [_run(run) for run in known.earlier])),
        _section("Limits", left(known.limits, known.usage)),
    ]
    text = "\n\n".join(section for section in sections if section)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def findings_as_lines(findings: Sequence[Finding]) -> list[str]:
    """Say one finding a line, the worst first."""
    ranked = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return [_finding(finding) for finding in ranked]


def left(limits: Limits, usage: Usage) -> list[str]:
    """Tell what is nearly used up, in quarters: a text that changes every turn defeats a provider's cache."""
    used = {
        "tool calls": usage.steps / limits.steps,
        "answers": usage.turns / limits.turns,
        "tokens": (usage.prompt_tokens + usage.answer_tokens) / limits.tokens,
        "cost": usage.cost_usd / limits.cost_usd if limits.cost_usd else 0.0,
        "time": usage.seconds / limits.seconds,
    }
    lines: list[str] = []
    for name, share in used.items():
        if share >= 0.75:
            lines.append(f"More than three quarters of the {name} are used: finish now, render, and stop.")
        elif share >= 0.5:
            lines.append(f"More than half of the {name} are used.")
    return lines


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", *lines]) if lines else ""


def _project(known: Knowledge) -> list[str]:
    project = known.project
    lines = [
        f"{_cut(project.name)!r}: {project.width}×{project.height} px, {project.fps:.5g} frames a second."
        if project.revision
        else "It has no source yet: scaffold it from a template first.",
    ]
    if project.revision:
        template = f", begun from template {project.template!r}" if project.template else ""
        lines.append(f"Newest revision: {project.revision}{template}. Files:")
        lines += _bounded("files", [f"- {path}" for path in known.files])
    return lines


def _asset(asset: Asset) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in asset.facts.items())
    return f"- {asset.asset_id}: {asset.name!r} ({asset.kind}{', ' + facts if facts else ''})"


def _finding(finding: Finding) -> str:
    places: list[str] = []
    if finding.file:
        places.append(f"{finding.file}:{finding.line}" if finding.line else finding.file)
    if finding.scene:
        places.append(f"scene {finding.scene}")
    if finding.node:
        places.append(f"node {finding.node}")
    if finding.span:
        places.append(f"{finding.span[0]:g}–{finding.span[1]:g} s")
    place = f" ({', '.join(places)})" if places else ""
    hint = f" Way out: {finding.fix_hint}" if finding.fix_hint else ""
    return f"- {finding.severity} {finding.code}{place}: {finding.message}{hint}"


def _entry(entry: Entry) -> str:
    return f"- {entry.title} ({entry.entry_id}): {_cut(entry.text, MOST_OF_ENTRY)}"


def _lessons(known: Knowledge) -> list[str]:
    """Give the lessons about what is open now."""
    codes = {finding.code for finding in known.findings}
    return [
        f"- {each.code}: {each.text} [held {each.score}×]" for each in known.lessons if each.code in codes
    ]


def _run(run: Run) -> str:
    return f"- {run.kind}: {_cut(run.request.prompt, 200)!r} → {run.state}: {_cut(run.reason, 100)}"


def _bounded(kind: str, lines: Sequence[str]) -> list[str]:
    most = MOST_LINES[kind]
    kept = [_cut(line) for line in lines[:most]]
    return [*kept, f"… and {len(lines) - most} more"] if len(lines) > most else kept


def _cut(text: str, most: int = LINE) -> str:
    line = shown(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"
