"""Who may see what is remembered: users, layers of memory and doors, each cell of them tried."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import sqlalchemy as sa

from domain.database import Database, Transaction
from domain.errors import DirectorError, NotFound
from domain.event import MemoryNoted, Notice
from domain.lesson import Lesson
from domain.memory import Memory
from domain.note import Note
from domain.nouns import LessonId, NoteId, ProjectId, RunId, UserId, new_id
from domain.project import Page, Project
from domain.queue import Room
from domain.run import Request, Run, Step
from memory.direction import page
from memory.plain import DatabaseMemory
from storage.database import SqlTransaction
from storage.rows.scope import Scope
from tests.doors import Open, opened

USERS: Final = (UserId("ada"), UserId("eve"), UserId("noor"))
LAYERS: Final = ("conversation", "film", "user")
SECRET: Final = "canary-of-{}"


@dataclass(frozen=True)
class Owned:
    """What one user has in each layer of memory; every text of it carries the user's canary."""

    user: UserId
    project_id: ProjectId
    run_id: RunId
    note_id: NoteId
    lesson_id: LessonId

    @property
    def canary(self) -> str:
        return SECRET.format(self.user)


Look = Callable[["Cells", Owned, UserId], Awaitable[object]]


class Blind(Scope):
    """A transaction's scope whose queries have lost their condition on the owner, as by a bug."""

    def mine(self, owner: sa.Column[Any]) -> sa.ColumnElement[bool]:
        """Everybody's."""
        return sa.true()


class BlindDatabase:
    """The same database through queries that forget to ask whose a row is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def transaction(
        self, owner: UserId | None, *, reading: bool = False
    ) -> AsyncGenerator[Transaction]:
        async with self._database.transaction(owner, reading=reading) as tx:
            assert isinstance(tx, SqlTransaction)
            yield SqlTransaction(blind(tx.scope), Room())

    async def check(self) -> None:
        await self._database.check()


def blind(scope: Scope) -> Blind:
    """Take the condition on the owner out of a scope, and leave the rest as it is."""
    made = Blind.__new__(Blind)
    made.__dict__.update(scope.__dict__)
    return made


@dataclass
class Cells:
    """A house with three users in it."""

    database: Database
    doors: Open
    owned: dict[UserId, Owned]
    clients: dict[UserId, httpx.AsyncClient]
    memory: Memory

    async def leaks(self, layer: str, door: str, asking: UserId, target: Owned) -> bool:
        """Try one cell: somebody at a door asks for what another one has in a layer."""
        look = LOOKS[layer, door]
        try:
            found = await look(self, target, asking)
        except DirectorError as refused:
            found = str(refused)
        return target.canary in _written(found)


@asynccontextmanager
async def cells(
    folder: Path, hot: Callable[[Database], Memory] = DatabaseMemory, *, filtered: bool = True
) -> AsyncGenerator[Cells]:
    """Open a house in which every user has something in every layer."""
    async with opened(folder) as doors:
        database = doors.stand.database if filtered else BlindDatabase(doors.stand.database)
        memory = hot(database)
        owned = {user: await _furnish(doors, user) for user in USERS}
        clients = {user: doors.client(key=await doors.key(user)) for user in USERS}
        made = Cells(database, doors, owned, clients, memory)
        for user, mine in owned.items():
            await memory.notes(user, mine.project_id)
            async with doors.stand.database.transaction(user, reading=True) as tx:
                entries = await tx.events.read(mine.project_id, run_id=mine.run_id)
            await memory.keep(user, mine.run_id, 0, entries)
        try:
            yield made
        finally:
            await memory.close()


async def _furnish(doors: Open, user: UserId) -> Owned:
    now, canary = datetime.now(UTC), SECRET.format(user)
    project_id, run_id = ProjectId(new_id()), RunId(new_id())
    note = Note(
        note_id=NoteId(new_id()), project_id=project_id, kind="color", text=f"The accent is {canary}",
        topic="accent", by="user", created_at=now,
    )  # fmt: skip
    lesson = Lesson(
        lesson_id=LessonId(new_id()), owner=user, kind="lesson", code="text_contrast", text=f"Use {canary}",
        source=f"film of {canary}", created_at=now, held_at=now,
    )  # fmt: skip
    async with doors.stand.database.transaction(user) as tx:
        await tx.projects.add(
            Project(project_id=project_id, owner=user, name="Film", created_at=now, updated_at=now)
        )
        await tx.runs.add(
            Run(
                run_id=run_id,
                project_id=project_id,
                owner=user,
                kind="generate",
                request=Request(prompt=canary),
                created_at=now,
            )
        )
        noted = MemoryNoted(note_id=note.note_id, kind="color", text=note.text, by="user")
        await tx.events.append(project_id, noted, run_id)
        await tx.events.append(project_id, Notice(substitution=canary, reason="r"), run_id)
        step = Step(
            run_id=run_id, seq=1, call_id="c", tool="remember", args={"text": canary}, args_hash="0" * 64,
            attempt=1,
        )  # fmt: skip
        await tx.steps.intend(step)
        await tx.notes.add(note)
        await tx.lessons.learn(lesson)
    return Owned(user, project_id, run_id, note.note_id, lesson.lesson_id)


# -- the doors


async def _rows_of_log(cells: Cells, it: Owned, asking: UserId) -> object:
    async with cells.database.transaction(asking, reading=True) as tx:
        return await tx.events.read(it.project_id, run_id=it.run_id)


async def _runs(cells: Cells, it: Owned, asking: UserId) -> object:
    async with cells.database.transaction(asking, reading=True) as tx:
        return await tx.runs.get(it.run_id)


async def _runs_of_film(cells: Cells, it: Owned, asking: UserId) -> object:
    """What the briefing of a run brings of the runs before it."""
    async with cells.database.transaction(asking, reading=True) as tx:
        return await tx.runs.list(it.project_id)


async def _journal(cells: Cells, it: Owned, asking: UserId) -> object:
    async with cells.database.transaction(asking, reading=True) as tx:
        return await tx.steps.list(it.run_id)


async def _run_over(cells: Cells, it: Owned, asking: UserId) -> object:
    """Try to change somebody else's run and to add to its log and its journal."""
    return it.canary if await _written_over(cells, it, asking) else "refused"


async def _written_over(cells: Cells, it: Owned, asking: UserId) -> bool:
    step = Step(
        run_id=it.run_id, seq=2, call_id="d", tool="remember", args={}, args_hash="0" * 64, attempt=1
    )  # fmt: skip
    tries: list[Callable[[Transaction], Awaitable[object]]] = [
        lambda tx: tx.runs.update(it.run_id, reason="mine now"),
        lambda tx: tx.events.append(it.project_id, Notice(substitution="mine", reason="r"), it.run_id),
        lambda tx: tx.steps.intend(step),
        lambda tx: tx.steps.finish(it.run_id, 1, 1, "done", {}),
    ]
    for attempt in tries:
        with suppress(NotFound):
            async with cells.database.transaction(asking) as tx:
                await attempt(tx)
            return True
    return False


async def _session(cells: Cells, it: Owned, asking: UserId) -> object:
    return await cells.memory.session(asking, it.run_id)


async def _rows_of_notes(cells: Cells, it: Owned, asking: UserId) -> object:
    async with cells.database.transaction(asking, reading=True) as tx:
        listed = await tx.notes.list(it.project_id)
    async with cells.database.transaction(asking, reading=True) as tx:
        return listed, await tx.notes.get(it.note_id)


async def _rows_of_lessons(cells: Cells, it: Owned, asking: UserId) -> object:
    async with cells.database.transaction(asking, reading=True) as tx:
        listed = await tx.lessons.list(), await tx.lessons.list(codes=["text_contrast"])
    async with cells.database.transaction(asking, reading=True) as tx:
        return listed, await tx.lessons.get(it.lesson_id)


async def _at_hand(cells: Cells, it: Owned, asking: UserId) -> object:
    return await cells.memory.notes(asking, it.project_id)


async def _brief(cells: Cells, it: Owned, asking: UserId) -> object:
    notes = await cells.memory.notes(asking, it.project_id)
    return page("Film", notes, datetime.now(UTC))


async def _brief_of_own(cells: Cells, it: Owned, asking: UserId) -> object:
    """What the briefing of somebody's own run brings of lessons."""
    async with cells.database.transaction(asking, reading=True) as tx:
        return await tx.lessons.list()


def _get(*paths: str) -> Look:
    async def look(cells: Cells, it: Owned, asking: UserId) -> object:
        names = {"project": it.project_id, "run": it.run_id, "note": it.note_id, "lesson": it.lesson_id}
        client = cells.clients[asking]
        return [(await client.get(path.format(**names))).text for path in paths]

    return look


def _change(layer: str) -> Look:
    """Try to write over, agree to and forget what somebody else has, and look whether it is still there."""

    async def look(cells: Cells, it: Owned, asking: UserId) -> object:
        name = it.note_id if layer == "film" else it.lesson_id
        client, owner = cells.clients[asking], cells.clients[it.user]
        said = [await client.patch(f"/api/memory/{name}", json={"text": "Mine now, all of it"})]
        said.append(await client.delete(f"/api/memory/{name}"))
        if layer == "film":
            said.append(await client.post(f"/api/projects/{it.project_id}/memory/accept", json={}))
        kept = await owner.get(f"/api/memory/{name}")
        unharmed = it.canary in kept.text and all(each.status_code == 404 for each in said)
        return [each.text for each in said] if unharmed else it.canary

    return look


def _tool(tool: str, **args: str) -> Look:
    async def look(cells: Cells, it: Owned, asking: UserId) -> object:
        named = {name: value.format(project=it.project_id, canary=it.canary) for name, value in args.items()}
        told = await cells.clients[asking].post(f"/api/tools/{tool}", json=named)
        # An answer may repeat the words of the question, which were the asker's own.
        return told.text.replace(named.get("query", "\0"), "").replace(named.get("text", "\0"), "")

    return look


async def _lists(cells: Cells, it: Owned, asking: UserId) -> object:
    async with cells.database.transaction(asking, reading=True) as tx:
        return await tx.projects.list(Page(limit=200))


LOOKS: Final[dict[tuple[str, str], Look]] = {
    ("conversation", "database"): _rows_of_log,
    ("conversation", "runs"): _runs,
    ("conversation", "journal"): _journal,
    ("conversation", "writing over"): _run_over,
    ("conversation", "at hand"): _session,
    ("conversation", "briefing"): _runs_of_film,
    ("conversation", "http"): _get("/api/generate/{run}/status", "/api/projects/{project}/runs"),
    ("conversation", "stream"): _get("/api/generate/{run}/stream"),
    ("conversation", "tool"): _tool("map_project_ast", project_id="{project}"),
    ("film", "database"): _rows_of_notes,
    ("film", "at hand"): _at_hand,
    ("film", "briefing"): _brief,
    ("film", "http"): _get(
        "/api/projects/{project}/memory", "/api/memory/{note}", "/api/projects/{project}/DIRECTION.md",
        "/api/projects/{project}/files/DIRECTION.md", "/api/projects/{project}/export",
    ),
    ("film", "writing"): _change("film"),
    ("film", "tool"): _tool("remember", project_id="{project}", kind="color", text="The accent is {canary}"),
    ("film", "export"): _get("/api/memory/export"),
    ("film", "list"): _lists,
    ("user", "database"): _rows_of_lessons,
    ("user", "briefing"): _brief_of_own,
    ("user", "http"): _get("/api/memory", "/api/memory/{lesson}"),
    ("user", "writing"): _change("user"),
    ("user", "tool"): _tool("search_knowledge", query="{canary} text_contrast"),
    ("user", "export"): _get("/api/memory/export"),
}  # fmt: skip
"""Every way to what is remembered, by layer and door."""

BELOW: Final = tuple(
    key for key in LOOKS if key[1] in ("database", "runs", "journal", "writing over", "at hand", "briefing")
)
"""Ways that must hold even when a query has lost its condition on the owner."""


async def matrix(
    cells: Cells, only: tuple[tuple[str, str], ...] = tuple(LOOKS)
) -> dict[tuple[str, str, str, str], bool]:
    """Try every cell: who asks, whose it is, layer and door; true is a leak."""
    return {
        (asking, target.user, layer, door): await cells.leaks(layer, door, asking, target)
        for layer, door in only
        for target in cells.owned.values()
        for asking in USERS
        if asking != target.user
    }


def _written(found: object) -> str:
    text = found if isinstance(found, str) else repr(found)
    return text + json.dumps(text, ensure_ascii=False)
