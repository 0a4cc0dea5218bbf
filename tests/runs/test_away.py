"""Parts that are away, strange or refuse: who says so, in which words, and how a run goes on."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from agent.loop import Parts
from agent.runner import AgentHandler
from domain.errors import Unavailable
from domain.event import Notice
from domain.handler import Handler
from domain.job import JobKind
from domain.model import Message, Reply
from health import Health
from jobs.worker import Worker
from memory.redis.hot import RedisMemory
from providers.scripted import Scripted, says
from service import Service
from settings import Settings
from tests.engines.redis import Redis
from tests.house.tree import ROOT
from tests.runs.studio import Studio, studio
from wiring import Wiring

SECRET = "s3cr3t"
AWAY = {
    "DATABASE_URL": f"postgresql://director:{SECRET}@127.0.0.1:1/director",
    "REDIS_URL": f"redis://:{SECRET}@127.0.0.1:1/0",
    "CHROMA_URL": f"http://ada:{SECRET}@127.0.0.1:1",
    "DIRECTOR_SANDBOX": "docker",
    "DOCKER_HOST": "unix:///nowhere/docker.sock",
    "DIRECTOR_MODEL": "offline",
}
WAYS_OUT = {
    "database": "start PostgreSQL, or mend DATABASE_URL",
    "redis": "start it, or mend REDIS_URL",
    "workers": "start it, or mend REDIS_URL",
    "sandbox": "start it, or name another one",
    "knowledge": "see CHROMA_URL",
}


def director(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings, "DIRECTOR_DATA": str(folder / "data")}
    argv = [sys.executable, "-m", "main", *words]
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_doctor_names_every_part_that_is_away_at_once_and_its_way_out(tmp_path: Path) -> None:
    ended = director(tmp_path, "doctor", "--json", **AWAY)
    assert ended.returncode == 3, ended.stderr
    told = {part["part"]: part for part in json.loads(ended.stdout)["parts"]}
    assert {name for name, part in told.items() if not part["ok"]} == set(WAYS_OUT)
    for name, way_out in WAYS_OUT.items():
        assert way_out in told[name]["says"], told[name]
        assert "\n" not in told[name]["says"]
    assert SECRET not in ended.stdout + ended.stderr


@pytest.mark.parametrize("words", [("serve", "--socket-only"), ("worker", "--queues", "render")])
def test_nothing_starts_without_its_database_and_it_says_why(tmp_path: Path, words: Sequence[str]) -> None:
    ended = director(tmp_path, *words, **AWAY)
    assert ended.returncode == 3
    assert ended.stderr.count("start PostgreSQL, or mend DATABASE_URL") == 1
    assert "Traceback" not in ended.stderr
    assert SECRET not in ended.stderr


async def test_workers_that_share_a_folder_of_vectors_are_told_of_by_the_doctor(tmp_path: Path) -> None:
    said: dict[str, str] = {}
    for chroma in ("", AWAY["CHROMA_URL"]):
        settings = Settings(
            data=tmp_path, redis_url="redis://127.0.0.1:1/0", chroma_url=chroma, model="offline"
        )
        wiring = Wiring(settings)
        await wiring.open()
        (part,) = [part for part in Health(wiring).parts if part.name == "knowledge"]
        try:
            said[chroma] = await part.check()
        except Unavailable as away:
            said[chroma] = away.message
        await wiring.close()
    assert "they search by words only, set CHROMA_URL" in said[""]
    assert "see CHROMA_URL" in said[AWAY["CHROMA_URL"]]


async def test_a_worker_of_an_older_version_takes_no_job_from_a_newer_database(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, model="offline")
    wiring = Wiring(settings)
    await wiring.open()
    try:
        with closing(sqlite3.connect(tmp_path / "director.db")) as moved_on:
            moved_on.execute("UPDATE alembic_version SET version_num = '9999'")
            moved_on.commit()
        with pytest.raises(Unavailable, match="schema 9999, newer than"):
            await Service(wiring).work_once("agent")
    finally:
        await wiring.close()


@pytest.fixture
def server() -> Iterator[Redis]:
    found = Redis(keeps=False)
    found.start()
    yield found
    found.end()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Studio]:
    async with studio(tmp_path) as made:
        yield made


READ = says("I read.", ("list_templates", {}))
NO = Reply(text="SAFETY", stopped="blocked")


@pytest.mark.parametrize("comes_back", [False, True], ids=["for good", "for a while"])
async def test_a_run_whose_hot_memory_goes_says_so_once_and_goes_on(
    place: Studio, server: Redis, comes_back: bool
) -> None:
    async def kill(messages: Sequence[Message]) -> Reply:
        await asyncio.to_thread(server.stop, signal.SIGKILL)
        return READ

    async def back(messages: Sequence[Message]) -> Reply:
        if comes_back:
            await asyncio.to_thread(server.start)
        return READ

    memory = RedisMemory(server.url(), place.house.database)
    model = Scripted([says("I begin.", ("list_templates", {})), kill, back, NO])
    house = place.house
    parts = Parts(blobs=house.blobs, log=house.log, model=model, executor=house.executor, memory=memory)
    slots: dict[JobKind, int] = {"agent": 1}
    handlers: dict[JobKind, Handler] = {"agent": AgentHandler(house.database, parts)}
    worker = Worker(house.database, house.wakeups, handlers, name="w", slots=slots)
    run = await place.ask(await place.project())
    working = asyncio.create_task(worker.run())
    end = await place.end(run, within=40)
    worker.stop()
    await working
    assert end.status == "failed"  # as the model's last words want it
    notices = [entry.event for entry in await place.entries(run) if isinstance(entry.event, Notice)]
    (notice,) = [each for each in notices if "memory" in each.substitution]
    assert "start it, or mend REDIS_URL" in notice.reason
    assert (await place.told(run)).count("tool.finished") == 3
    assert (memory.away == "") == comes_back
    await memory.close()
