"""A cut opens in an editing program as the film plays: its scenes, sounds and marks on their frames."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import opentimelineio
import pytest

from domain.composition import Composition, Scene, Sound, Speech, Transition
from providers.otio import write
from tests.doors import opened
from tests.stands import drawing
from tests.unit.cli.test_bad_input import director

otio: Any = opentimelineio
FILM = """\
from stage import Film, Scene, Sound, Text

film = Film("Noor", width=320, height=180, fps=29.97)
film.mark("hit", 1.5)
film.add(Scene("one", seconds=2)).add(Text("one", size=40))
film.add(Scene("two", seconds=2), enter="fade", over=0.5).add(Text("two", size=40))
"""


def film(*enters: Transition, sounds: tuple[Sound, ...] = (), fps: float = 30, **more: Any) -> Composition:
    scenes = tuple(
        Scene(id=f"s{place}", frames=60, enter=enter) for place, enter in enumerate((Transition(), *enters))
    )
    return Composition(width=64, height=64, fps=fps, scenes=scenes, sounds=sounds, **more)


def read(made: Composition, media: str = "film.mp4") -> Any:
    return otio.adapters.read_from_string(write(made, media).decode(), "otio_json")


def places(track: Any) -> list[tuple[str, float, float]]:
    clips = [each for each in track if isinstance(each, otio.schema.Clip)]
    return [(each.name, each.range_in_parent().start_time.value, each.duration().value) for each in clips]


@pytest.mark.parametrize("fps", [24, 30, 29.97, 59.94])
def test_scenes_follow_one_another_without_a_gap_and_show_their_own_frames(fps: float) -> None:
    made = film(
        Transition(kind="crossfade", frames=15), Transition(), Transition(kind="wipe", frames=12), fps=fps
    )
    timeline = read(made)
    assert timeline.duration() == otio.opentime.RationalTime(made.frames, float(made.rate))
    track = timeline.tracks[0]
    clips = [each for each in track if isinstance(each, otio.schema.Clip)]
    assert [clip.name for clip in clips] == ["s0", "s1", "s2", "s3"]
    cuts = [0, made.starts()[1] + 7, made.starts()[2], made.starts()[3] + 6, made.frames]
    for clip, (first, then) in zip(clips, pairwise(cuts), strict=True):
        assert clip.range_in_parent() == clip.source_range
        assert (clip.source_range.start_time.value, clip.duration().value) == (first, then - first)
        assert clip.source_range.start_time.rate == float(made.rate)
        assert clip.media_reference.available_range.duration.value == made.frames


def test_a_transition_stands_on_the_frames_on_which_the_film_shows_it() -> None:
    made = film(Transition(kind="crossfade", frames=15), Transition(kind="dip", frames=10, color="#FFFFFF"))
    track = read(made).tracks[0]
    fade, dip = (each for each in track if isinstance(each, otio.schema.Transition))
    assert (fade.transition_type, dip.transition_type) == ("SMPTE_Dissolve", "Custom_Transition")
    begin = track.range_of_child(fade).start_time.value
    assert (begin, fade.duration().value) == (made.starts()[1], 15)
    begin = track.range_of_child(dip).start_time.value
    assert (begin, dip.duration().value) == (made.starts()[2] - 10, 20)
    assert dip.metadata["director"]["color"] == "#FFFFFF"


def test_sounds_lie_silenced_under_the_mix_each_where_it_plays() -> None:
    sounds = (
        Sound(src="assets/a b.flac", start=10, seconds=1),
        Sound(src="assets/bed.flac", start=0, trim=0.5, gain_db=-6),
        Sound(src="assets/c.flac", start=45, seconds=9),
        Sound(src="assets/late.flac", start=600),
        Sound(effect="whoosh", start=30),
        Sound(speech=Speech(text="Hello"), start=5),
    )
    _, mix, bed, others = read(film(sounds=sounds, markers={"hit": 45, "end": 60})).tracks
    assert (mix.enabled, bed.enabled, others.enabled) == (True, False, False)
    assert [(mark.name, mark.comment) for mark in mix.markers] == [
        ("effect: whoosh", ""), ("speech", "Hello"),
    ]  # fmt: skip
    assert places(bed) == [("bed.flac", 0, 60)]
    assert bed[0].source_range.start_time.value == 15
    assert bed[0].metadata["director"]["gain_db"] == -6
    assert places(others) == [("a b.flac", 10, 30), ("c.flac", 45, 15)]
    assert others[1].media_reference.target_url == "assets/a%20b.flac"


def test_marks_stand_in_the_film_and_names_are_kept() -> None:
    timeline = read(film(markers={"hit": 45, "end": 60}, title="« نور »"), "نور film.mov")
    assert timeline.name == "« نور »"
    assert {mark.name: mark.marked_range.start_time.value for mark in timeline.tracks.markers} == {
        "hit": 45, "end": 59,
    }  # fmt: skip
    assert timeline.tracks[0][0].media_reference.target_url == "%D9%86%D9%88%D8%B1%20film.mov"


def test_a_folder_s_cut_is_written_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "film.py").write_text(FILM)
    cut = tmp_path / "cut.otio"
    ended = director(tmp_path, "export", str(tmp_path), "--otio", str(cut), "--media", "noor.webm")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert cut.read_text().count("noor.webm") == 3
    timeline = otio.adapters.read_from_file(str(cut), "otio_json")
    assert timeline.duration().value == 60 + 60 - 15
    for arguments, told in (
        (("--otio", "cut.xml"), "--otio is 'cut.xml'; end it in .otio"),
        (("--otio", "/nowhere/cut.otio"), "its folder does not exist"),
        (("--media", "film.exe"), "--media is 'film.exe'; end it in .mp4"),
    ):
        ended = director(tmp_path, "export", str(tmp_path), *arguments)
        assert ended.returncode == 2
        assert told in ended.stderr
    (tmp_path / "film.py").write_text(FILM.replace('"one", size', '"one", sise'))
    cut.unlink()
    ended = director(tmp_path, "export", str(tmp_path), "--otio", str(cut))
    assert (ended.returncode, cut.exists()) == (1, False)
    assert "film.py:5" in ended.stderr


async def test_a_project_s_cut_is_fetched_beside_its_source(tmp_path: Path) -> None:
    async with drawing(tmp_path) as engine, opened(tmp_path, engine=engine) as doors:
        client = doors.client()
        made = (await client.post("/api/projects", json={"name": "Noor Tea"})).json()
        empty = await client.get(f"{made['links']['project']}/timeline")
        assert (empty.status_code, empty.json()["code"]) == (404, "revision_not_found")
        start = {"project_id": made["project_id"], "template_name": "plain", "project_name": "Noor Tea"}
        await client.post("/api/tools/scaffold_project", json={**start, "fps": 23.976})
        project = (await client.get(made["links"]["project"])).json()
        assert project["fps"] == 24_000 / 1_001
        cut = await client.get(project["links"]["timeline"])
        assert cut.status_code == 200, cut.text
        assert 'filename="Noor Tea-r1.otio"' in cut.headers["content-disposition"]
        timeline = otio.adapters.read_from_string(cut.text, "otio_json")
        assert timeline.duration() == otio.opentime.RationalTime(48, 24_000 / 1_001)
        assert timeline.tracks[0][0].media_reference.target_url == "Noor%20Tea.mp4"
        files = (await client.get(f"{made['links']['project']}/files")).json()["files"]
        wrong = {
            "project_id": made["project_id"], "file_path": "film.py", "expected_sha256": files["film.py"],
            "edits": [{"start_line": 1, "end_line": 0, "new_content": "import nothing_here"}],
        }  # fmt: skip
        assert not (await client.post("/api/tools/atomic_edit", json=wrong)).json()["failed"]
        broken = await client.get(project["links"]["timeline"])
        assert (broken.status_code, broken.json()["code"]) == (409, "does_not_compile")
