"""A small house to try things in: a real database, real blobs, a real log, in a folder of the test's own."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, cast

from PIL import Image
from pydantic import JsonValue

from domain import consent
from domain.account import Principal
from domain.approval import Approval, Decision
from domain.blob import Blobs
from domain.composition import Composition
from domain.database import Database
from domain.draft import Draft
from domain.editor import Editor
from domain.engine import (
    Build,
    Engine,
    Files,
    Film,
    ImportedMedia,
    MediaKind,
    OnProgress,
    Outline,
    Output,
    Stills,
    Watched,
)
from domain.errors import Unavailable
from domain.event import Call, Entry, EventLog
from domain.fetching import Fetcher
from domain.hearing import Heard
from domain.imagery import MadePicture, PictureMaker, PictureWish
from domain.job import Job
from domain.judge import Judge
from domain.nouns import AssetId, JobId, ProjectId, RenderId, RunId, Sha256, UserId, new_id
from domain.plugins import load
from domain.project import Asset, Project, Revision
from domain.queue import Room
from domain.render import Render
from domain.run import Request, Run, Step
from domain.template import Shape, Template, TemplateCard
from domain.wake import Wakeups
from memory.library import entries
from memory.words import KeywordKnowledge
from providers.symbols import Symbols
from render.engine import BoxEngine, EngineConfig
from storage import schema
from storage.bells import LocalWakeups
from storage.blobs import LocalBlobs
from storage.database import SqlDatabase
from storage.log import DatabaseEventLog
from tests.contracts.sandboxes import SANDBOXES
from tests.wheels import ShelfPackages
from tools.answer import Answer, Turn
from tools.commit import Ticket
from tools.context import Services
from tools.define import Tool
from tools.executor import Executor
from tools.registry import load_tools

OWNER = UserId("ada")
FILM = """\
from scenes.opening import build
from stage import Film

film = Film({title!r}, width={width}, height={height}, fps={fps}, language={language!r})
film.add(build(film))
"""
OPENING = """\
from stage import Film, Scene, Text


def build(film: Film) -> Scene:
    scene = Scene("opening", seconds=2)
    with scene:
        title = Text({title!r}, id="title", size=96 * film.unit, anchor="center")
    scene.timeline.from_(title, y=40, opacity=0, duration=0.6)
    return scene
"""


class PlainTemplate:
    """The least a film can start from."""

    CARD = TemplateCard(
        name="plain",
        title="Plain",
        description="One title.",
        seconds=2,
        example_prompt="Say hello",
        good_for=("tests",),
    )

    def files(self, shape: Shape, title: str) -> dict[str, str]:
        """One scene with a title."""
        language = "ar" if shape.direction == "rtl" else "en"
        return {
            "film.py": FILM.format(
                title=title, width=shape.width, height=shape.height, fps=shape.fps, language=language
            ),
            "scenes/opening.py": OPENING.format(title=title),
        }


class Painter:
    """A maker of pictures that asks nobody: one color, in the shape that is wanted."""

    name = "a painter of tests"
    most_usd = 0.1

    def __init__(self) -> None:
        self.wishes: list[PictureWish] = []

    async def make(self, wish: PictureWish) -> MadePicture:
        self.wishes.append(wish)
        wide, high = (int(part) * 20 for part in wish.aspect_ratio.split(":"))
        page = BytesIO()
        Image.new("RGB", (wide, high), "#2b7a4b").save(page, "PNG")
        return MadePicture(content=page.getvalue(), maker="painter-1", facts={"strokes": "7"})

    async def close(self) -> None:
        """Nothing is open."""


class NoBox:
    """The engine of a machine on which no sandbox can be had: it refuses everything."""

    async def compile(self, files: Files) -> Build:
        raise self._refusal

    async def outline(self, files: Files) -> Outline:
        raise self._refusal

    async def stills(
        self, film: Composition, files: Files, frames: Sequence[int], *,
        png: bool = False, sheet: bool = True, scale: float = 1, look: bool = True,
    ) -> Stills:  # fmt: skip
        raise self._refusal

    def timeline(self, film: Composition, media: str) -> bytes:
        raise self._refusal

    async def film(
        self, film: Composition, files: Files, output: Output, folder: Path, *, on_progress: OnProgress
    ) -> Film:
        raise self._refusal

    async def import_media(self, source: Path, kind: MediaKind) -> ImportedMedia:
        raise self._refusal

    async def watch(self, path: Path, film: Composition | None, files: Files) -> Watched:
        raise self._refusal

    async def listen(self, source: Path, sensitivity: float = 0.5) -> Heard:
        raise self._refusal

    @property
    def ear(self) -> str:
        return "none"

    @property
    def _refusal(self) -> Unavailable:
        return Unavailable("sandbox", "bubblewrap is missing; install it: apt install bubblewrap")


@dataclass
class Stand:
    """The house, and short ways to use it."""

    database: Database
    blobs: Blobs
    log: EventLog
    wakeups: Wakeups
    services: Services
    executor: Executor
    principal: Principal

    async def call(
        self, tool: str, args: Mapping[str, JsonValue] | None = None, *,
        project_id: str | None = None, principal: Principal | None = None,
    ) -> Answer:  # fmt: skip
        """Call a tool as a client at a door does."""
        chosen = ProjectId(project_id) if project_id else None
        return await self.executor.call(principal or self.principal, tool, args or {}, project_id=chosen)

    async def scaffold(self, template: str = "plain", name: str = "Noor Tea") -> ProjectId:
        """Make a project with source."""
        answer = await self.call("scaffold_project", {"template_name": template, "project_name": name})
        assert not answer.failed, answer.summary
        assert answer.project_id is not None
        return answer.project_id

    async def empty_project(self) -> ProjectId:
        """Make a project without source, as a first prompt does."""
        project_id, time = ProjectId(new_id()), datetime.now(UTC)
        async with self.database.transaction(OWNER) as tx:
            await tx.projects.add(
                Project(project_id=project_id, owner=OWNER, name="Empty", created_at=time, updated_at=time)
            )
        return project_id

    async def write(self, project_id: ProjectId, files: Mapping[str, bytes]) -> dict[str, Sha256]:
        """Put files into a project past all tools, as a new revision."""
        draft = Draft(project_id, await self.newest(project_id))
        hashes = {path: draft.write(path, content) for path, content in files.items()}
        await draft.store(self.blobs)
        async with self.database.transaction(OWNER) as tx:
            await draft.commit(tx, "by hand")
        return hashes

    async def settle(self, decision: Decision = "approve", **more: Any) -> Approval:
        """Answer the one question that is open, as a person does."""
        async with self.database.transaction(None) as tx:
            (asked,) = await tx.approvals.list(states=("open",))
            asking = Principal(user_id=asked.owner, door="http")
            return await consent.answer(tx, asking, asked, decision, **more)

    async def open_run(self, project_id: ProjectId, attempt: int = 1) -> Ticket:
        """Begin a run on a project, with the job that drives it leased."""
        run_id, time = RunId(new_id()), datetime.now(UTC)
        run = Run(
            run_id=run_id, project_id=project_id, owner=OWNER, kind="generate",
            request=Request(prompt="a film"), state="running", created_at=time,
        )  # fmt: skip
        job = Job(
            job_id=JobId(new_id()), kind="agent", owner=OWNER, project_id=project_id, run_id=run_id,
            created_at=time,
        )  # fmt: skip
        async with self.database.transaction(OWNER) as tx:
            await tx.runs.add(run)
            await tx.jobs.enqueue(job)
        async with self.database.transaction(None) as tx:
            for _ in range(attempt):
                leased = await tx.jobs.lease(("agent",), "test", 600)
                assert leased is not None
                if leased.attempt < attempt:
                    await tx.jobs.release(leased.job_id, leased.attempt)
        agent = Principal(user_id=OWNER, door="agent")
        return Ticket(principal=agent, project_id=project_id, run_id=run_id, attempt=attempt, first_seq=1)

    async def turn(self, ticket: Ticket, *calls: tuple[str, Mapping[str, JsonValue]], first: int = 1) -> Turn:
        """Make a run's calls, the first of which is its so-many-th."""
        asked = [
            Call(call_id=f"c{first + index}", tool=tool, args=dict(args))
            for index, (tool, args) in enumerate(calls)
        ]
        return await self.executor.turn(ticket.model_copy(update={"first_seq": first}), asked)

    async def project(self, project_id: str) -> Project:
        """Read a project."""
        async with self.database.transaction(OWNER) as tx:
            return await tx.projects.get(ProjectId(project_id))

    async def newest(self, project_id: str) -> Revision:
        """Read a project's newest revision."""
        async with self.database.transaction(OWNER) as tx:
            return await tx.revisions.get(ProjectId(project_id))

    async def text(self, project_id: str, path: str) -> str:
        """Read a file of the newest revision."""
        return (await self.blobs.get((await self.newest(project_id)).files[path])).decode()

    async def events(self, project_id: str) -> list[Entry]:
        """Read a project's whole log."""
        async with self.database.transaction(OWNER) as tx:
            return await tx.events.read(ProjectId(project_id))

    async def told(self, project_id: str) -> list[str]:
        """The types of a project's events, in order."""
        return [entry.event.type for entry in await self.events(project_id)]

    async def steps(self, ticket: Ticket) -> list[Step]:
        """Read a run's journal."""
        async with self.database.transaction(OWNER) as tx:
            return await tx.steps.list(ticket.run_id)

    async def upload(
        self, name: str, content: bytes, suffix: str = ".png", kind: MediaKind = "image"
    ) -> AssetId:
        """Put an uploaded file into the house."""
        asset = Asset(
            asset_id=AssetId(new_id()), owner=OWNER, name=name, kind=kind,
            sha256=await self.blobs.put(content), bytes=len(content), suffix=suffix,
            facts={"width": 1, "height": 1}, created_at=datetime.now(UTC),
        )  # fmt: skip
        async with self.database.transaction(OWNER) as tx:
            await tx.assets.add(asset)
        return asset.asset_id


async def ordered(
    database: Database,
    of: Project | Run,
    purpose: Literal["film", "preview"] = "film",
    output: Output | None = None,
) -> tuple[Render, Job]:
    """Order a film: of a project as it stands, or on behalf of a run that has written nothing."""
    run_id, revision = (of.run_id, 0) if isinstance(of, Run) else (None, of.revision)
    now = datetime.now(UTC)
    render = Render(
        render_id=RenderId(new_id()), job_id=JobId(new_id()), project_id=of.project_id, owner=OWNER,
        run_id=run_id, revision=revision, purpose=purpose, output=output or Output(quality="draft"),
        created_at=now,
    )  # fmt: skip
    job = Job(
        job_id=render.job_id, kind="render", owner=OWNER, project_id=of.project_id,
        render_id=render.render_id, created_at=now,
    )  # fmt: skip
    async with database.transaction(OWNER) as tx:
        await tx.renders.add(render)
        await tx.jobs.enqueue(job)
    return render, job


def editor() -> Editor:
    """What writes cuts, as the wiring loads it."""
    return cast(Editor, load("providers", "otio"))


@asynccontextmanager
async def drawing(folder: Path) -> AsyncGenerator[Engine]:
    """The real engine in a real box, with a small share of the machine."""
    config = EngineConfig(folder=folder / "engine", cpus=2, warm=1)
    engine = BoxEngine(SANDBOXES["bubblewrap"](), config, editor=editor)
    try:
        yield engine
    finally:
        await engine.close()


@asynccontextmanager
async def stand(
    folder: Path,
    *,
    engine: Engine | None = None,
    templates: Mapping[str, Template] | None = None,
    tools: Mapping[str, Tool] | None = None,
    room: Room | None = None,
    judge: Judge | None = None,
    fetcher: Fetcher | None = None,
    pictures: PictureMaker | None = None,
    hearing_s: float = 45,
) -> AsyncGenerator[Stand]:
    """Open a house below a folder."""
    url = f"sqlite:///{folder / 'house.db'}"
    schema.upgrade(url)
    wakeups = LocalWakeups()
    database = SqlDatabase(url, wakeups, room=room)
    blobs = LocalBlobs(folder / "blobs")
    log = DatabaseEventLog(database, wakeups)
    services = Services(
        database=database,
        blobs=blobs,
        engine=engine or NoBox(),
        log=log,
        templates=templates or {"plain": PlainTemplate()},
        knowledge=KeywordKnowledge(entries()),
        judge=judge,
        fetcher=fetcher,
        pictures=pictures or Painter(),
        packages=ShelfPackages("networkx", "tea"),
        illustrators=(Symbols(),),
        hearing_s=hearing_s,
    )
    executor = Executor(services, load_tools() if tools is None else tools)
    try:
        yield Stand(
            database=database,
            blobs=blobs,
            log=log,
            wakeups=wakeups,
            services=services,
            executor=executor,
            principal=Principal(user_id=OWNER),
        )
    finally:
        await log.close()
        await database.close()
