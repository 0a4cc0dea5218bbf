"""What a film tells its authors, and how scenes and sounds join."""

from pathlib import Path

import pytest

from domain.composition import Composition
from stage import Film, Scene, Sound
from stage.compose import seconds
from tests.unit.stage.projects import compiled, told


@pytest.mark.parametrize(
    ("width", "height", "shape", "unit", "safe"),
    [
        (1920, 1080, "wide", 1, (115.2, 86.4, 1804.8, 993.6)),
        (1080, 1920, "tall", 1, (75.6, 230.4, 1004.4, 1536)),
        (720, 720, "square", 2 / 3, (50.4, 50.4, 669.6, 669.6)),
    ],
)
def test_a_film_tells_its_shape(
    width: int, height: int, shape: str, unit: float, safe: tuple[float, float, float, float]
) -> None:
    film = Film(width=width, height=height)
    assert (film.shape, film.unit) == (shape, unit)
    assert tuple(film.safe) == pytest.approx(safe)
    assert film.safe.width == pytest.approx(safe[2] - safe[0])
    assert film.safe.height == pytest.approx(safe[3] - safe[1])


@pytest.mark.parametrize(
    ("language", "rtl"), [("ar", True), ("he-IL", True), ("fa_IR", True), ("de", False), ("", False)]
)
def test_a_film_reads_from_the_right_by_its_language(language: str, rtl: bool) -> None:
    assert Film(language=language).rtl is rtl


def test_a_random_source_depends_on_seed_and_name_alone() -> None:
    assert Film().random("stars").random() == Film().random("stars").random()
    assert Film().random("stars").random() != Film().random("dust").random()
    assert Film(seed=1).random("stars").random() != Film().random("stars").random()


def test_a_beat_has_a_length() -> None:
    assert Film(tempo=100).beat == 0.6
    assert Film().beat == 0.5


def test_fades_shorten_the_film_and_dips_do_not(tmp_path: Path) -> None:
    film = Film()
    film.add(Scene("a", 4))
    film.add(Scene("b", 3), enter="fade", over=0.5)
    film.add(Scene("c", 2), enter="dip", over=0.4, color="accent")
    assert seconds(film) == 8.5
    assert [film.seconds_of(name) for name in "abc"] == [0, 3.5, 6.5]
    body = "film.add(Scene('b', 3), enter='fade')\n"
    body += "film.add(Scene('c', 2), enter='dip', over=0.4, color='accent')\n"
    tree = {"film.py": f"from stage import *\nfilm = Film()\nfilm.add(Scene('a', 4))\n{body}"}
    answer = compiled(tmp_path, tree)
    made = Composition.model_validate(answer["composition"])
    assert (made.seconds, answer["source_seconds"]) == (8.5, 8.5)
    assert made.scenes[1].enter.frames == 15
    dip = {"kind": "dip", "frames": 12, "color": "#B83A15"}
    assert made.scenes[2].enter.model_dump(exclude_defaults=True) == dip


def test_sounds_begin_at_a_second_or_with_a_scene(tmp_path: Path) -> None:
    body = (
        "film.add(Sound('assets/a.mp3', start=1.5, trim=2, seconds=3, gain_db=-6, fade_in=0.2, loop=True))\n"
        "film.add(Scene('b'))\nfilm.add(Sound('./assets/b.wav', start='example+0.5'))\n"
    )
    made = Composition.model_validate(compiled(tmp_path, body)["composition"])
    first, second = made.sounds
    assert (first.src, first.start, first.trim, first.seconds, first.loop) == ("assets/a.mp3", 45, 2, 3, True)
    assert (second.src, second.start) == ("assets/b.wav", 135)


def test_a_film_gives_back_what_it_was_given() -> None:
    film, scene, sound = Film(), Scene("a"), Sound("a.mp3")
    assert film.add(scene) is scene
    assert film.add(sound) is sound


def test_a_fade_into_the_first_scene_is_a_warning(tmp_path: Path) -> None:
    tree = {"film.py": "from stage import *\nfilm = Film()\nfilm.add(Scene('a'), enter='fade')\n"}
    answer = compiled(tmp_path, tree)
    assert [each["severity"] for each in answer["findings"]] == ["warning"]
    assert "enter" not in answer["composition"]["scenes"][0]
    assert len(told(answer)) == 1
