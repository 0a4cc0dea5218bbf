"""What templates make of their content: logos, points of different kinds, more time than there is to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from domain.composition import Node
from tests.unit.templates.films import FORMATS, NAMES, compiled, lay

HELD = {"talk", "journey"}
"""Scenes in which one thing after the other comes and goes."""
LONGEST = 12.5
"""Seconds that a scene of a film of a minute may stand."""


@pytest.mark.parametrize("name", NAMES)
def test_a_logo_that_is_a_drawing_is_drawn_on_its_plate(tmp_path: Path, name: str) -> None:
    film, findings = compiled(lay(tmp_path, name, FORMATS["16:9"], {"LOGO": "assets/logo.svg"}))
    shown = [node for node in walked(film.scenes[-1].nodes) if node.kind == "svg"]
    assert [node.props.get("src") for node in shown] == ["assets/logo.svg"]
    assert not [line for line in findings if line.startswith("error")]


@pytest.mark.parametrize("name", NAMES)
def test_a_film_of_a_minute_holds_no_scene_too_long(tmp_path: Path, name: str) -> None:
    film, _ = compiled(lay(tmp_path, name, FORMATS["9:16"], {"SECONDS": 60}))
    long = {scene.id: scene.frames / film.fps for scene in film.scenes if scene.id not in HELD}
    assert {scene: seconds for scene, seconds in long.items() if seconds > LONGEST} == {}
    assert film.frames == 60 * film.fps


def test_news_show_a_person_a_quote_a_score_and_lines_each_in_its_own_way(tmp_path: Path) -> None:
    points = [
        {"title": "Mira Holt", "text": "Baker"},
        {"title": "“Bread is patience”", "text": "Mira Holt"},
        {"title": "Wheat", "text": "−2.4 %"},
        {"title": "Ovens open at six", "text": ""},
    ]
    film, findings = compiled(lay(tmp_path, "news", FORMATS["16:9"], {"POINTS": points}))
    assert findings == []
    made = [scene.id for scene in film.scenes]
    assert made == ["opener", "person_1", "quote_2", "score_3", "bulletin", "signoff"]


def test_a_cue_of_a_scene_that_the_film_has_not_is_left_out(tmp_path: Path) -> None:
    film, _ = compiled(lay(tmp_path / "few", "product", FORMATS["16:9"], {"SECONDS": 9}))
    assert "details" not in {scene.id for scene in film.scenes}
    assert len([sound for sound in film.sounds if sound.music is None]) == 2


def walked(nodes: Sequence[Node]) -> Iterator[Node]:
    """Walk nodes and all that stand in them."""
    for node in nodes:
        yield node
        yield from walked(node.children)
