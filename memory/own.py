"""A user's own lessons and house styles among the answers to a question, by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.knowledge import Entry, Hit
from domain.lesson import Lesson
from memory.words import WordIndex, readable

LEAST: Final = 0.2
"""A score below which a lesson has nothing to do with the question."""
MOST: Final = 2
"""Lessons in one answer."""


def own(lessons: Sequence[Lesson], question: str) -> list[Hit]:
    """Find the lessons that answer a question, or that are about the finding it names."""
    entries = {entry.entry_id: entry for entry in map(_entry, lessons)}
    ranked = WordIndex(entries.values()).rank(readable(question))
    hits = [Hit(entry=entries[name], score=score) for name, score in ranked.items() if score >= LEAST]
    return hits[:MOST]


def _entry(lesson: Lesson) -> Entry:
    learned = lesson.kind == "lesson"
    return Entry(
        entry_id=f"{lesson.kind}/{lesson.lesson_id}",
        kind="fix" if learned else "practice",
        title=f"{lesson.code}: what mended it before" if learned else "House style of this user",
        text=lesson.text,
        source=f"{lesson.source}, held {lesson.score}×",
    )
