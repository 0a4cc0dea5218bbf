"""Having sounds heard as jobs: a run parks, others wait or are given the job, and the same is one job."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from pydantic import JsonValue

from domain.blob import Blobs
from domain.hearing import Hearing, HearingKept
from domain.job import Job
from domain.nouns import JobId, ProjectId
from domain.queue import Room
from render.analyses import AnalysisHandler
from tests.stands import OWNER, Stand, stand
from tools.answer import Answer
from tools.executor import Executor

TOOL = "audio_spectrum_analysis"
ASKED: dict[str, JsonValue] = {"audio_file_path": "assets/music.wav"}
HEARD = Hearing(
    seconds=4, channels=1, tempo_bpm=120, tempo_confidence=0.9, steady=True, meter=4,
    beats=(0.0, 0.5, 1.0), loudness_lufs=-14, peak_db=-1,
    energy=(0.5,), low=(0.1,), middle=(0.2,), high=(0.3,),
)  # fmt: skip
EAR = "none"
"""What the engine of a house without a box names its ear."""


def patient(house: Stand, seconds: float) -> Stand:
    """The same house, whose calls wait so long for a sound to be heard."""
    services = replace(house.services, hearing_s=seconds)
    return replace(house, services=services, executor=Executor(services, house.executor.tools))


@pytest.fixture
async def hasty(house: Stand) -> Stand:
    return patient(house, 0.05)


@pytest.fixture
async def project_id(house: Stand) -> ProjectId:
    made = await house.scaffold()
    await house.write(made, {"assets/music.wav": b"what it sounds like is of no matter"})
    return made


async def jobs_of(house: Stand, project_id: ProjectId) -> list[Job]:
    async with house.database.transaction(OWNER) as tx:
        return await tx.jobs.list(project_id=project_id, kind="analysis")


async def kept(blobs: Blobs, ear: str = EAR) -> dict[str, JsonValue]:
    hearing = await blobs.put(HEARD.model_dump_json().encode())
    said = HearingKept(hearing=hearing, picture=await blobs.put(b"a picture"), ear=ear)
    return said.model_dump(mode="json")


async def end(
    house: Stand,
    state: Literal["done", "failed", "cancelled"] = "done",
    reason: str = "",
    result: dict[str, JsonValue] | None = None,
) -> JobId:
    """End the oldest analysis that waits, as its worker does."""
    handler = AnalysisHandler(house.database, house.services.engine, house.blobs)
    said = await kept(house.blobs) if result is None and state == "done" else result
    async with house.database.transaction(None) as tx:
        job = await tx.jobs.lease(("analysis",), "test", 60)
        assert job is not None
        ended = await tx.jobs.finish(job.job_id, job.attempt, state, result=said, reason=reason)
        await handler.ended(tx, ended)
    return job.job_id


async def once_ordered(house: Stand, project_id: ProjectId) -> None:
    async with asyncio.timeout(10):
        while not await jobs_of(house, project_id):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_run_parks_until_the_sound_was_heard_and_then_writes_its_beats(
    house: Stand, project_id: ProjectId
) -> None:
    ticket = await house.open_run(project_id)
    parked = await house.turn(ticket, (TOOL, ASKED))
    (job,) = await jobs_of(house, project_id)
    assert (parked.waits_for, parked.answers) == (job.job_id, ())
    assert (job.run_id, job.payload["path"]) == (ticket.run_id, "assets/music.wav")
    again = await house.turn(ticket, (TOOL, ASKED))  # the worker died before it had parked the run
    assert again.waits_for == job.job_id
    await end(house)
    (answer,) = (await house.turn(ticket, (TOOL, ASKED))).answers
    assert (answer.failed, answer.data["tempo_bpm"], answer.job_id) == (False, 120, job.job_id)
    assert "job_id" not in answer.data
    assert answer.data["beats_file"] in (await house.newest(project_id)).files
    assert [step.job_id for step in await house.steps(ticket)] == [job.job_id]
    assert len(await jobs_of(house, project_id)) == 1


async def test_a_run_reads_why_nothing_was_heard_and_may_ask_again(
    house: Stand, project_id: ProjectId
) -> None:
    ticket = await house.open_run(project_id)
    await house.turn(ticket, (TOOL, ASKED))
    await end(house, "failed", "assets/music.wav: the file is empty", {"kind": "invalid"})
    (answer,) = (await house.turn(ticket, (TOOL, ASKED))).answers
    assert (answer.kind, answer.summary) == ("invalid", "assets/music.wav: the file is empty")
    second = await house.turn(ticket, (TOOL, ASKED), first=2)
    assert second.waits_for is not None
    await end(house, "failed", "its worker died 3 times, last w")
    (answer,) = (await house.turn(ticket, (TOOL, ASKED), first=2)).answers
    assert answer.kind == "unavailable"
    assert answer.summary == "'assets/music.wav' was not heard: its worker died 3 times, last w"


async def test_a_run_whose_analysis_is_called_off_is_told(house: Stand, project_id: ProjectId) -> None:
    ticket = await house.open_run(project_id)
    await house.turn(ticket, (TOOL, ASKED))
    await end(house, "cancelled", "cancelled")
    (answer,) = (await house.turn(ticket, (TOOL, ASKED))).answers
    assert (answer.kind, "was called off; call again" in answer.summary) == ("conflict", True)


async def test_who_waits_at_a_door_is_answered_when_it_ends(house: Stand, project_id: ProjectId) -> None:
    asking = asyncio.create_task(house.call(TOOL, ASKED, project_id=project_id))
    await once_ordered(house, project_id)
    await end(house)
    async with asyncio.timeout(10):
        answer = await asking
    assert (answer.failed, answer.data["beats"]) == (False, [0, 0.5, 1])
    assert (await house.told(project_id))[-4:] == [
        "analysis.finished",
        "tool.started",
        "project.revised",
        "tool.finished",
    ]


async def test_who_has_waited_long_enough_is_given_the_job(hasty: Stand, project_id: ProjectId) -> None:
    answer = await hasty.call(TOOL, ASKED, project_id=project_id)
    (job,) = await jobs_of(hasty, project_id)
    assert (answer.failed, answer.data["job_id"], answer.revision) == (False, job.job_id, None)
    assert answer.summary.startswith(f"assets/music.wav waits to be heard (queued): job {job.job_id}.")
    waiting = asyncio.create_task(hasty.call("wait_for_job", {"job_id": job.job_id}, project_id=project_id))
    await end(hasty)
    async with asyncio.timeout(10):
        told = await waiting
    assert (told.data["ended"], told.data["state"], "render" in told.data) == (True, "done", False)
    assert told.summary.endswith("audio_spectrum_analysis tells now what was heard in assets/music.wav.")
    heard = await hasty.call(TOOL, ASKED, project_id=project_id)
    assert (heard.data["tempo_bpm"], len(await jobs_of(hasty, project_id))) == (120, 1)


async def test_the_same_sound_in_the_same_manner_is_one_job(hasty: Stand, project_id: ProjectId) -> None:
    async with asyncio.TaskGroup() as tasks:
        for _ in range(6):
            tasks.create_task(hasty.call(TOOL, ASKED, project_id=project_id))
    assert len(await jobs_of(hasty, project_id)) == 1
    ticket = await hasty.open_run(project_id)
    assert (await hasty.turn(ticket, (TOOL, ASKED))).waits_for is not None
    assert len(await jobs_of(hasty, project_id)) == 1
    await hasty.call(TOOL, ASKED | {"sensitivity": 0.9}, project_id=project_id)
    assert len(await jobs_of(hasty, project_id)) == 2


@pytest.mark.parametrize("lost", ["another ear", "hearing", "picture"])
async def test_what_another_ear_heard_or_somebody_threw_away_is_heard_anew(
    hasty: Stand, project_id: ProjectId, lost: str
) -> None:
    await hasty.call(TOOL, ASKED, project_id=project_id)
    said = await kept(hasty.blobs, "another" if lost == "another ear" else EAR)
    if lost in said:
        await hasty.blobs.remove(HearingKept.model_validate(said).model_dump()[lost], older_s=0)
    first = await end(hasty, result=said)
    answer = await hasty.call(TOOL, ASKED, project_id=project_id)
    assert (answer.failed, answer.data["job_id"] == first) == (False, False)
    await end(hasty)
    assert (await hasty.call(TOOL, ASKED, project_id=project_id)).data["tempo_bpm"] == 120
    assert len(await jobs_of(hasty, project_id)) == 2


async def test_the_newest_job_is_a_render_where_there_is_one(hasty: Stand, project_id: ProjectId) -> None:
    heard = (await hasty.call(TOOL, ASKED, project_id=project_id)).data["job_id"]
    looked = await hasty.call("wait_for_job", {"timeout_s": 0}, project_id=project_id)
    assert looked.data["job_id"] == heard
    render = (await hasty.call("render_video", project_id=project_id)).job_id
    await hasty.call(TOOL, ASKED | {"sensitivity": 0.9}, project_id=project_id)
    looked = await hasty.call("wait_for_job", {"timeout_s": 0}, project_id=project_id)
    assert looked.data["job_id"] == render


async def test_an_analysis_that_is_stopped_is_told_to_who_waits_for_it(
    house: Stand, project_id: ProjectId
) -> None:
    asking = asyncio.create_task(house.call(TOOL, ASKED, project_id=project_id))
    await once_ordered(house, project_id)
    (job,) = await jobs_of(house, project_id)
    stopped = await house.call("cancel_job", {"job_id": job.job_id}, project_id=project_id)
    assert (stopped.failed, stopped.data["state"]) == (False, "queued")
    handler = AnalysisHandler(house.database, house.services.engine, house.blobs)
    async with house.database.transaction(None) as tx:
        for swept in await tx.jobs.sweep():
            await handler.ended(tx, swept)
    async with asyncio.timeout(10):
        answer = await asking
    assert (answer.kind, job.job_id in answer.summary) == ("conflict", True)


async def test_a_full_queue_refuses_and_leaves_nothing(tmp_path: Path) -> None:
    async with stand(tmp_path, room=Room(each=1)) as full:
        project_id = await full.scaffold()
        await full.write(project_id, {"assets/music.wav": b"a sound"})
        hasty = patient(full, 0.05)
        answers: list[Answer] = [
            await hasty.call(TOOL, ASKED | {"sensitivity": much}, project_id=project_id)
            for much in (0.1, 0.2)
        ]
        assert [answer.failed for answer in answers] == [False, True]
        assert answers[1].kind == "unavailable"
        assert len(await jobs_of(full, project_id)) == 1
