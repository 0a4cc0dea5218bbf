"""Listening to sounds of a film and to uploaded ones, with the real engine."""

import json
import math
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from domain.composition import Composition
from domain.engine import Engine
from tests.ears import clicks, listening
from tests.stands import Stand, drawing, stand


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncGenerator[Engine]:
    async with drawing(tmp_path) as made:
        yield made


@pytest.fixture
async def studio(tmp_path: Path, engine: Engine) -> AsyncGenerator[Stand]:
    async with stand(tmp_path, engine=engine) as made, listening(made):
        yield made


FOLLOWING = """\
from stage import Film, Scene, Text

film = Film("Follow")
film.follow("assets/music.beats.json")
scene = Scene("one", seconds=3)
word = scene.add(Text("now", size=120, anchor="center"))
scene.timeline.from_(word, opacity=0, duration=0.2, at="beat:2").on_beats(word, scale=1.1)
film.add(scene)
"""


async def test_beats_are_written_once_and_films_follow_them(studio: Stand, engine: Engine) -> None:
    project_id = await studio.scaffold()
    await studio.write(project_id, {"assets/music.wav": clicks()})
    asked = {"audio_file_path": "assets/music.wav"}
    answer = await studio.call("audio_spectrum_analysis", asked, project_id=project_id)
    assert not answer.failed, answer.summary
    assert answer.data["tempo_bpm"] == pytest.approx(120, abs=1)
    assert answer.data["beats_file"] == "assets/music.beats.json"
    assert answer.images[0].media_type == "image/jpeg"
    assert answer.revision is not None
    written = json.loads(await studio.text(project_id, "assets/music.beats.json"))
    assert written["beats"] == answer.data["beats"]
    assert len(written["energy"]) == len(written["high"]) == 120
    again = await studio.call("audio_spectrum_analysis", asked, project_id=project_id)
    assert again.data == answer.data
    assert (await studio.newest(project_id)).number == answer.revision

    await studio.write(project_id, {"film.py": FOLLOWING.encode()})
    files = (await studio.newest(project_id)).files
    built = await engine.compile({path: await studio.blobs.path(sha) for path, sha in files.items()})
    assert isinstance(built.composition, Composition), built.findings
    (node,) = built.composition.scenes[0].nodes
    opacity = next(track for track in node.tracks if track.property == "opacity")
    assert opacity.keys[0].frame == pytest.approx(30 * written["beats"][2], abs=0.5)
    scale = next(track for track in node.tracks if track.property == "scale")
    thrown = [key.frame / 30 for key in scale.keys if key.value == 1.1]
    assert all(min(abs(beat - each) for each in thrown) < 0.02 for beat in written["beats"] if beat < 2.9)


async def test_an_uploaded_sound_is_heard_by_name_and_nothing_is_written(studio: Stand) -> None:
    project_id = await studio.scaffold()
    await studio.upload("song.wav", clicks(), ".wav", "audio")
    asked = {"audio_file_path": "song.wav", "sensitivity": 0.9}
    answer = await studio.call("audio_spectrum_analysis", asked, project_id=project_id)
    assert not answer.failed, answer.summary
    assert (answer.data["beats_file"], answer.revision) == ("", None)


async def test_silence_is_told_as_silence(studio: Stand) -> None:
    project_id = await studio.scaffold()
    still = clicks()[:44] + bytes(len(clicks()) - 44)
    await studio.write(project_id, {"assets/still.wav": still})
    answer = await studio.call(
        "audio_spectrum_analysis", {"audio_file_path": "assets/still.wav"}, project_id=project_id
    )
    assert answer.summary.startswith("assets/still.wav is silent: 4 s")
    assert (answer.data.get("tempo_bpm"), answer.data.get("loudness_lufs")) == (None, None)


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"audio_file_path": "assets/nothing.mp3"}, "missing", "there are assets/broken.wav"),
        ({"audio_file_path": "film.py"}, "invalid", "'film.py' is no sound; give one of .flac"),
        ({"audio_file_path": "../../etc/passwd"}, "missing", "there is no sound"),
        ({"audio_file_path": "assets/broken.wav"}, "invalid", "sound"),
        ({"audio_file_path": "assets/broken.wav", "sensitivity": 7}, "invalid", "sensitivity"),
        ({"audio_file_path": "assets/broken.wav", "sensitivity": math.inf}, "invalid", "sensitivity"),
    ],
)
async def test_what_cannot_be_heard_is_refused_with_a_way_out(
    studio: Stand, asked: dict[str, str | float], kind: str, words: str
) -> None:
    project_id = await studio.scaffold()
    await studio.write(project_id, {"assets/broken.wav": clicks()[:30]})
    answer = await studio.call("audio_spectrum_analysis", asked, project_id=project_id)
    assert answer.failed
    assert answer.kind == kind
    assert words in answer.summary
