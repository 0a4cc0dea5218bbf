"""The databases that every suite of storage runs over; another one is another line of DATABASES."""

import sqlite3
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from domain.account import LOCAL_USER
from domain.approval import Approval
from domain.job import Job, JobKind
from domain.lesson import Lesson
from domain.note import Note
from domain.nouns import (
    ApprovalId,
    AssetId,
    JobId,
    LessonId,
    NoteId,
    ProjectId,
    RenderId,
    RunId,
    Sha256,
    UserId,
    new_id,
)
from domain.project import Asset, Project
from domain.render import Render
from domain.run import Request, Run, Step
from storage import schema
from storage.bells import LocalWakeups
from storage.database import SqlDatabase
from tests.engines import postgresql

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HASH = Sha256("0" * 64)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class House:
    """An installation: its database, its bells, and a clock to move."""

    url: str
    clock: Clock = field(default_factory=Clock)
    wakeups: LocalWakeups = field(default_factory=LocalWakeups)
    opened: list[SqlDatabase] = field(default_factory=list[SqlDatabase])

    def open(self) -> SqlDatabase:
        """Another set of connections, as another process has them."""
        self.opened.append(SqlDatabase(self.url, self.wakeups, clock=self.clock))
        return self.opened[-1]

    @property
    def database(self) -> SqlDatabase:
        return self.opened[0] if self.opened else self.open()


def sqlite_url(folder: Path) -> str:
    """A SQLite database with the newest schema and nothing in it."""
    path = folder / "director.sqlite3"
    path.write_bytes(_empty_sqlite())
    return f"sqlite:///{path}"


DATABASES: dict[str, Callable[[Path], str]] = {
    "sqlite": sqlite_url,
    "postgresql": lambda _folder: postgresql.fresh_url(),
}


@asynccontextmanager
async def open_house(kind: str, folder: Path, wakeups: LocalWakeups | None = None) -> AsyncGenerator[House]:
    """Open an installation over a fresh database of a kind."""
    house = House(DATABASES[kind](folder), wakeups=wakeups or LocalWakeups())
    try:
        yield house
    finally:
        for database in house.opened:
            await database.close()
        if kind == "postgresql":
            postgresql.give_back(house.url)


@cache
def _empty_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.sqlite3")
        schema.upgrade(f"sqlite:///{path}")
        sqlite3.connect(path).close()
        return path.read_bytes()


def a_project(owner: UserId = LOCAL_USER, name: str = "Noor Tea", at: datetime = START) -> Project:
    return Project(project_id=ProjectId(new_id()), owner=owner, name=name, created_at=at, updated_at=at)


def a_run(project: Project) -> Run:
    return Run(
        run_id=RunId(new_id()),
        project_id=project.project_id,
        owner=project.owner,
        kind="generate",
        request=Request(prompt="A calm green teaser"),
        created_at=START,
    )


def a_job(
    project: Project, kind: JobKind = "render", *, run: Run | None = None, priority: int = 0, age_s: float = 0
) -> Job:
    return Job(
        job_id=JobId(new_id()),
        kind=kind,
        owner=project.owner,
        project_id=project.project_id,
        run_id=run.run_id if run else None,
        priority=priority,
        created_at=START - timedelta(seconds=age_s),
    )


def a_render(project: Project, job: Job) -> Render:
    return Render(
        render_id=RenderId(new_id()),
        job_id=job.job_id,
        project_id=project.project_id,
        owner=project.owner,
        revision=1,
        created_at=START,
    )


def a_step(run: Run, seq: int = 1, attempt: int = 1) -> Step:
    return Step(
        run_id=run.run_id, seq=seq, call_id=f"c{seq}", tool="read_file", args={"path": "film.py"},
        args_hash="ab", attempt=attempt,
    )  # fmt: skip


def an_approval(project: Project, run: Run | None = None) -> Approval:
    return Approval(
        approval_id=ApprovalId(new_id()), owner=project.owner, project_id=project.project_id,
        run_id=run.run_id if run else None, call_id="c1", asked="call", tool="buy", args={"much": 2},
        what="buy two", why="it costs money", cost_usd=1.5, scope="spend", created_at=START,
        expires_at=START + timedelta(hours=1),
    )  # fmt: skip


def an_asset(project: Project) -> Asset:
    return Asset(
        asset_id=AssetId(new_id()),
        owner=project.owner,
        project_id=project.project_id,
        name="logo.png",
        kind="image",
        sha256=HASH,
        bytes=10,
        suffix=".png",
        facts={"width": 10, "ratio": 1.5},
        created_at=START,
    )


def a_lesson(owner: UserId = LOCAL_USER, text: str = "Darken the ink, not the paper") -> Lesson:
    return Lesson(
        lesson_id=LessonId(new_id()), owner=owner, kind="lesson", code="text_contrast", text=text,
        source="project p1", created_at=START, held_at=START,
    )  # fmt: skip


def a_note(project: Project) -> Note:
    return Note(
        note_id=NoteId(new_id()), project_id=project.project_id, kind="color", text="#0a5", by="user",
        created_at=START,
    )  # fmt: skip
