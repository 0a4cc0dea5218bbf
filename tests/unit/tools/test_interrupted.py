"""A run that is cut off anywhere and goes on ends as one that was left alone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import JsonValue

from domain.database import Database, Transaction
from domain.nouns import ProjectId, UserId
from tests.stands import Stand, stand
from tools.answer import Turn
from tools.commit import Ticket
from tools.executor import Executor

CALLS: list[tuple[str, dict[str, JsonValue]]] = [
    ("scaffold_project", {"template_name": "plain", "project_name": "Noor Tea"}),
    ("read_file", {"file_path": "film.py"}),
    ("read_file", {"file_path": "scenes/opening.py"}),
    (
        "atomic_edit",
        {"file_path": "film.py", "edits": [{"start_line": 1, "end_line": 0, "new_content": "# ours"}]},
    ),
    (
        "atomic_edit",
        {"file_path": "film.py", "edits": [{"start_line": 9, "end_line": 9, "new_content": "wrong"}]},
    ),
    ("delete_file", {"file_path": "scenes/opening.py"}),
    ("remember", {"kind": "tone", "text": "Calm."}),
    ("save_version", {"label": "Cut"}),
    ("restore_version", {"version_id": "2"}),
    ("render_video", {"quality": "draft"}),
]


async def begin(house: Stand) -> tuple[ProjectId, Ticket]:
    project_id = await house.empty_project()
    return project_id, await house.open_run(project_id)


async def outcome(house: Stand, project_id: ProjectId, turn: Turn) -> tuple[object, ...]:
    events = [entry.event.type for entry in await house.events(project_id)]
    newest = await house.newest(project_id)
    async with house.database.transaction(None) as tx:
        jobs = len(await tx.jobs.list(project_id=project_id, kind="render"))
        notes = len(await tx.notes.list(project_id))
    told = [(answer.tool, answer.kind, answer.revision) for answer in turn.answers]
    return events, newest.number, newest.files, jobs, notes, told


class Cutting:
    """A database that kills its caller at one moment: before a transaction's commit, or right after it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.moments = 0
        self.kill_at = 0

    @asynccontextmanager
    async def transaction(
        self, owner: UserId | None, *, reading: bool = False
    ) -> AsyncGenerator[Transaction]:
        async with self._database.transaction(owner, reading=reading) as tx:
            yield tx
            self._moment()
        self._moment()

    async def check(self) -> None:
        await self._database.check()

    def _moment(self) -> None:
        self.moments += 1
        if self.moments == self.kill_at:
            raise asyncio.CancelledError


async def test_a_run_that_is_killed_at_any_moment_ends_as_one_left_alone(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        database = Cutting(house.database)
        services = replace(house.services, database=database)
        cut = replace(house, executor=Executor(services, house.executor.tools))
        project_id, ticket = await begin(house)
        alone = await outcome(house, project_id, await cut.turn(ticket, *CALLS))
        moments = database.moments
        assert moments > 40
        for kill_at in range(1, moments + 1):
            other_id, other = await begin(house)
            database.moments, database.kill_at = 0, kill_at
            with pytest.raises(asyncio.CancelledError):
                await cut.turn(other, *CALLS)
            database.kill_at = 0
            turn = await cut.turn(other, *CALLS)
            assert await outcome(house, other_id, turn) == alone, f"killed at moment {kill_at} of {moments}"
