"""Many processes write one log: its numbers have no gap, whoever is killed meanwhile."""

import asyncio
import subprocess
import sys

from domain.account import LOCAL_USER
from domain.event import Notice
from domain.project import Project
from tests.contracts.databases import House

WRITERS = 8
EACH = 40


WRITER = """
import asyncio, sys
from domain.event import Notice
from storage.bells import LocalWakeups
from storage.database import SqlDatabase

async def write(database, project_id, name):
    for number in range(int(sys.argv[3])):
        async with database.transaction("local") as tx:
            await tx.events.append(project_id, Notice(substitution=name, reason=str(number)))

async def main():
    database = SqlDatabase(sys.argv[1], LocalWakeups())
    await asyncio.gather(*(write(database, sys.argv[2], f"{sys.argv[4]}{n}") for n in range(2)))
    await database.close()

asyncio.run(main())
"""


async def test_writers_of_several_processes_leave_no_gap(house: House, project: Project) -> None:
    argv = [sys.executable, "-c", WRITER, house.url, project.project_id, str(EACH)]
    processes = [subprocess.Popen([*argv, name]) for name in "abcd"]
    codes = [await asyncio.to_thread(process.wait, 50) for process in processes]
    assert codes == [0] * len(processes)
    async with house.database.transaction(LOCAL_USER) as tx:
        entries = await tx.events.read(project.project_id)
    assert [entry.seq for entry in entries] == list(range(1, WRITERS * EACH + 1))
    by_writer: dict[str, list[int]] = {}
    for entry in entries:
        assert isinstance(entry.event, Notice)
        by_writer.setdefault(entry.event.substitution, []).append(int(entry.event.reason))
    assert by_writer == {f"{name}{n}": list(range(EACH)) for name in "abcd" for n in range(2)}


async def test_a_killed_writer_loses_nothing_it_committed(house: House, project: Project) -> None:
    code = WRITER.replace("async with database", "print(number, flush=True)\n        async with database")
    argv = [sys.executable, "-c", code, house.url, project.project_id, "100000", "k"]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seen = [process.stdout.readline() for _ in range(100)]
    process.kill()
    process.communicate()
    async with house.database.transaction(LOCAL_USER) as tx:
        entries = await tx.events.read(project.project_id)
        assert await tx.events.last(project.project_id) == len(entries)
    # two writers say a number before they write it: all but the last of each is there
    assert len(entries) >= len(seen) - 2
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
