"""What authors write of sounds, and what the composition says of them."""

from pathlib import Path
from typing import Any

import pytest

from domain.composition import Composition
from stage.vocabulary import MOODS, SOUND_EFFECTS
from tests.unit.stage.projects import compiled, told


def film(folder: Path, body: str) -> Any:
    answer = compiled(folder, body)
    assert told(answer) == []
    Composition.model_validate(answer["composition"])
    return answer["composition"]


@pytest.mark.parametrize("mood", MOODS)
def test_every_mood_can_be_said_and_follows_the_films_tempo(tmp_path: Path, mood: str) -> None:
    (sound,) = film(tmp_path, f"film.add(Music({mood!r}, energy=0.8, seed=3))\n")["sounds"]
    assert sound["music"] == {
        "mood": mood, "bpm": 120, "offset": 0, "meter": MOODS[mood].meter, "energy": 0.8, "seed": 3,
    }  # fmt: skip


@pytest.mark.parametrize("name", SOUND_EFFECTS)
def test_every_effect_can_be_said(tmp_path: Path, name: str) -> None:
    (sound,) = film(tmp_path, f"film.add(Sfx({name!r}, start=1.5, gain_db=-6))\n")["sounds"]
    assert sound == {"effect": name, "start": 45, "gain_db": -6}


def test_music_gives_a_film_without_tempo_its_own_and_marks_its_bars(tmp_path: Path) -> None:
    body = "film = Film('Own')\nfilm.add(Music('serious'))\nassert film.bpm == 100\n"
    found = film(tmp_path, body)
    assert found["sounds"][0]["music"]["bpm"] == 100
    assert [found["markers"][f"bar.{bar}"] for bar in (1, 2, 3)] == [0, 72, 144]


@pytest.mark.parametrize(
    ("start", "frame"),
    [("2", 60), ("'example'", 0), ("'example+0.5'", 15), ("'beat:4'", 60), ("'beat:4+0.1'", 63),
     ("'example.turn'", 24), ("'drop-0.2'", 84)],
)  # fmt: skip
def test_sounds_begin_on_seconds_scenes_labels_marks_and_beats(
    tmp_path: Path, start: str, frame: int
) -> None:  # fmt: skip
    body = f"tl.add_label('turn', 0.8)\nfilm.mark('drop', 3)\nfilm.add(Sfx('pop', start={start}))\n"
    assert film(tmp_path, body)["sounds"][0]["start"] == frame


def test_speech_takes_the_films_language_or_its_own(tmp_path: Path) -> None:
    body = "film.language = 'de-AT'\nfilm.add(Speech('Hallo'))\nfilm.add(Speech('Hello', language='en-GB'))\n"
    said = [sound["speech"]["language"] for sound in film(tmp_path, body)["sounds"]]
    assert said == ["de", "en"]


def test_levels_and_loudness_are_written(tmp_path: Path) -> None:
    body = "film.loudness = -20\nfilm.add(Sound('a.mp3', levels=[(2, -6), (0, 0)], voice=True, duck_db=8))\n"
    found = film(tmp_path, body)
    assert found["loudness_lufs"] == -20
    (sound,) = found["sounds"]
    assert sound["levels"] == [{"at": 0, "gain_db": 0}, {"at": 2, "gain_db": -6}]
    assert (sound["voice"], sound["duck_db"]) == (True, 8)


def test_on_beats_throws_on_every_beat_of_a_scene_and_comes_back(tmp_path: Path) -> None:
    body = (
        "dot = scene.add(Ellipse(width=90, height=90, fill='accent'))\ntl.on_beats(dot, scale=1.2, every=2)\n"
    )
    (node,) = film(tmp_path, body)["scenes"][0]["nodes"]
    keys = next(track for track in node["tracks"] if track["property"] == "scale")["keys"]
    assert [key["frame"] for key in keys if key["value"] == 1.2] == [0, 30, 60, 90, 120, 150]
    assert keys[-1]["value"] == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("film.add(Music('jolly'))", "mood of music is 'jolly'"),
        ("film.add(Music('warn'))", "did you mean 'warm'?"),
        ("film.add(Music('warm', tempo=900))", "tempo of music is 900; give 40 to 220"),
        ("film.add(Music('warm', meter=5))", "meter of music is 5; give one of 2, 3, 4, 6"),
        ("film.add(Music('warm', energy=float('nan')))", "energy of music is nan"),
        ("film.add(Music('warm', key='H'))", "key of music is 'H'"),
        ("film.add(Sfx('bang'))", "a sound effect is 'bang'"),
        ("film.add(Speech(''))", "the words of a speech are ''"),
        ("film.add(Speech('x' * 3000))", "give 1 to 2,000 letters"),
        ("film.add(Speech('Hi', language='tlh'))", "language of speech is 'tlh'"),
        ("film.language = 'th'\nfilm.add(Speech('Hi'))", "no voice speaks 'th'"),
        ("film.add(Speech('Hi', voice='robot'))", "voice of speech is 'robot'"),
        ("film.add(Sound('a.mp3', levels=[1, 2]))", "the levels of a sound are [1, 2]"),
        ("film.add(Sound('a.mp3', levels=[(0, 99)]))", "a level is 99; give -80 to 24"),
        ("film.add(Sound('a.mp3', start='<'))", "start of a sound is '<'"),
        ("film.add(Sound('a.mp3', start=True))", "start of a sound is True"),
        ("Film('x', loudness=-3)", "loudness of the film, LUFS is -3; give -24 to -9"),
        ("film.follow('assets/none.beats.json')", "there is no beats file 'assets/none.beats.json'"),
        ("film.follow('../../../etc/passwd')", "there is no beats file"),
        ("film.follow([1.0])", "1 beats are given"),
        ("film.follow([1.0, 1.01, 2.0])", "the beats do not rise by 0.05 s"),
        ("film.follow(['a', 'b'])", "a beat is 'a'"),
    ],
)
def test_mistakes_are_told_at_their_line(tmp_path: Path, body: str, words: str) -> None:
    (line,) = [line for line in told(compiled(tmp_path, f"{body}\n"), "error")][:1]
    assert words in line


def test_on_beats_without_a_tempo_is_a_mistake(tmp_path: Path) -> None:
    body = "film = Film('Still')\nbox = scene.add(Rect(width=9, height=9, fill='ink'))\n"
    body += "tl.on_beats(box, scale=2)\n"
    (line,) = told(compiled(tmp_path, body), "error")
    assert "the film has no tempo" in line
