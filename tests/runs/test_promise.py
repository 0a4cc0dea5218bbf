"""A promise from planning to the end: recorded, held against the film, and never weakened in silence."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from domain.event import Event, ModelReminded, Notice, RunPromised
from domain.model import Reply
from domain.run import Run, Usage
from providers.scripted import Scripted, says
from tests.runs.studio import Studio
from tests.runs.test_approvals import parked
from tests.stands import drawing, stand

pytestmark = pytest.mark.timeout(120)
PROMISE = "Promise\n- Length: 2 s\n- Format: 16:9\n- Text: Noor Tea\n- Text: Grown in shade\n- Languages: en"
LESS = "Promise\n- Length: 2 s\n- Format: 16:9\n- Text: Noor Tea\n- Languages: en\n- Because: it is too long"
NO = Reply(text="SAFETY", stopped="blocked", usage=Usage(turns=1))
SCAFFOLD = ("scaffold_project", {"template_name": "plain", "project_name": "Noor Tea"})


def film() -> list[Reply]:
    """What makes the plain film, draft quality."""
    return [
        says("I check.", ("run_build_check", {}), ("visual_frame_inspection", {"times": [1.5]})),
        says("I render.", ("render_video", {"quality": "draft"})),
        says("I wait.", ("wait_for_job", {"job_id": "latest"})),
    ]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Studio]:
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine) as house:
        yield Studio(house, engine, tmp_path)


async def told(place: Studio, run: Run) -> list[Event]:
    return [entry.event for entry in await place.entries(run)]


async def test_a_film_that_lacks_a_promised_text_is_sent_back_and_less_is_told(place: Studio) -> None:
    model = Scripted([says(PROMISE, SCAFFOLD), *film(), says("Done."), says(LESS), says("Done.")])
    run = await place.ask(await place.project(), quality="draft")
    async with place.working(model):
        end = await place.end(run, within=60)
    events = await told(place, run)
    made = [each for each in events if isinstance(each, RunPromised)]
    assert [each.promise.texts for each in made] == [("Noor Tea", "Grown in shade"), ("Noor Tea",)]
    assert made[1].weakened == ("without the text 'Grown in shade'",)
    (back,) = [each for each in events if isinstance(each, ModelReminded)]
    assert "text: promised 'Grown in shade', delivered 'not seen'" in back.text
    (notice,) = [each for each in events if isinstance(each, Notice)]
    assert notice.substitution == "the film promises less: without the text 'Grown in shade'"
    assert notice.reason == "it is too long"
    assert end.status == "succeeded"
    assert [(line.what, line.promised, line.kept) for line in end.promise] == [
        ("length", "2 s", True), ("format", "16:9", True), ("text", "Noor Tea", True),
        ("language", "en", True),
    ]  # fmt: skip


async def test_a_model_that_only_says_done_again_does_not_get_away_with_less(place: Studio) -> None:
    run = await place.ask(await place.project(), quality="draft")
    async with place.working(Scripted([says(PROMISE, SCAFFOLD), *film()])):
        end = await place.end(run, within=60)
    assert end.status == "failed"
    assert "does not keep its promise: text 'Grown in shade' is not seen" in end.reason
    assert [line.kept for line in end.promise] == [True, True, True, False, True]


async def test_what_the_request_fixes_is_promised_without_a_word_of_the_model(place: Studio) -> None:
    run = await place.ask(await place.project(), seconds=6, format="9:16")
    async with place.working(Scripted([says("I begin.", SCAFFOLD), NO])):
        await place.end(run)
    (made,) = [each for each in await told(place, run) if isinstance(each, RunPromised)]
    assert (made.promise.seconds, made.promise.format) == (6, "9:16")


async def test_less_than_the_user_agreed_to_needs_another_yes(place: Studio) -> None:
    run = await place.ask(await place.project(), approve=("plan",))
    lines = [says("", ("propose_plan", {"plan": PROMISE})), says("I begin.", SCAFFOLD), says(LESS), NO]
    async with place.working(Scripted(lines)):
        await parked(place, run)
        await place.house.settle()
        await place.end(run, within=60)
    events = await told(place, run)
    made = [each for each in events if isinstance(each, RunPromised)]
    assert [each.promise.texts for each in made] == [("Noor Tea", "Grown in shade")]
    (refused,) = [each for each in events if isinstance(each, ModelReminded)]
    assert refused.text.startswith("The user agreed to more than that (without the text 'Grown in shade')")
    assert not [each for each in events if isinstance(each, Notice)]
