"""Correction: every edit is checked, safe fixes come first, and after three rounds people have the list."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from pydantic import JsonValue

from bench.senses.offline import directed, prompts
from domain.event import CheckFinished, Event, ModelReminded, ModelReplied, RunFinished, ToolFinished
from domain.model import Reply
from domain.run import Run, Usage
from providers.scripted import Scripted, says
from tests.runs.studio import Studio
from tests.stands import drawing, stand
from tools.care import by_the_house

pytestmark = pytest.mark.timeout(120)
FILM = """\
from stage import Film, Rect, Scene, Text

film = Film("Faint", theme="paper")
scene = Scene("opening", seconds=3, background="#101820")
ground = scene.add(Rect(width=700, height=400, anchor="center", fill="#24405E"))
scene.add(Text("tiny words", size=9, anchor="center", y=150, color="#FFFFFF"))
{more}
scene.timeline.to(ground, x=60, duration=3)
film.add(scene)
"""
OUTSIDE = 'scene.add(Text("over the edge", size=60, anchor="center", x=900, color="#FFFFFF"))'
SCAFFOLD = says("I begin.", ("scaffold_project", {"template_name": "plain", "project_name": "Noor Tea"}))
NO = Reply(text="SAFETY", stopped="blocked", usage=Usage(turns=1))
"""The quickest end of a run."""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Studio]:
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine) as house:
        yield Studio(house, engine, tmp_path)


def writes(more: str) -> Reply:
    lines = FILM.format(more=more)
    edit: JsonValue = {"start_line": 1, "end_line": 5, "new_content": lines}
    return says("I write.", ("read_file", {"file_path": "film.py"}), ("atomic_edit", {
        "file_path": "film.py", "edits": [edit],
    }))  # fmt: skip


async def told(place: Studio, run: Run) -> list[Event]:
    return [entry.event for entry in await place.entries(run)]


def reds(event: Event) -> list[str]:
    assert isinstance(event, CheckFinished)
    return [each.code for each in event.findings if each.severity == "error"]


async def test_an_edit_is_checked_before_the_model_speaks_again_and_it_reads_what_was_found(
    place: Studio,
) -> None:
    model = Scripted([SCAFFOLD, writes(OUTSIDE), NO])
    run = await place.ask(await place.project())
    async with place.working(model):
        await place.end(run)
    events = await told(place, run)
    checks = [at for at, event in enumerate(events) if isinstance(event, CheckFinished)]
    replies = [at for at, event in enumerate(events) if isinstance(event, ModelReplied)]
    assert len(checks) == 1, "one check for one edit, none for the template as it came"
    assert replies[1] < checks[0] < replies[2]
    assert sorted(reds(events[checks[0]])) == ["text_outside", "text_too_small"]
    assert "text_outside" in model.briefings[2]
    assert "text_too_small" in model.briefings[2]


async def test_safe_fixes_come_first_and_the_model_gets_the_rest_as_one_batch(place: Studio) -> None:
    model = Scripted([SCAFFOLD, writes(OUTSIDE), says("Done."), NO])
    run = await place.ask(await place.project())
    async with place.working(model):
        await place.end(run)
    events = await told(place, run)
    mends = [each for each in events if isinstance(each, ToolFinished) and by_the_house(each.call_id)]
    assert [each.tool for each in mends] == ["mend_findings"]
    (round_one,) = [each for each in events if isinstance(each, ModelReminded)]
    assert round_one.correction == 1
    assert "Round 1 of 3 of mending" in round_one.text
    assert "text_outside" in round_one.text
    assert "text_too_small" not in round_one.text
    checks = [each for each in events if isinstance(each, CheckFinished)]
    assert [sorted(reds(each)) for each in checks] == [["text_outside", "text_too_small"], ["text_outside"]]
    assert (await place.again(run)).usage.steps == 3, "what the house does is not the model's step"


async def test_after_three_rounds_the_rest_is_handed_to_people_as_a_list(place: Studio) -> None:
    run = await place.ask(await place.project())
    async with place.working(Scripted([SCAFFOLD, writes(OUTSIDE)])):
        end = await place.end(run)
    events = await told(place, run)
    assert [each.correction for each in events if isinstance(each, ModelReminded)] == [1, 2, 3]
    assert end.status == "failed"
    assert end.reason.startswith("After 3 rounds of mending one finding is left for you: the film has errors")
    assert [(each.code, each.severity) for each in end.findings] == [("text_outside", "error")]
    assert isinstance(events[-1], RunFinished)


async def test_a_correcting_run_begins_with_the_safe_fixes(place: Studio) -> None:
    project = await place.project()
    first = await place.ask(project)
    async with place.working(Scripted([SCAFFOLD, writes(""), NO])):
        await place.end(first)
    again = await place.ask(project, kind="correct")
    model = Scripted([NO])
    async with place.working(model):
        await place.end(again)
    events = await told(place, again)
    spoke = next(at for at, event in enumerate(events) if isinstance(event, ModelReplied))
    assert any(isinstance(each, ToolFinished) and each.tool == "mend_findings" for each in events[:spoke])
    assert reds(next(each for each in events[:spoke] if isinstance(each, CheckFinished))) == []
    assert "text_too_small" not in model.briefings[0]


@pytest.mark.timeout(240)
async def test_the_offline_director_leaves_nothing_red(tmp_path: Path) -> None:
    wanted = [each for each in prompts() if each[:2] in (("quote", "1:1"), ("basic", "9:16"))]
    assert await directed(tmp_path, wanted) == {"basic 9:16": [], "quote 1:1": []}
