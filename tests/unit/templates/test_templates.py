"""Every template in every format and direction: it compiles, its texts can be read, its length is exact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from render.picture import Picture
from render.reading import reading_findings
from tests.unit.templates.films import CONTENTS, FORMATS, NAMES, compiled, gallery, lay


def every() -> list[Any]:
    """Each template, format and content; one content of each template and format is taken by every run."""
    found: list[Any] = []
    for place, name in enumerate(NAMES):
        for turn, frame in enumerate(FORMATS):
            for number, words in enumerate(CONTENTS):
                short = (place + turn) % len(CONTENTS) == number
                found.append(pytest.param(name, frame, words, marks=() if short else pytest.mark.slow))
    return found


def test_every_template_of_the_gallery_has_its_card() -> None:
    cards = {name: template.CARD for name, template in gallery().items()}
    assert {"basic", "product", "explainer"} <= set(cards)
    assert all(card.name == name and card.example_prompt and card.description for name, card in cards.items())
    assert all(set(card.formats) == set(FORMATS) for card in cards.values())


@pytest.mark.parametrize(("name", "frame", "words"), every())
def test_a_film_compiles_and_its_texts_can_be_read(tmp_path: Path, name: str, frame: str, words: str) -> None:
    film, findings = compiled(lay(tmp_path, name, FORMATS[frame], CONTENTS[words]))
    assert findings == []
    assert (film.width, film.height) == FORMATS[frame]
    picture = Picture(film, tmp_path, scale=0.1)
    told = reading_findings(film, picture.layout(list(range(0, film.frames, 4))))
    assert [
        f"{each.severity} {each.scene}: {each.message}" for each in told if each.severity == "error"
    ] == []
    assert list(picture.notices) == []


SECONDS = (6, 7.5, 12, 20, 33.3, 90)
LENGTHS = [(name, SECONDS[place % len(SECONDS)]) for place, name in enumerate(NAMES)]


@pytest.mark.parametrize(("name", "seconds"), LENGTHS)
def test_a_film_lasts_as_long_as_it_says(tmp_path: Path, name: str, seconds: float) -> None:
    lasts(tmp_path, name, seconds)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", SECONDS)
def test_a_film_lasts_as_long_as_it_says_at_any_length(tmp_path: Path, name: str, seconds: float) -> None:
    lasts(tmp_path, name, seconds)


def lasts(tmp_path: Path, name: str, seconds: float) -> None:
    """Compile a film of a length and hold its frames against it."""
    words: dict[str, Any] = {"SECONDS": seconds}
    film, findings = compiled(lay(tmp_path, name, FORMATS["16:9"], words))
    assert film.frames == round(seconds * film.fps)
    assert not [line for line in findings if line.startswith("error")]


def test_a_title_and_a_frame_are_written_into_the_source(tmp_path: Path) -> None:
    folder = lay(tmp_path, "basic", (720, 1280), {})
    film, _ = compiled(folder)
    assert (film.width, film.height) == (720, 1280)
    assert "TITLE = " in (folder / "content.py").read_text("utf-8")
