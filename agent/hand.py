"""The run's hand on the database: what it reads before a step, and what it writes under its lease."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from agent.story import Story
from domain.account import Principal
from domain.database import Database, Transaction
from domain.errors import NotFound
from domain.event import (
    CheckFinished,
    Entry,
    Event,
    EventLog,
    FrameCaptured,
    MemoryNoted,
    MemoryRecalled,
    ModelReminded,
    ModelReplied,
    Notice,
    RunPromised,
    ToolFailed,
    ToolFinished,
    ToolStarted,
    Transient,
)
from domain.job import LEASE_S, Job
from domain.lesson import Lesson
from domain.memory import Memory
from domain.nouns import Sha256
from domain.project import Asset, Project
from domain.render import Render
from domain.run import OPEN, Run, Usage
from memory.brief import Knowledge, brief
from memory.library import entries
from tools.commit import Ticket

_PAGE = 1000
_COLD = "the database's memory instead of Redis's"
_ASIDE = (
    ModelReplied, ModelReminded, ToolStarted, ToolFinished, ToolFailed, FrameCaptured, CheckFinished,
    MemoryNoted, MemoryRecalled, Notice, RunPromised,
)  # fmt: skip
"""Events that leave the project and its renders as they are."""


class Hand:
    """Reads and writes for one run while its job's lease lasts."""

    def __init__(
        self,
        database: Database,
        log: EventLog,
        memory: Memory,
        run: Run,
        job: Job,
        recall: Callable[[str], tuple[str, ...]] | None = None,
    ) -> None:
        self.run = run
        self.job = job
        self.seconds_before = run.usage.seconds
        """Seconds that earlier leases worked on the run."""
        self._database = database
        self._log = log
        self._memory = memory
        self._recall = recall
        self._told = False
        self._entries: list[Entry] = []
        self._stands: tuple[Project, tuple[Render, ...]] | None = None
        self._earlier: tuple[Run, ...] | None = None
        """Runs of the project that had ended; while this one goes on, no other one ends."""
        self._files: tuple[int, tuple[str, ...]] = (0, ())
        """A revision, and its paths."""
        self._assets: tuple[Asset, ...] = ()
        self._lessons: tuple[Lesson, ...] | None = None
        """What the owner's earlier films taught, as it was when the run was taken up."""
        self._is_current = False
        """Whether the run's own last transaction read all there was, and the tools come next."""

    async def story(self) -> Story:
        """Read what is new in the log, and how the project stands."""
        run = self.run
        if self._is_current and self._stands is not None:
            self._is_current = False
            project, films = self._stands
            return Story(run=run, project=project, entries=tuple(self._entries), films=films)
        hot = [] if self._entries else await self._memory.session(run.owner, run.run_id)
        async with self._database.transaction(run.owner, reading=True) as tx:
            if hot and await self._agrees(tx, hot[-1]):
                self._entries = hot
            kept = len(self._entries)
            new = await self._read(tx)
            if self._stands is None or not all(isinstance(each.event, _ASIDE) for each in new):
                project = await tx.projects.get(run.project_id)
                films = [film for film in await tx.renders.list(run.project_id) if film.purpose == "film"]
                self._stands = project, tuple(films)
            await self._look_around(tx, self._stands[0])
        await self._memory.keep(run.owner, run.run_id, kept, new)
        project, films = self._stands
        return Story(run=run, project=project, entries=tuple(self._entries), films=films)

    async def _look_around(self, tx: Transaction, project: Project) -> None:
        """Read what a briefing tells besides the log; the transaction is there anyway."""
        if self._files[0] != project.revision:
            self._files = (project.revision, await _paths(tx, project))
        if self._earlier is None:
            runs = await tx.runs.list(project.project_id, limit=10)
            self._earlier = tuple(run for run in runs if run.state not in OPEN)
        self._assets = await _assets(tx, self.run)
        if self._lessons is None:
            self._lessons = tuple(await tx.lessons.list())

    async def _agrees(self, tx: Transaction, last: Entry) -> bool:
        """Whether the log still has what hot memory remembers: it may be another one since a restore."""
        there = await tx.events.read(self.run.project_id, after=last.seq - 1, run_id=self.run.run_id, limit=1)
        return there == [last]

    async def _read(self, tx: Transaction) -> list[Entry]:
        new: list[Entry] = []
        while True:
            after = self._entries[-1].seq if self._entries else 0
            page = await tx.events.read(self.run.project_id, after=after, run_id=self.run.run_id, limit=_PAGE)
            self._entries += page
            new += page
            if len(page) < _PAGE:
                return new

    async def briefing(self, story: Story, usage: Usage) -> str:
        """Write what the model has to know besides the conversation."""
        project = story.project
        notes = await self._memory.notes(self.run.owner, project.project_id)
        await self._tell(story, usage)
        recalled = await self._recalled(story, usage)
        lessons = self._lessons or ()
        known = Knowledge(
            project=project,
            now=datetime.now(UTC),
            styles=tuple(each for each in lessons if each.kind == "style"),
            lessons=tuple(each for each in lessons if each.kind == "lesson"),
            files=self._files[1],
            assets=self._assets,
            notes=notes,
            recalled=tuple(entry for entry in entries() if entry.entry_id in recalled),
            findings=story.findings,
            earlier=self._earlier or (),
            limits=self.run.limits,
            usage=usage,
        )
        return brief(known)

    async def _recalled(self, story: Story, usage: Usage) -> tuple[str, ...]:
        """Name the entries of the handbook that the run works by: found once, and told in the log."""
        for event in story.events:
            if isinstance(event, MemoryRecalled):
                return event.entries
        found = self._recall(self.run.request.prompt) if self._recall else ()
        if found:
            await self.append(MemoryRecalled(entries=found), usage)
        return found

    async def _tell(self, story: Story, usage: Usage) -> None:
        """Say once in a run that its hot memory is away: it goes on with the database's."""
        if not self._memory.away or self._told:
            return
        self._told = True
        if not any(isinstance(event, Notice) and event.substitution == _COLD for event in story.events):
            await self.append(Notice(substitution=_COLD, reason=self._memory.away), usage)

    def ticket(self, first_seq: int, left_usd: float | None = None) -> Ticket:
        """The run's right to call tools under this lease."""
        return Ticket(
            principal=Principal(user_id=self.run.owner, scopes=("read", "write", "render"), door="agent"),
            project_id=self.run.project_id,
            run_id=self.run.run_id,
            attempt=self.job.attempt,
            first_seq=first_seq,
            plan_first="plan" in self.run.request.approve,
            left_usd=left_usd,
        )

    async def belongings(self) -> tuple[dict[str, Sha256], tuple[Asset, ...]]:
        """Read the newest revision's files, and the assets that the run may use."""
        async with self._database.transaction(self.run.owner, reading=True) as tx:
            revision = await tx.revisions.get(self.run.project_id)
            return revision.files, await _assets(tx, self.run)

    async def fence(self, tx: Transaction) -> None:
        """Hold the run's lease inside a transaction.

        Raises Conflict when another worker has taken the run over.
        """
        await tx.jobs.heartbeat(self.job.job_id, self.job.attempt, LEASE_S)

    async def append(self, event: Event, usage: Usage) -> None:
        """Write an event of the run with what the run has used so far.

        Raises Conflict when another worker has taken the run over.
        """
        kept = len(self._entries)
        try:
            async with self._database.transaction(self.run.owner) as tx:
                await self.fence(tx)
                await tx.events.append(self.run.project_id, event, self.run.run_id)
                await tx.runs.update(self.run.run_id, usage=usage)
                new = await self._read(tx)
        except BaseException:
            del self._entries[kept:]  # what was read has not happened
            raise
        await self._memory.keep(self.run.owner, self.run.run_id, kept, new)
        stands = all(isinstance(each.event, _ASIDE) for each in new)
        if not stands:
            self._stands = None  # a film that ends between two turns is read in here, not by the next story
        tools_next = isinstance(event, ModelReplied) and bool(event.calls)
        self._is_current = stands and tools_next

    async def whisper(self, event: Transient) -> None:
        """Show something to those who are watching now."""
        await self._log.whisper(self.run.project_id, event, self.run.run_id)


async def _paths(tx: Transaction, project: Project) -> tuple[str, ...]:
    if project.revision == 0:
        return ()
    try:
        return tuple(sorted((await tx.revisions.get(project.project_id)).files))
    except NotFound:
        return ()


async def _assets(tx: Transaction, run: Run) -> tuple[Asset, ...]:
    """The project's assets and those that the user named in the request."""
    found = {asset.asset_id: asset for asset in await tx.assets.list(run.project_id)}
    for asset_id in run.request.assets:
        if asset_id not in found:
            try:
                found[asset_id] = await tx.assets.get(asset_id)
            except NotFound:
                continue
    return tuple(found.values())
