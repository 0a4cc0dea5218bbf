"""Every template in every format and direction: it compiles, its texts can be read, its length is exact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.figures import templates as figures
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


@pytest.mark.parametrize(("ground", "clear"), [("clear", True), ("studio", False)])
def test_news_graphics_leave_the_rest_of_the_frame_clear_when_asked(
    tmp_path: Path, ground: str, *, clear: bool
) -> None:
    film, _ = compiled(lay(tmp_path, "news", FORMATS["16:9"], {"GROUND": ground}))
    picture = Picture(film, tmp_path, scale=0.2, alpha=True)
    person = next(index for index, scene in enumerate(film.scenes) if scene.id == "person_1")
    frame = film.starts()[person] + film.scenes[person].frames // 2
    opacity = picture.draw(frame)[:, :, 3]
    tall = opacity.shape[0]
    assert int(opacity[tall * 3 // 10 : tall // 2].max()) == (0 if clear else 255)
    assert int(opacity[tall * 8 // 10 :].max()) > 225


def test_the_figures_of_templates_see_an_empty_frame_and_a_standing_one(tmp_path: Path) -> None:
    (tmp_path / "film.py").write_text(
        "from stage import Film, Rect, Scene\n"
        "film = Film('Still')\n"
        "scene = Scene('empty', seconds=2)\n"
        "scene.add(Rect(width=200, height=100, fill='ink', anchor='center'))\n"
        "film.add(scene)\n"
    )
    film, _ = compiled(tmp_path)
    picture = Picture(film, tmp_path, scale=figures.SCALE)
    assert figures.stillness(film, picture) > figures.BARS["template_dead_max_s"].number
    [(_, ink)] = figures.inks(film, picture, tmp_path)
    assert 0 < ink < figures.BARS["template_end_ink_min"].number
