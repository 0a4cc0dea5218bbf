"""Lessons and house styles in the database."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from domain.errors import LimitReached
from domain.lesson import LESSON_AGE, MOST_LESSONS, Lesson
from domain.nouns import LessonId
from storage.rows.scope import Scope, missing
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import LessonRow

LESSONS = table(LessonRow)
FIELDS = columns(Lesson, LESSONS)


class SqlLessons:
    """The owner's lessons as rows; what a query brings is held against its owner once more."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def learn(self, lesson: Lesson) -> Lesson:
        self._scope.check_owner(lesson.owner)
        await self._scope.know_user(lesson.owner)
        known = await self._own(LESSONS.c.owner == lesson.owner)
        for each in known:
            if (each.kind, each.code, _plain(each.text)) == (lesson.kind, lesson.code, _plain(lesson.text)):
                if each.source == lesson.source:
                    return each
                return await self._change(
                    each.lesson_id, score=each.score + 1, source=lesson.source, held_at=lesson.held_at
                )
        if not await self._has_room(known):
            if lesson.kind == "lesson":
                return lesson
            raise LimitReached("too_many_styles", f"there are {MOST_LESSONS} house styles; forget some first")
        await self._scope.connection.execute(sa.insert(LESSONS).values(record(lesson)))
        return lesson

    async def get(self, lesson_id: LessonId) -> Lesson:
        found = await self._own(LESSONS.c.lesson_id == lesson_id, self._scope.mine(LESSONS.c.owner))
        if not found:
            raise missing("lesson", lesson_id)
        return found[0]

    async def list(self, *, codes: Sequence[str] | None = None) -> list[Lesson]:
        conditions = [self._scope.mine(LESSONS.c.owner)]
        if codes is not None:
            conditions.append(LESSONS.c.code.in_(codes))
        oldest = await self._scope.now() - LESSON_AGE
        found = await self._own(*conditions)
        return [each for each in found if each.kind == "style" or each.held_at > oldest]

    async def reword(self, lesson_id: LessonId, text: str) -> Lesson:
        await self.get(lesson_id)
        return await self._change(lesson_id, text=text)

    async def remove(self, lesson_id: LessonId) -> None:
        await self.get(lesson_id)
        await self._scope.connection.execute(sa.delete(LESSONS).where(LESSONS.c.lesson_id == lesson_id))

    async def _has_room(self, known: Sequence[Lesson]) -> bool:
        """Let the weakest lesson go, the oldest first; house styles never make room."""
        if len(known) < MOST_LESSONS:
            return True
        lessons = (each for each in known if each.kind == "lesson")
        weak = sorted(lessons, key=lambda each: (each.score, each.held_at))
        gone = [each.lesson_id for each in weak[: len(known) - MOST_LESSONS + 1]]
        await self._scope.connection.execute(sa.delete(LESSONS).where(LESSONS.c.lesson_id.in_(gone)))
        return bool(gone)

    async def _own(self, *conditions: sa.ColumnElement[bool]) -> list[Lesson]:
        query = sa.select(*FIELDS).where(*conditions)
        query = query.order_by(LESSONS.c.score.desc(), LESSONS.c.held_at.desc(), LESSONS.c.lesson_id)
        rows = (await self._scope.connection.execute(query)).all()
        found = [noun_of(Lesson, row) for row in rows]
        return [each for each in found if self._scope.sees(each.owner)]

    async def _change(self, lesson_id: LessonId, **new: object) -> Lesson:
        change = sa.update(LESSONS).where(LESSONS.c.lesson_id == lesson_id).values(**new)
        await self._scope.connection.execute(change)
        return await self.get(lesson_id)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
