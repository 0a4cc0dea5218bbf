"""Memory: what is remembered of your films and of you; see it, mend it, take it along, have it forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.deliver import FRESH
from api.direction import page_at
from api.entrance import Operator, Reader, Writer
from api.house import Home, House
from api.words import Body, Text
from domain.database import Transaction
from domain.errors import NotFound, Unavailable
from domain.knowledge import Stock
from domain.lesson import Lesson
from domain.note import MOST_NOTES, Note, NoteKind, Standing, sort_out
from domain.nouns import LessonId, NoteId, Noun, ProjectId, new_id
from domain.project import Page
from memory import direction, keeping

router = APIRouter(prefix="/api", tags=["memory"])

State = Literal["held", "proposed", "overruled", "stale"]
At = Annotated[int | None, Query(ge=1, lt=2**31, description="As it was at this revision; now unless said.")]


class NoteAnswer(Note):
    """A note, and whether it holds."""

    state: State


class ProjectMemory(Noun):
    """What is remembered of a film."""

    direction: str
    """DIRECTION.md as it stands now."""
    notes: list[NoteAnswer]
    """All notes, newest first."""


class OwnMemory(Noun):
    """What all your films share, the strongest first."""

    items: list[Lesson]


class Export(Noun):
    """Everything that is remembered of you."""

    notes: list[Note]
    lessons: list[Lesson]


class Accepted(Noun):
    """How many proposals were agreed to."""

    accepted: int


class NewNote(Body):
    """What is to be remembered of a film."""

    kind: NoteKind
    text: Text = Field(min_length=1, max_length=10_000)
    reason: Text = ""
    about: Text = ""
    """What it settles (`accent`, `music`): it takes the place of an older note about the same."""


class NewStyle(Body):
    """What is to hold in all your films."""

    text: Text = Field(min_length=1, max_length=10_000)


class NewWords(Body):
    """The same, said otherwise."""

    text: Text = Field(min_length=1, max_length=10_000)
    reason: Text = ""


class Agreement(Body):
    """Which proposals you agree to."""

    note_ids: list[str] | None = Field(default=None, max_length=1_000)
    """All of them unless some are named."""


@router.get("/memory")
async def list_own(house: Home, asking: Reader) -> OwnMemory:
    """Your house styles, and the lessons that your films taught."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return OwnMemory(items=await tx.lessons.list())


@router.post("/memory", status_code=201)
async def add_style(body: NewStyle, house: Home, asking: Writer) -> Lesson:
    """Let something hold in all your films."""
    said = keeping.words("style", body.text)
    now = datetime.now(UTC)
    style = Lesson(
        lesson_id=LessonId(new_id()), owner=asking.user_id, kind="style", text=said.text,
        source=f"said by you, {now:%Y-%m-%d}", created_at=now, held_at=now,
    )  # fmt: skip
    async with house.database.transaction(asking.user_id) as tx:
        return await tx.lessons.learn(style)


@router.get("/memory/export")
async def export_all(house: Home, asking: Reader) -> Export:
    """Everything that is remembered of you, in one piece."""
    notes: list[Note] = []
    after: str | None = None
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        while True:
            projects, after = await tx.projects.list(Page(after=after, limit=200))
            for project in projects:
                notes += await tx.notes.list(project.project_id, limit=MOST_NOTES)
            if after is None:
                return Export(notes=notes, lessons=await tx.lessons.list())


@router.post("/memory/rebuild")
async def rebuild(house: Home, asking: Operator) -> Stock:
    """Throw the handbook's index away and make it anew."""
    if house.knowledge is None:
        raise Unavailable("knowledge", "this installation has no handbook")
    return await house.knowledge.rebuild()


@router.get("/memory/{memory_id}")
async def get_one(memory_id: str, house: Home, asking: Reader) -> Note | Lesson:
    """One note, style or lesson."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return await _find(tx, memory_id)


@router.patch("/memory/{memory_id}")
async def reword(memory_id: str, body: NewWords, house: Home, asking: Writer) -> Note | Lesson:
    """Say it otherwise; your words count as settled, and the old ones as overruled."""
    async with house.database.transaction(asking.user_id) as tx:
        found = await _find(tx, memory_id)
        if isinstance(found, Lesson):
            return await tx.lessons.reword(found.lesson_id, keeping.words("style", body.text).text)
        said = keeping.words(found.kind, body.text, body.reason or found.reason, found.topic)
        return await keeping.reworded(tx, found, said, datetime.now(UTC))


@router.delete("/memory/{memory_id}", status_code=204)
async def forget(memory_id: str, house: Home, asking: Writer) -> None:
    """Forget it for good: its words leave the log, the journal and what is at hand, too."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found = await _find(tx, memory_id)
    await _let_go(house, found)
    async with house.database.transaction(asking.user_id) as tx:
        if isinstance(found, Lesson):
            await tx.lessons.remove(found.lesson_id)
        else:
            await tx.notes.remove(found.note_id)
        await tx.audit.record(asking, "memory.forgotten", memory_id)
    await _let_go(house, found)


@router.get("/projects/{project_id}/memory")
async def list_notes(project_id: str, house: Home, asking: Reader) -> ProjectMemory:
    """What is remembered of a film: what holds, what is proposed, what was overruled."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(ProjectId(project_id))
        notes = await tx.notes.list(project.project_id, limit=MOST_NOTES)
    now = datetime.now(UTC)
    standing = sort_out(notes, now)
    told = [NoteAnswer.model_validate({**dict(note), "state": _state(note, standing)}) for note in notes]
    return ProjectMemory(direction=direction.page(project.name, notes, now), notes=told)


@router.post("/projects/{project_id}/memory", status_code=201)
async def add_note(project_id: str, body: NewNote, house: Home, asking: Writer) -> Note:
    """Remember something of a film; what you say is settled."""
    said = keeping.words(body.kind, body.text, body.reason, body.about)
    note = keeping.noted(ProjectId(project_id), body.kind, said, datetime.now(UTC), by="user")
    async with house.database.transaction(asking.user_id) as tx:
        await keeping.keep(tx, note)
    return note


@router.post("/projects/{project_id}/memory/accept")
async def accept(project_id: str, body: Agreement, house: Home, asking: Writer) -> Accepted:
    """Agree to what the agent proposed to remember."""
    named = None if body.note_ids is None else [NoteId(each) for each in body.note_ids]
    async with house.database.transaction(asking.user_id) as tx:
        return Accepted(accepted=await tx.notes.accept(ProjectId(project_id), named))


@router.get("/projects/{project_id}/DIRECTION.md", response_class=Response)
async def get_direction(project_id: str, house: Home, asking: Reader, revision: At = None) -> Response:
    """What was decided for a film, on one page."""
    text = await page_at(house, asking, ProjectId(project_id), revision)
    headers = {"Cache-Control": FRESH}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)


def _state(note: Note, standing: Standing) -> State:
    if note in standing.held:
        return "held"
    if note in standing.proposed:
        return "proposed"
    return "stale" if note in standing.stale else "overruled"


async def _find(tx: Transaction, memory_id: str) -> Note | Lesson:
    try:
        return await tx.notes.get(NoteId(memory_id))
    except NotFound:
        pass
    try:
        return await tx.lessons.get(LessonId(memory_id))
    except NotFound:
        raise NotFound("memory_not_found", f"nothing is remembered under {memory_id[:80]!r}") from None


async def _let_go(house: House, found: Note | Lesson) -> None:
    """Have hot memory let go of what it holds of a note, before and after: a run may have kept it between.

    Raises Unavailable when hot memory is away: what cannot be forgotten whole is not forgotten in part.
    """
    if house.memory is not None and isinstance(found, Note):
        await house.memory.forget(found.project_id, found.run_id)
