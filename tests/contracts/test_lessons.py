"""Lessons and forgetting in every database: kept once, the weakest make room, what is forgotten is gone."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import JsonValue

from domain.account import LOCAL_USER
from domain.errors import LimitReached, NotFound
from domain.event import Call, MemoryNoted, ModelReplied, ToolFinished, ToolStarted
from domain.lesson import LESSON_AGE, MOST_LESSONS
from domain.nouns import LessonId, new_id
from tests.contracts.databases import START, House, a_lesson, a_note, a_project, a_run, a_step, open_house

WORDS = 'The accent is «أخضر» "#2E7D4F"'


@pytest.fixture(params=["sqlite", "postgresql"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(request.param, tmp_path) as house:
        yield house


async def test_the_same_lesson_of_another_film_makes_the_first_stronger(house: House) -> None:
    async with house.database.transaction(LOCAL_USER) as tx:
        first = await tx.lessons.learn(a_lesson())
        again = a_lesson(text="darken the ink,  not the paper.")
        assert (await tx.lessons.learn(again)).score == 1, "of the same film it is the same lesson"
        other = again.model_copy(update={"source": "another film", "held_at": START + timedelta(days=1)})
        stronger = await tx.lessons.learn(other)
        assert (stronger.lesson_id, stronger.score, stronger.source) == (first.lesson_id, 2, "another film")
        assert await tx.lessons.list() == [stronger]
        assert await tx.lessons.list(codes=["text_cut"]) == []


async def test_a_lesson_that_never_held_again_is_told_no_more(house: House) -> None:
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.lessons.learn(a_lesson())
        style = await tx.lessons.learn(a_lesson(text="Calm.").model_copy(update={"kind": "style"}))
    house.clock.advance(LESSON_AGE.total_seconds() + 1)
    async with house.database.transaction(LOCAL_USER) as tx:
        assert await tx.lessons.list() == [style]


async def test_the_weakest_lesson_makes_room_and_a_style_never_does(house: House) -> None:
    async with house.database.transaction(LOCAL_USER) as tx:
        for number in range(MOST_LESSONS - 1):
            style = a_lesson(text=f"style {number}").model_copy(update={"kind": "style"})
            await tx.lessons.learn(style)
        await tx.lessons.learn(a_lesson(text="weak"))
        await tx.lessons.learn(a_lesson(text="new"))
        assert [each.text for each in await tx.lessons.list() if each.kind == "lesson"] == ["new"]
        await tx.lessons.learn(a_lesson(text="last style").model_copy(update={"kind": "style"}))
        await tx.lessons.learn(a_lesson(text="no room"))
        assert len(await tx.lessons.list()) == MOST_LESSONS
        with pytest.raises(LimitReached, match="200 house styles; forget some"):
            await tx.lessons.learn(a_lesson(text="one more").model_copy(update={"kind": "style"}))


async def test_a_forgotten_lesson_is_gone(house: House) -> None:
    async with house.database.transaction(LOCAL_USER) as tx:
        kept = await tx.lessons.learn(a_lesson())
        await tx.lessons.remove(kept.lesson_id)
        with pytest.raises(NotFound):
            await tx.lessons.get(kept.lesson_id)
        with pytest.raises(NotFound, match="no lesson 'x'"):
            await tx.lessons.remove(LessonId("x"))


async def test_a_forgotten_note_is_in_no_row_of_the_database(house: House) -> None:
    project = a_project()
    run = a_run(project)
    note = a_note(project).model_copy(
        update={"text": WORDS, "reason": "said on the phone", "run_id": run.run_id}
    )
    other = a_note(project).model_copy(update={"note_id": new_id(), "text": "calm"})
    args: dict[str, JsonValue] = {"kind": "color", "text": WORDS, "reason": "said on the phone"}
    call = Call(call_id="c1", tool="remember", args=args)
    spoken: JsonValue = {
        "parts": [{"functionCall": {"name": "remember", "args": args}, "thoughtSignature": "c2ln"}]
    }
    told = [
        ModelReplied(model="m", text="I keep it.", calls=(call,), provider_content=spoken),
        ToolStarted(call_id="c1", tool="remember", args=args, tool_hash="h"),
        MemoryNoted(note_id=note.note_id, kind="color", text=WORDS, by="agent"),
        ToolFinished(
            call_id="c1", tool="remember", summary=f"Noted: {WORDS}", data={"note_id": note.note_id}
        ),
        MemoryNoted(note_id=other.note_id, kind="tone", text="calm", by="agent"),
    ]
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.runs.add(run)
        step = a_step(run).model_copy(update={"tool": "remember", "args": args})
        await tx.steps.intend(step)
        for event in told:
            await tx.events.append(project.project_id, event, run.run_id)
        await tx.notes.add(note)
        await tx.notes.add(other)
    assert WORDS in json.dumps(await dump(house), ensure_ascii=False).replace("\\", "")
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.notes.remove(note.note_id)
    async with house.database.transaction(LOCAL_USER, reading=True) as tx:
        entries = await tx.events.read(project.project_id)
        assert [each.text for each in await tx.notes.list(project.project_id)] == ["calm"]
    left = json.dumps(await dump(house), ensure_ascii=False)
    assert "2E7D4F" not in left
    assert "أخضر" not in left
    assert "on the phone" not in left
    assert [entry.event.type for entry in entries] == [event.type for event in told]
    assert "c2ln" in left, "the signature of the call stays"
    assert '"calm"' in left.replace("\\", "")


async def dump(house: House) -> list[list[str]]:
    """Every row of every table, as it stands in the database."""
    engine = sa.create_engine(
        house.url.replace("postgresql://", "postgresql+psycopg://"), poolclass=sa.pool.NullPool
    )
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        return [
            [str(tuple(row)) for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))]
            for name in names
        ]
