"""The handbook is current, short enough to read, and every example in it works."""

import re
from pathlib import Path

import pytest

from domain.composition import Composition
from stage import handbook, transition_examples
from stage import vocabulary as words
from stage.effect_examples import EFFECTS
from stage.examples import KINDS, PROJECT, WORDS
from stage.motion_examples import MOTION
from stage.pieces.examples import PIECES
from stage.reuse_examples import REUSE
from tests.unit.stage.projects import ASSETS, compiled, told

DOCS = Path(__file__).parents[3] / "docs"
CHARS_PER_TOKEN = 3
"""Fewer than any tokenizer's mean for English and code."""


def test_the_page_is_current() -> None:
    assert (DOCS / "stage.md").read_text("utf-8") == handbook.page(), "make docs writes it anew"


def test_the_short_form_fits_into_a_prompt() -> None:
    assert len(handbook.short()) <= 2_400 * CHARS_PER_TOKEN


def test_the_short_form_names_every_word() -> None:
    named = set(re.findall(r"[\w.]+", handbook.short()))
    every = {word for table in words.KINDS.values() for word in table}
    every |= {
        *words.PART_PROPERTIES,
        *words.CAMERA,
        *words.EASE_NAMES,
        *words.TRANSITIONS,
        *words.STAGGER_ORDERS,
    }
    assert every - named == set()


def test_every_kind_has_an_example() -> None:
    assert list(KINDS) == list(words.KINDS) == list(words.SUMMARIES)


def test_every_effect_is_called_for_by_an_example() -> None:
    told = " ".join(snippet for _, snippet in EFFECTS.values())
    assert {
        word
        for word in {**words.EFFECTS, **words.MASKS}
        if f"{word}=" not in told and f'"{word}"' not in told
    } == set()


@pytest.mark.parametrize("name", [*KINDS, *WORDS, *EFFECTS, *MOTION, *REUSE, *PIECES])
def test_an_example_compiles_without_a_finding(tmp_path: Path, name: str) -> None:
    answer = compiled(
        tmp_path, KINDS[name] if name in KINDS else (WORDS | EFFECTS | MOTION | REUSE | PIECES)[name][1]
    )
    assert told(answer) == []
    Composition.model_validate(answer["composition"])


def test_every_transition_has_an_example() -> None:
    assert tuple(transition_examples.WORDS) == words.TRANSITIONS


@pytest.mark.parametrize("kind", words.TRANSITIONS)
def test_the_example_of_a_transition_compiles_without_a_finding(tmp_path: Path, kind: str) -> None:
    answer = compiled(tmp_path, {"film.py": transition_examples.source(kind)} | ASSETS)
    assert told(answer) == []
    assert Composition.model_validate(answer["composition"]).scenes[1].enter.kind == kind


def test_the_project_compiles_without_a_finding(tmp_path: Path) -> None:
    answer = compiled(tmp_path, PROJECT)
    assert answer["findings"] == []
    assert Composition.model_validate(answer["composition"]).seconds == 8.5
