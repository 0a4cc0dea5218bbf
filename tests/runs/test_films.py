"""Whole films: prompt to MP4 through the loop, the real tools, the real box and the real renderer."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest
from PIL import Image

from domain.event import CheckFinished, Event, ModelReminded, RenderFinished, RenderProgress, ToolFinished
from domain.model import ToolMessage
from domain.render import Render
from domain.run import Run
from providers.gemini import create
from providers.scripted import Scripted, says
from tests.contracts.models import config
from tests.gemini.script import Json, Line, Stream, answer, overloaded, quota
from tests.gemini.server import gemini
from tests.gemini.strict import get, items
from tests.runs.studio import Studio, real_engine, studio
from tests.stands import OWNER

Asked = tuple[str, Json]
SCENE = "scenes/opening.py"


def enters(how: str) -> Asked:
    """Write anew how the title comes in, while the camera never stands still."""
    push = "    scene.timeline.from_to(scene.camera, {'zoom': 1}, {'zoom': 1.06}, duration=2, at=0)"
    lines = f"    scene.timeline.from_(title, {how}, duration=0.5)\n{push}"
    edit = {"start_line": 8, "end_line": 8, "new_content": lines}
    return ("atomic_edit", {"file_path": SCENE, "edits": [edit]})


SCAFFOLD: Asked = ("scaffold_project", {"template_name": "plain", "project_name": "Noor Tea"})
READ: Asked = ("read_file", {"file_path": SCENE})
TYPO, ALIVE = enters("y=40, opacty=0"), enters("y=60, scale=0.9")
MEND: Asked = ("atomic_edit", {"file_path": SCENE, "edits": [
    {"start_line": 8, "end_line": 9, "new_content": ALIVE[1]["edits"][0]["new_content"]},
]})  # fmt: skip
CHECK: Asked = ("run_build_check", {})
LOOK: Asked = ("visual_frame_inspection", {"times": [0.1, 1.0, 1.9]})
RENDER: Asked = ("render_video", {"quality": "draft"})
WAIT: Asked = ("wait_for_job", {})
"""The way of a whole film, with a fault that is found and mended."""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Studio]:
    async with real_engine(tmp_path) as engine, studio(tmp_path, engine=engine) as made:
        yield made


async def film_of(place: Studio, run: Run) -> RenderFinished:
    ends = [entry.event for entry in await place.entries(run) if isinstance(entry.event, RenderFinished)]
    assert len(ends) == 1
    return ends[0]


async def heard(place: Studio, run: Run, wanted: Callable[[Event], bool]) -> None:
    async with (
        asyncio.timeout(20),
        aclosing(place.house.log.tail(OWNER, run.project_id)) as entries,
    ):
        async for entry in entries:
            if wanted(entry.event):
                return


async def newest_render(place: Studio, run: Run) -> Render:
    async with place.house.database.transaction(OWNER, reading=True) as tx:
        return (await tx.renders.list(run.project_id))[0]


async def test_a_scripted_film_is_checked_mended_seen_rendered_and_delivered(place: Studio) -> None:
    model = Scripted(
        [
            says("A calm title, 2 seconds, 16:9.", SCAFFOLD),
            says("I read the scene.", READ),
            says("I slow the title down.", TYPO),
            says("I check.", CHECK),
            says("I mend the typing error.", MEND),
            says("It is finished."),
            says("I check and look.", CHECK, LOOK),
            says("I render.", RENDER),
            says("I wait.", WAIT),
            says("A calm title for Noor Tea, two seconds long."),
        ]
    )
    run = await place.ask(await place.project(), quality="draft")
    async with place.working(model):
        end = await place.end(run, within=60)
    assert (end.status, end.reason) == ("succeeded", "A calm title for Noor Tea, two seconds long.")
    assert {link.rel for link in end.links} >= {"film", "stream"}
    assert (await place.house.project(run.project_id)).status == "COMPLETED"

    entries = [entry.event for entry in await place.entries(run)]
    checks = [event for event in entries if isinstance(event, CheckFinished) if event.subject == "source"]
    (red, same, *_), green = checks, checks[-1]
    assert red == same, "checked once as it was edited; asked again, it is told what is known"
    assert "did you mean 'opacity'?" in str(red.findings)
    assert [line for line in green.findings if line.severity != "advice"] == []
    assert any(isinstance(event, ModelReminded) for event in entries)
    film = await film_of(place, run)
    assert film.status == "COMPLETED"
    assert film.facts is not None
    assert (film.facts.frames, film.facts.video_codec) == (60, "h264")

    shown = [m for m in model.heard[-1] if isinstance(m, ToolMessage) and any(a.images for a in m.answers)]
    [picture] = shown[-1].answers[-1].images
    with Image.open(io.BytesIO(picture.content)) as sheet:
        assert max(sheet.size) <= 1568


async def test_a_run_gives_its_worker_back_while_it_waits_for_a_render(place: Studio) -> None:
    model = Scripted(
        [says("", SCAFFOLD), says("", READ, ALIVE), says("", CHECK, LOOK), says("", RENDER), says("", WAIT)]
    )
    run = await place.ask(await place.project(), quality="draft")
    async with place.working(model):
        end = await place.end(run, within=60)
    assert end.status == "succeeded"
    told = await place.told(run)
    assert told.count("run.started") == 1
    assert told.index("render.finished") < len(told) - told[::-1].index("tool.finished")
    waited = [e.event for e in await place.entries(run) if isinstance(e.event, ToolFinished)][-1]
    assert waited.tool == "wait_for_job"
    assert "COMPLETED" in waited.summary


async def test_stop_ends_the_render_that_a_run_waits_for(place: Studio) -> None:
    long = '    scene = Scene("opening", seconds=300)'
    edit: Json = {"start_line": 5, "end_line": 5, "new_content": long}
    model = Scripted(
        [
            says("", SCAFFOLD),
            says("", READ, ("atomic_edit", {"file_path": SCENE, "edits": [edit]})),
            says("", ("render_video", {"quality": "high"}), WAIT),
        ]
    )
    run = await place.ask(await place.project(), quality="high")
    async with place.working(model):
        await heard(place, run, lambda event: isinstance(event, RenderProgress) and event.percent > 1)
        assert (await place.again(run)).state == "waiting"
        clock = asyncio.get_running_loop().time
        began = clock()
        await place.cancel(run)
        end = await place.end(run, within=5)
        await heard(place, run, lambda event: isinstance(event, RenderFinished))
        render = await newest_render(place, run)
        assert clock() - began < 2
    assert (end.status, render.status) == ("cancelled", "CANCELLED")
    assert (await place.house.project(run.project_id)).status == "READY"


async def test_a_whole_film_is_made_through_the_wire_of_gemini(place: Studio) -> None:
    """Every request is held against the protocol: signatures, ids, roles, declarations and the picture."""
    seen: list[str] = []

    def after_looking(body: Json) -> Stream:
        content = items(body, "contents")[-1]
        for part in items(content, "parts"):
            response: Json = get(part, "function_response") or {}
            seen.extend(get(response, "name") for _ in items(response, "parts"))
        return answer("It looks right: I render.", RENDER)

    lines: list[Line] = [
        answer("A calm title, 2 seconds, 16:9.", ("list_templates", {}), SCAFFOLD),
        overloaded(),
        answer("I read the scene.", READ, ("read_file", {"file_path": "film.py"})),
        answer("I slow the title down.", TYPO),
        quota("0.05s"),
        answer("", CHECK),
        answer("I mend it.", MEND),
        answer("I check and look.", CHECK, LOOK),
        after_looking,
        answer("", WAIT),
        answer("A calm title for Noor Tea, two seconds long."),
    ]
    async with gemini(lines) as server:
        model = create(config(server.address))
        run = await place.ask(await place.project(), quality="draft")
        async with place.working(model):
            end = await place.end(run, within=60)
        await model.close()
    assert server.refused == []
    assert end.status == "succeeded", end.reason
    assert seen == ["visual_frame_inspection"]
    assert (await film_of(place, run)).status == "COMPLETED"
    assert end.usage.prompt_tokens == 9 * 1200
    assert end.usage.cost_usd > 0
