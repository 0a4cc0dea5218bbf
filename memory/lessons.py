"""What a finished film teaches: findings that were mended, stayed mended, and what was said to mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.errors import ToolError
from domain.event import CheckFinished, Entry, ModelReplied, ProjectRevised, RenderFinished
from domain.finding import Finding
from domain.lesson import Lesson
from domain.nouns import LessonId, RunId, UserId, new_id
from memory.keeping import plain, words

MOST_LESSONS: Final = 3
"""Lessons of one film; a run that mends everything at once has learned little of each."""
LONGEST: Final = 200
"""Characters of a lesson."""
LEAST_WORDS: Final = 4
"""Words below which a sentence teaches nothing: `I mend it.`"""


@dataclass
class _Fault:
    """One finding's code on its way through a run."""

    open_since: int
    """Place in the log where it was found first, or again."""
    mended_at: int | None = None


def learned(entries: Sequence[Entry], owner: UserId, source: str, now: datetime) -> list[Lesson]:
    """Read a run that ended well: what a check found, and no check of its kind after the mending."""
    lessons: dict[str, Lesson] = {}
    for code, fault in _faults(entries).items():
        if fault.mended_at is None:
            continue
        said = _said(entries[fault.open_since : fault.mended_at])
        if said and plain(said) not in {plain(each.text) for each in lessons.values()}:
            lessons[code] = Lesson(
                lesson_id=LessonId(new_id()), owner=owner, kind="lesson", code=code, text=said, source=source,
                created_at=now, held_at=now,
            )  # fmt: skip
    return list(lessons.values())[-MOST_LESSONS:]


def source_of(name: str, run_id: RunId) -> str:
    """Name where a lesson comes from."""
    return f"film {' '.join(name.split())[:60]!r}, run {run_id}"


def _faults(entries: Sequence[Entry]) -> dict[str, _Fault]:
    """Follow every code through the checks; one that came back and stayed is not mended."""
    faults: dict[tuple[str, str], _Fault] = {}
    for place, entry in enumerate(entries):
        match entry.event:
            case CheckFinished(subject=subject, findings=findings):
                _look(faults, subject, findings, place)
            case RenderFinished(purpose="film", findings=findings):
                _look(faults, "film", findings, place)
            case _:
                pass
    still = {code for (_, code), fault in faults.items() if fault.mended_at is None}
    return {code: fault for (_, code), fault in faults.items() if code not in still}


def _look(
    faults: dict[tuple[str, str], _Fault], subject: str, findings: Sequence[Finding], place: int
) -> None:
    found = {finding.code for finding in findings if finding.severity != "advice"}
    for code in found:
        fault = faults.setdefault((subject, code), _Fault(place))
        if fault.mended_at is not None:
            faults[subject, code] = _Fault(place)
    for (about, code), fault in faults.items():
        if about == subject and code not in found and fault.mended_at is None:
            fault.mended_at = place


def _said(entries: Sequence[Entry]) -> str:
    """Give what the model said before the last change among some entries, if memory may hold it."""
    text, told = "", ""
    for entry in entries:
        if isinstance(entry.event, ModelReplied):
            text = next((line.strip() for line in entry.event.text.splitlines() if line.strip()), "")
        elif isinstance(entry.event, ProjectRevised) and text:
            told = text
    if len(told.split()) < LEAST_WORDS or len(told) > LONGEST:
        return ""
    try:
        return words("style", told).text
    except ToolError:
        return ""
