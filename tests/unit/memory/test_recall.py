"""A run begins with the entries of the handbook for its task, once, and says which in its log."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from domain.event import MemoryRecalled
from memory.library import entries
from memory.recall import MOST, Recall
from providers.scripted import Scripted, says
from tests.runs.studio import Studio, studio

FIND = Recall(entries())


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Studio]:
    async with studio(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("prompt", "recipe"),
    [
        ("A 12-second launch teaser for Noor Tea: calm, green, title in English and Arabic", "title"),
        ("A 30-second explainer: how our app books a doctor", "explainer"),
        ("Countdown to the summit in May", "countdown"),
        ("اصنع فيديو تهنئة بعيد الفطر لشركة نور", "greeting"),
    ],
)
def test_a_prompt_calls_for_its_recipe(prompt: str, recipe: str) -> None:
    found = FIND(prompt)
    assert found[0] == f"recipe/{recipe}"
    assert len(found) <= sum(MOST.values())
    assert FIND(prompt) == Recall(entries())(prompt)


def test_a_prompt_that_says_nothing_calls_for_nothing() -> None:
    assert FIND("") == ()
    assert FIND("\0\ud83d") == ()


async def test_what_was_recalled_is_told_once_and_read_every_turn(place: Studio) -> None:
    run = await place.ask(await place.project(), prompt="Countdown to the summit in May")
    model = Scripted([says("I look.", ("list_templates", {})), says("I look.", ("list_templates", {}))])
    async with place.working(model, recall=FIND):
        await place.end(run)
    told = [entry.event for entry in await place.entries(run) if isinstance(entry.event, MemoryRecalled)]
    assert [event.entries[0] for event in told] == ["recipe/countdown"]
    assert all("From the handbook, for this task" in briefing for briefing in model.briefings)
    assert all("(recipe/countdown): " in briefing for briefing in model.briefings)


async def test_a_director_that_reads_no_handbook_is_told_of_none(place: Studio) -> None:
    run = await place.ask(await place.project())
    model = Scripted([])
    async with place.working(model):
        await place.end(run)
    assert "memory.recalled" not in await place.told(run)
    assert "From the handbook" not in model.briefings[0]
