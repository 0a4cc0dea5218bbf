"""Prompts that the offline director's rules do not know, each held against its film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.runs.exam import PROMPTS, SECOND, directing, judge, make

SLICE = (PROMPTS[0], PROMPTS[5], PROMPTS[9], SECOND[6])
"""One of each language and three formats: quick enough for every run."""


@pytest.mark.timeout(180)
@pytest.mark.parametrize("wanted", SLICE, ids=range(len(SLICE)))
async def test_a_film_shows_what_its_prompt_named(tmp_path: Path, wanted: dict[str, Any]) -> None:
    async with directing(tmp_path) as place:
        made = await make(place, prompt=wanted["prompt"])
        assert judge(made, wanted) == []


@pytest.mark.slow
@pytest.mark.timeout(1_500)
@pytest.mark.parametrize("prompts", [PROMPTS, SECOND], ids=["first", "second"])
async def test_every_prompt_becomes_its_own_film(tmp_path: Path, prompts: list[dict[str, Any]]) -> None:
    faults: dict[str, list[str]] = {}
    storyboards: dict[Any, str] = {}
    for number, wanted in enumerate(prompts):
        async with directing(tmp_path / str(number)) as place:
            made = await make(place, prompt=wanted["prompt"])
            found = judge(made, wanted)
            twin = storyboards.setdefault(made.storyboard, wanted["prompt"])
            if twin != wanted["prompt"]:
                found.append(f"its storyboard is that of {twin!r}")
            if found:
                faults[wanted["prompt"]] = found
    assert faults == {}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("index", [2, 5, 17])
async def test_three_of_them_are_delivered_at_full_size(tmp_path: Path, index: int) -> None:
    wanted = PROMPTS[index]
    async with directing(tmp_path) as place:
        made = await make(place, prompt=wanted["prompt"], quality="standard")
        assert judge(made, wanted) == []
        assert made.render.facts is not None
        assert (made.render.facts.width, made.render.facts.height) == (made.film.width, made.film.height)


def test_no_rule_knows_the_prompts() -> None:
    rules = "\n".join(path.read_text("utf-8") for path in Path("providers/offline").rglob("*.py")).casefold()
    known = [
        phrase for wanted in (*PROMPTS, *SECOND) for phrase in wanted["phrases"]
        if len(phrase.split()) > 1 and phrase.casefold() in rules
    ]  # fmt: skip
    assert known == [], "the exam's phrases stand in the director's rules"
