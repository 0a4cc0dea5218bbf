"""What all films of one user share: house styles, and lessons that mended films taught."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from domain.nouns import LessonId, Noun, UserId

LessonKind = Literal["style", "lesson"]
MOST_LESSONS: Final = 200
"""Lessons and styles of one user; the weakest lesson makes room for a new one."""
LESSON_AGE: Final = timedelta(days=365)
"""How long a lesson lives after it last held; a house style stays until it is forgotten."""


class Lesson(Noun):
    """One house style, or one way in which a finding was mended and stayed mended."""

    lesson_id: LessonId
    owner: UserId
    kind: LessonKind
    code: str = ""
    """The finding's code, of a lesson."""
    text: str
    source: str
    """Where it comes from: the user's words, or the film that it was learned from."""
    score: int = 1
    """In how many films it held."""
    created_at: datetime
    held_at: datetime
    """When it last held."""


class Lessons(Protocol):
    """The owner's lessons and styles, the strongest first."""

    async def learn(self, lesson: Lesson) -> Lesson:
        """Keep a lesson; the same one from another film makes the first stronger. Gives what is kept.

        Raises LimitReached for a house style beyond MOST_LESSONS.
        """
        ...

    async def get(self, lesson_id: LessonId) -> Lesson:
        """Raises NotFound."""
        ...

    async def list(self, *, codes: Sequence[str] | None = None) -> list[Lesson]:
        """All that still live, or those about some findings."""
        ...

    async def reword(self, lesson_id: LessonId, text: str) -> Lesson:
        """Say it otherwise.

        Raises NotFound.
        """
        ...

    async def remove(self, lesson_id: LessonId) -> None:
        """Forget it.

        Raises NotFound.
        """
        ...
