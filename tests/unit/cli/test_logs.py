"""Every line of the log says which request, job and run it belongs to."""

import asyncio
import json
import logging
import sys

from cli.logs import Json, Plain
from domain.trail import follow, trail


def record(message: str = "render finished", **extra: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": "render", "levelno": logging.INFO, "levelname": "INFO", "msg": message, **extra}
    )


async def test_work_and_what_it_begins_is_known_by_its_ids_and_no_other_work_is() -> None:
    async def deeper() -> dict[str, str]:
        return dict(trail())

    async def work(job_id: str) -> dict[str, str]:
        follow(job_id=job_id, run_id=None)
        await asyncio.sleep(0)
        return await asyncio.create_task(deeper())

    assert await asyncio.gather(asyncio.create_task(work("a")), asyncio.create_task(work("b"))) == [
        {"job_id": "a"},
        {"job_id": "b"},
    ]
    assert dict(trail()) == {}


async def test_a_line_for_machines_is_json_with_all_that_was_said() -> None:
    follow(run_id="r1", job_id="j1")
    told = json.loads(
        Json().format(record("x \u202e\n", action="render_finished", seconds=2.5, path=sys.path))
    )
    assert (told["message"], told["level"], told["logger"]) == ("x \u202e\n", "info", "render")
    assert (told["run_id"], told["job_id"], told["action"], told["seconds"]) == (
        "r1", "j1", "render_finished", 2.5,
    )  # fmt: skip
    assert "\n" not in Json().format(record("a\nb"))


async def test_a_line_for_machines_carries_the_exception() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        told = json.loads(Json().format(record(exc_info=sys.exc_info())))
    assert "ValueError: broken" in told["exception"]


async def test_a_line_for_people_ends_with_the_ids() -> None:
    follow(run_id="r1")
    line = Plain().format(record(action="render_finished"))
    assert line.endswith("INFO render render finished [run_id=r1]")
