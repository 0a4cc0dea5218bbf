"""The log as readers and whisperers know it: read from the database, woken by bells."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from pydantic import ValidationError

from domain.errors import Unavailable
from domain.event import Entry, RunFinished, Transient
from domain.nouns import ProjectId, RunId, UserId
from domain.wake import Wakeups
from storage.database import SqlDatabase
from storage.rows.events import SqlEvents
from storage.rows.scope import missing

log = logging.getLogger(__name__)

GATHER_S = 0.01
"""Seconds between two looks at the bell: what rings in one go is read in one go."""
POLL_S = 1.0
"""How late an event is at worst when every ring is lost."""
BATCH = 200
"""Entries that are read at once."""
MOST_WAITING = 256
"""Entries that wait for a slow reader; past them it reads the database again."""
LARGEST_WHISPER = 32_000
"""Bytes of a transient event; a larger one is not shown."""


class Reader:
    """One tail's place among what its feed brings."""

    def __init__(self) -> None:
        self.waiting: deque[Entry] = deque()
        self.lagging = False
        """Whether entries were left out because it was full."""
        self._news = asyncio.Event()

    def bring(self, entry: Entry) -> None:
        """Take an entry in; when full, stored ones are left to the database and transient ones are lost."""
        if len(self.waiting) < MOST_WAITING:
            self.waiting.append(entry)
        elif entry.seq:
            self.lagging = True
        self._news.set()

    def wake(self) -> None:
        """End a wait though nothing was brought."""
        self._news.set()

    async def wait(self) -> None:
        """Wait until something was brought."""
        await self._news.wait()
        self._news.clear()


def _merged(messages: list[bytes]) -> list[bytes]:
    """Of sequence numbers that came one right after the other the last one says it all."""
    return [
        message
        for message, after in zip(messages, [*messages[1:], b""], strict=False)
        if not (message.isdigit() and after.isdigit())
    ]


class Feed:
    """The one reader of a project's log in this process; hands what is new to all its tails."""

    def __init__(self, database: SqlDatabase, wakeups: Wakeups, project_id: ProjectId) -> None:
        self._database = database
        self._wakeups = wakeups
        self._project_id = project_id
        self._seq = 0
        self.readers: set[Reader] = set()
        self.ready = asyncio.Event()
        self.task = asyncio.create_task(self._run(), name=f"feed of {project_id}")

    async def check(self) -> None:
        """Raises what ended the feed, if it has ended."""
        if self.task.done():
            await self.task

    async def _run(self) -> None:
        try:
            await self._listen()
        finally:
            self.ready.set()
            for reader in self.readers:
                reader.wake()

    async def _listen(self) -> None:
        topic = f"project:{self._project_id}"
        async with self._wakeups.listen(topic) as bell:
            while not await self._started():
                await bell.wait(POLL_S)
            self.ready.set()
            while True:
                rings = await bell.wait(POLL_S)
                for message in _merged([message for _, message in rings]):
                    await self._answer(message)
                if not rings:
                    await self._bring_new(None)
                await asyncio.sleep(GATHER_S)

    async def _started(self) -> bool:
        try:
            async with self._database.transaction(None, reading=True) as tx:
                self._seq = await tx.events.last(self._project_id)
        except Unavailable as error:
            self._complain(error)
            return False
        return True

    async def _answer(self, message: bytes) -> None:
        if not message:
            await self._bring_new(None)
        elif message.isdigit():
            # no further than this ring: what was whispered before a later event is shown before it
            await self._bring_new(int(message))
        else:
            self._show(message)

    def _show(self, message: bytes) -> None:
        try:
            entry = Entry.model_validate_json(message)
        except ValidationError:
            log.warning("a whisper makes no sense", extra={"project_id": self._project_id})
            return
        if entry.seq == 0:
            self._hand_out(entry)

    async def _bring_new(self, up_to: int | None) -> None:
        more = True
        while more and (up_to is None or self._seq < up_to):
            limit = BATCH if up_to is None else min(BATCH, up_to - self._seq)
            entries = await self._read(limit)
            for entry in entries:
                self._seq = entry.seq
                self._hand_out(entry)
            more = len(entries) == limit
            await asyncio.sleep(0)

    async def _read(self, limit: int) -> list[Entry]:
        try:
            async with self._database.transaction(None, reading=True) as tx:
                return await tx.events.read(self._project_id, after=self._seq, limit=limit)
        except Unavailable as error:
            self._complain(error)
            return []

    def _complain(self, error: Unavailable) -> None:
        extra = {"project_id": self._project_id, "reason": error.message}
        log.warning("the log cannot be read, trying again", extra=extra)

    def _hand_out(self, entry: Entry) -> None:
        for reader in self.readers:
            reader.bring(entry)


class DatabaseEventLog:
    """Tails over the database: one shared reader per project and process, woken by bells, else polling."""

    def __init__(self, database: SqlDatabase, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups
        self._feeds: dict[ProjectId, Feed] = {}

    async def tail(
        self, owner: UserId, project_id: ProjectId, *, run_id: RunId | None = None, after: int = 0
    ) -> AsyncGenerator[Entry, None]:
        """Give every event after `after`, then each new one; an `after` that lies ahead means from now on."""
        seq, ended = await self._begin(owner, project_id, run_id, after)
        if ended:
            return
        async with self._reader(project_id) as (feed, reader):
            while True:
                reader.lagging = False
                more = True
                while more:
                    entries, seq, more = await self._stored(owner, project_id, run_id, seq)
                    for entry in entries:
                        yield entry
                        if _ends(run_id, entry):
                            return
                while reader.waiting or not reader.lagging:
                    if not reader.waiting:
                        await reader.wait()
                        await feed.check()
                        continue
                    entry = reader.waiting.popleft()
                    if entry.seq > seq + 1:
                        break  # something was left out: the database has it
                    if (0 < entry.seq <= seq) or run_id not in (None, entry.run_id):
                        seq = max(seq, entry.seq)
                        continue
                    seq = max(seq, entry.seq)
                    yield entry
                    if _ends(run_id, entry):
                        return

    async def whisper(self, project_id: ProjectId, event: Transient, run_id: RunId | None = None) -> None:
        """Show a transient event to those who are listening now; one that is too large is not shown."""
        entry = Entry(seq=0, project_id=project_id, run_id=run_id, at=datetime.now(UTC), event=event)
        message = entry.model_dump_json().encode()
        if len(message) > LARGEST_WHISPER:
            log.debug("a whisper is too large", extra={"project_id": project_id, "bytes": len(message)})
            return
        await self._wakeups.ring(f"project:{project_id}", message)

    def tails(self, project_id: ProjectId) -> int:
        """Tell how many tails of a project are read in this process."""
        return len(self._feeds[project_id].readers) if project_id in self._feeds else 0

    async def close(self) -> None:
        """End all feeds; their tails end with them."""
        tasks = [feed.task for feed in self._feeds.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _begin(
        self, owner: UserId, project_id: ProjectId, run_id: RunId | None, after: int
    ) -> tuple[int, bool]:
        """Where to read on, and whether the run has said all that comes after it."""
        async with self._database.transaction(owner, reading=True) as tx:
            seq = min(max(after, 0), await tx.events.last(project_id))
            if run_id is None:
                return seq, False
            if (await tx.runs.get(run_id)).project_id != project_id:
                raise missing("run", run_id)
            end = await SqlEvents(tx.scope).end_of(run_id)
            return seq, end is not None and end <= seq

    async def _stored(
        self, owner: UserId, project_id: ProjectId, run_id: RunId | None, seq: int
    ) -> tuple[list[Entry], int, bool]:
        """Read a batch; gives it, the number up to which nothing is missing, and whether there is more."""
        async with self._database.transaction(owner, reading=True) as tx:
            last = await tx.events.last(project_id)
            entries = await tx.events.read(project_id, after=seq, run_id=run_id, limit=BATCH)
        if len(entries) == BATCH:
            return entries, entries[-1].seq, True
        return entries, max(last, *(entry.seq for entry in entries)) if entries else max(last, seq), False

    @asynccontextmanager
    async def _reader(self, project_id: ProjectId) -> AsyncGenerator[tuple[Feed, Reader], None]:
        feed = self._feeds.get(project_id)
        if feed is None or feed.task.done():
            feed = self._feeds[project_id] = Feed(self._database, self._wakeups, project_id)
        reader = Reader()
        feed.readers.add(reader)
        try:
            await feed.ready.wait()
            await feed.check()
            yield feed, reader
        finally:
            feed.readers.discard(reader)
            if not feed.readers:
                if self._feeds.get(project_id) is feed:
                    del self._feeds[project_id]
                feed.task.cancel()
                await asyncio.wait([feed.task])


def _ends(run_id: RunId | None, entry: Entry) -> bool:
    return run_id is not None and isinstance(entry.event, RunFinished)
