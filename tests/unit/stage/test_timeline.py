"""Tweens become keys as GSAP plays them."""

from pathlib import Path

import pytest

from tests.unit.stage.projects import compiled, scene_of, told, tracks

BOX = 'box = scene.add(Rect(width=100, height=100, fill="accent", x=10))\n'
THREE = 'a, b, c = (scene.add(Rect(width=9, fill="ink")) for _ in range(3))\n'


def test_to_starts_from_the_value_that_holds_at_that_moment(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=100, duration=1, ease='none').to(box, x=40, duration=1, at=2)\n"
    keys = [(0, 10, "none"), (30, 100, "none"), (60, 100, "none"), (90, 40, "power2.out")]
    assert tracks(compiled(tmp_path, body)) == {"x": keys}


def test_from_shows_its_first_value_before_it_begins(tmp_path: Path) -> None:
    assert tracks(compiled(tmp_path, BOX + "tl.from_(box, opacity=0, at=1)\n")) == {
        "opacity": [(30, 0, "none"), (45, 1, "power2.out")]
    }


def test_from_waits_when_told_to(tmp_path: Path) -> None:
    body = BOX + "tl.from_(box, opacity=0, at=1, immediate=False)\n"
    assert tracks(compiled(tmp_path, body)) == {
        "opacity": [(30, 1, "none"), (30, 0, "none"), (45, 1, "power2.out")]
    }


def test_from_after_another_tween_begins_with_a_jump(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=50, duration=1).from_(box, x=0, duration=1, at=2)\n"
    assert tracks(compiled(tmp_path, body))["x"] == [
        (0, 10, "none"), (30, 50, "power2.out"), (60, 50, "none"), (60, 0, "none"), (90, 50, "power2.out"),
    ]  # fmt: skip


def test_set_jumps(tmp_path: Path) -> None:
    body = BOX + "tl.set(box, x=80, at=1).set(box, opacity=0.5, at=0)\n"
    assert tracks(compiled(tmp_path, body)) == {
        "x": [(30, 10, "none"), (30, 80, "none")],
        "opacity": [(0, 0.5, "none")],
    }


def test_a_tween_repeats_and_goes_back_and_forth(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=20, duration=0.5, ease='power3.in', repeat=2, yoyo=True, repeat_delay=0.1)\n"
    assert tracks(compiled(tmp_path, body))["x"] == [
        (0, 10, "none"), (15, 20, "power3.in"), (18, 20, "none"), (33, 10, "power3.out"), (36, 10, "none"),
        (51, 20, "power3.in"),
    ]  # fmt: skip


def test_a_tween_that_repeats_without_yoyo_jumps_back(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=20, duration=1, ease='none', repeat=1)\n"
    assert tracks(compiled(tmp_path, body))["x"] == [
        (0, 10, "none"), (30, 20, "none"), (30, 10, "none"), (60, 20, "none"),
    ]  # fmt: skip


def test_an_endless_tween_reaches_the_end_of_its_scene_without_a_warning(tmp_path: Path) -> None:
    answer = compiled(tmp_path, BOX + "tl.to(box, x=20, duration=0.7, repeat=-1, yoyo=True, at=1)\n")
    assert told(answer) == []
    assert tracks(answer)["x"][-1][0] >= 180


def test_a_later_tween_takes_over_and_a_warning_says_so(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=110, duration=1, ease='none', at=0)\ntl.to(box, x=0, duration=1, at=0.1)\n"
    answer = compiled(tmp_path, body)
    assert tracks(answer)["x"] == [
        (0, 10, "none"), (1, 13.3333, "none"), (2, 16.6667, "none"), (3, 20, "none"), (33, 0, "power2.out"),
    ]  # fmt: skip
    assert told(answer) == [
        "film.py:3: two tweens change x of rect at once at 0.1 s; the later one takes over"
    ]


def test_a_tween_after_the_end_of_its_scene_is_a_warning(tmp_path: Path) -> None:
    answer = compiled(tmp_path, BOX + "tl.to(box, x=1, duration=2, at=5)\n")
    assert told(answer) == ["film.py:2: tween of rect runs to 7 s, but scene 'example' ends at 6 s"]
    assert answer["findings"][0]["severity"] == "warning"


@pytest.mark.parametrize(
    ("at", "frame"),
    [
        ("", 60), ("2.5", 75), ("'1.5'", 45), ("'<'", 30), ("'>'", 60), ("'<0.2'", 36), ("'>-0.5'", 45),
        ("'<50%'", 45), ("'+=0.5'", 75), ("'-=0.3'", 51), ("'intro'", 15), ("'intro+0.3'", 24),
        ("'intro-=0.1'", 12), ("'beat:4'", 60), ("'beat:2+0.1'", 33),
    ],
)  # fmt: skip
def test_every_position_is_where_gsap_puts_it(tmp_path: Path, at: str, frame: float) -> None:
    said = f", at={at}" if at else ""
    body = f"{BOX}tl.add_label('intro', 0.5).to(box, x=1, duration=1, at=1).to(box, y=9, duration=1{said})\n"
    assert tracks(compiled(tmp_path, body))["y"][0][0] == frame


def test_a_delay_comes_on_top_of_the_position(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=1, at=1, delay=0.5)\n"
    assert tracks(compiled(tmp_path, body))["x"][0][0] == 45


def test_a_timeline_plays_inside_another_as_often_as_it_is_added(tmp_path: Path) -> None:
    body = BOX + (
        "part = Timeline().defaults(duration=0.5, ease='none').to(box, x=20).to(box, x=10)\n"
        "tl.add(part, at=1).add(part, at=3)\n"
    )
    assert [key[0] for key in tracks(compiled(tmp_path, body))["x"]] == [30, 45, 60, 90, 105, 120]


@pytest.mark.parametrize(
    ("stagger", "starts"),
    [
        ("0.1", [0, 3, 6]),
        ("{'each': 0.1, 'order': 'end'}", [6, 3, 0]),
        ("{'each': 0.1, 'order': 'center'}", [3, 0, 3]),
        ("{'each': 0.1, 'order': 'edges'}", [0, 3, 0]),
        ("{'each': 1, 'total': 0.4}", [0, 6, 12]),
        ("{'total': 0.4}", [0, 6, 12]),
        ("None", [0, 0, 0]),
    ],
)
def test_a_stagger_spreads_over_nodes(tmp_path: Path, stagger: str, starts: list[int]) -> None:
    answer = compiled(tmp_path, THREE + f"tl.to([a, [b, c]], x=100, stagger={stagger})\n")
    assert [tracks(answer, node)["x"][0][0] for node in range(3)] == starts


def test_a_random_stagger_takes_every_place_once_and_always_the_same(tmp_path: Path) -> None:
    body = THREE + "tl.to([a, b, c], x=1, stagger={'each': 0.1, 'order': 'random'})\n"
    once, again = compiled(tmp_path, body), compiled(tmp_path, body)
    starts = [tracks(once, node)["x"][0][0] for node in range(3)]
    assert sorted(starts) == [0, 3, 6]
    assert once == again


def test_the_next_tween_begins_after_the_last_target(tmp_path: Path) -> None:
    answer = compiled(tmp_path, THREE + "tl.to([a, b, c], x=9, stagger=0.5).to(a, y=9)\n")
    assert tracks(answer)["y"][0][0] == 45


def test_parts_of_a_text_become_tracks_with_a_unit_and_a_stagger(tmp_path: Path) -> None:
    body = 'title = scene.add(Text("one two\\nthree"))\n'
    body += 'tl.from_(title.words, rise=1.1, stagger={"each": 0.1, "total": 0.15})\n'
    answer = compiled(tmp_path, body + "tl.to(title, y=5, at='>')\n")
    part, whole = scene_of(answer)["nodes"][0]["tracks"]
    assert part == {
        "property": "rise",
        "unit": "word",
        "stagger": {"each": 3, "total": 4.5},
        "keys": [{"frame": 0, "value": 1.1}, {"frame": 15, "value": 0, "ease": "power2.out"}],
    }
    assert whole["keys"][0]["frame"] == 19.5


def test_parts_that_leave_in_another_rhythm_get_a_second_track(tmp_path: Path) -> None:
    body = 'title = scene.add(Text("one two"))\n'
    body += "tl.from_(title.words, opacity=0, stagger=0.2).to(title.words, opacity=0, stagger=0.1, at=3)\n"
    first, second = scene_of(compiled(tmp_path, body))["nodes"][0]["tracks"]
    assert (first["stagger"], first["keys"][-1]["value"]) == ({"each": 6}, 1)
    assert (second["stagger"], [key["value"] for key in second["keys"]]) == ({"each": 3}, [1, 0])


def test_letters_take_their_color_from_the_text(tmp_path: Path) -> None:
    body = 'title = scene.add(Text("one", color="#112233"))\ntl.to(title.chars, color="accent")\n'
    assert [key[1] for key in tracks(compiled(tmp_path, body))["char.color"]] == ["#112233", "#B83A15"]


def test_a_paint_that_was_not_set_fades_in(tmp_path: Path) -> None:
    body = 'box = scene.add(Rect(width=9, stroke="ink", stroke_width=2))\ntl.to(box, fill="#FF0000")\n'
    assert [key[1] for key in tracks(compiled(tmp_path, body))["fill"]] == ["#FF000000", "#FF0000"]


def test_a_length_that_was_not_set_cannot_be_tweened(tmp_path: Path) -> None:
    answer = compiled(tmp_path, 'box = scene.add(Text("hi"))\ntl.to(box, width=100)\n')
    assert told(answer) == [
        "film.py:2: width of text 'hi' has no value of its own to move from or to; "
        "set width on it, or use from_to"
    ]


def test_the_camera_is_a_target(tmp_path: Path) -> None:
    body = "scene.camera.set(x=40)\ntl.to(scene.camera, zoom=1.1, duration=1, ease='none')\n"
    assert scene_of(compiled(tmp_path, body))["camera"] == [
        {"property": "x", "keys": [{"frame": 0, "value": 40}]},
        {"property": "zoom", "keys": [{"frame": 0, "value": 1}, {"frame": 30, "value": 1.1}]},
    ]


def test_beats_fall_on_the_films_grid_in_a_scene_that_begins_off_it(tmp_path: Path) -> None:
    files = {
        "film.py": "from stage import *\nfilm = Film(tempo=120)\n"
        "for name in ('a', 'b'):\n    scene = Scene(name, seconds=1.2)\n"
        "    box = scene.add(Rect(fill='ink', width=9))\n"
        "    scene.timeline.to(box, x=9, duration=0.1, at='beat:1')\n    film.add(scene)\n"
    }
    scenes = compiled(tmp_path, files)["composition"]["scenes"]
    starts = [scene["nodes"][0]["tracks"][0]["keys"][0]["frame"] for scene in scenes]
    assert starts == [15, 24]  # the film's beats at 0.5 s and 2.0 s; scene b begins at 1.2 s


def test_labels_become_markers_of_the_film(tmp_path: Path) -> None:
    body = BOX + "tl.to(box, x=1, duration=2)\ntl.add_label('drop')\nfilm.mark('end', 5)\n"
    assert compiled(tmp_path, body)["composition"]["markers"] == {"end": 150, "example.drop": 60}
