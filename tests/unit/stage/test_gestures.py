"""Keyframes, wiggling and shaking; marks as positions; cascades over a grid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.stage.projects import compiled, told, tracks

BOX = "box = scene.add(Rect(width=9, height=9, fill='ink', x=50))\n"


def test_keyframes_stand_evenly_from_beginning_to_end(tmp_path: Path) -> None:
    found = tracks(
        compiled(tmp_path, BOX + "tl.keyframes(box, x=[50, 90, 70], duration=1, ease='none', at=1)\n")
    )
    assert found["x"] == [(30, 50, "none"), (45, 90, "none"), (60, 70, "none")]


def test_keyframes_stand_where_their_shares_say(tmp_path: Path) -> None:
    body = "tl.keyframes(box, opacity=[(0.2, 0.5), (0.6, 1, 'back.out')], duration=1, at=0)\n"
    found = tracks(compiled(tmp_path, BOX + body))
    assert found["opacity"] == [
        (0, 1, "none"), (6, 0.5, "power1.inOut"), (18, 1, "back.out"), (30, 1, "none"),
    ]  # fmt: skip


def test_keyframes_repeat_and_run_back(tmp_path: Path) -> None:
    body = "tl.keyframes(box, x=[50, 80, 50, 0], duration=0.3, ease='sine.in', repeat=1, yoyo=True, at=0)\n"
    found = tracks(compiled(tmp_path, BOX + body))
    assert [key[:2] for key in found["x"]] == [
        (0, 50),
        (3, 80),
        (6, 50),
        (9, 0),
        (12, 50),
        (15, 80),
        (18, 50),
    ]
    assert [key[2] for key in found["x"][1:]] == ["sine.in"] * 3 + ["sine.out"] * 3


def test_keyframes_of_colors_are_mixed(tmp_path: Path) -> None:
    found = tracks(
        compiled(tmp_path, BOX + "tl.keyframes(box, fill=['white', 'accent'], duration=1, at=0)\n")
    )
    assert [key[1] for key in found["fill"]] == ["#FFFFFF", "#B83A15"]


def test_a_tween_takes_over_from_keyframes(tmp_path: Path) -> None:
    body = "tl.defaults(duration=1)\n"
    body += "tl.keyframes(box, x=[0, 100], ease='none', at=0).to(box, x=0, ease='none', at=0.5)\n"
    answer = compiled(tmp_path, BOX + body)
    assert [key[:2] for key in tracks(answer)["x"]][-2:] == [(15, 50), (45, 0)]
    assert "two tweens change x" in told(answer)[0]


def test_a_wiggle_strays_about_what_holds_and_goes_on_to_the_end(tmp_path: Path) -> None:
    keys = tracks(compiled(tmp_path, BOX + "tl.wiggle(box, x=20, speed=2)\n"))["x"]
    values = [value for _, value, _ in keys]
    assert keys[0][:2] == (0, 50)
    assert keys[-1][0] >= 180
    assert all(30 <= value <= 70 for value in values)
    assert min(values) < 40 < 60 < max(values)


def test_a_wiggle_of_a_length_may_be_shorter_than_it(tmp_path: Path) -> None:
    """What strays is a difference: it need not be a length itself."""
    answer = compiled(tmp_path, BOX + "tl.wiggle(box, width=-4, duration=1, at=0)\n")
    assert told(answer) == []
    assert tracks(answer)["width"][-1][:2] == (30, 9)


def test_a_shake_dies_away_and_ends_where_it_began(tmp_path: Path) -> None:
    keys = tracks(compiled(tmp_path, BOX + "tl.shake(box, 40, duration=0.5, rotation=3, at=1)\n"))
    away = [abs(value - 50) for _, value, _ in keys["x"]]
    assert (keys["x"][0][0], keys["x"][-1][:2]) == (30, (45, 50))
    assert max(away[:4]) > 15 > 6 > max(away[-3:])
    assert {"x", "y", "rotation"} == set(keys)


@pytest.mark.parametrize("call", ["wiggle(box, x=9)", "shake(box, 9)"])
def test_chance_is_the_same_in_every_run_and_another_by_seed(tmp_path: Path, call: str) -> None:
    one, two, other = (
        tracks(compiled(tmp_path / str(at), BOX + f"tl.{each}\n"))["x"]
        for at, each in enumerate((call, call, call.replace(")", ", seed=7)")))
    )
    assert one == two != other


def test_the_camera_shakes_too(tmp_path: Path) -> None:
    answer = compiled(tmp_path, "scene.add(Text('a'))\ntl.shake(scene.camera, 30, at=1)\n")
    camera = {track["property"]: track["keys"] for track in answer["composition"]["scenes"][0]["camera"]}
    assert set(camera) == {"x", "y"}
    assert camera["x"][-1]["value"] == 0


def test_a_mark_of_the_film_is_a_position(tmp_path: Path) -> None:
    body = BOX + "film.mark('drop', 2)\ntl.to(box, x=0, duration=1, at='mark:drop+0.5')\n"
    assert tracks(compiled(tmp_path, body))["x"][0][0] == 75


def test_a_cascade_over_a_grid_runs_by_distance(tmp_path: Path) -> None:
    body = "dots = [Rect(width=9, height=9, fill='ink') for _ in range(9)]\nscene.add(*dots)\n"
    body += "tl.to(dots, y=9, duration=1, at=0, stagger={'each': 0.1, 'order': 'center', 'columns': 3})\n"
    answer = compiled(tmp_path, body)
    starts = [tracks(answer, at)["y"][0][0] for at in range(9)]
    assert starts == [4.2426, 3, 4.2426, 3, 0, 3, 4.2426, 3, 4.2426]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("tl.keyframes(box, x=5)", "keyframes of x are 5"),
        ("tl.keyframes(box, x=[])", "keyframes of x are []"),
        ("tl.keyframes(box, x=[float('nan'), 1])", "x of a rect is nan; give a finite number"),
        ("tl.keyframes(box, x=[0, float('inf')])", "x of a rect is inf; give a finite number"),
        ("tl.keyframes(box, x=[(0.5, 1), (0.2, 2)])", "the keyframes of x are not in order at (0.2, 2)"),
        ("tl.keyframes(box, x=[(2, 1)])", "the share of a keyframe of x is 2; give 0 to 1"),
        ("tl.keyframes(box, x=[(0.5, 1, 'wobble')])", "the ease of a keyframe of x is 'wobble'"),
        ("tl.keyframes(box, x=[(0.5, 1, 2, 3)])", "a keyframe of x is (0.5, 1, 2, 3)"),
        ("tl.keyframes(box, sharpness=[0, 1])", "rect has no animatable property 'sharpness'"),
        ("tl.keyframes(box, opacity=[0, 7])", "opacity of a rect is 7; give 0 to 1"),
        ("tl.wiggle(box, x='much')", "x of a wiggle is 'much'; give a number"),
        ("tl.wiggle(box, fill=3)", "fill of a rect is"),
        ("tl.wiggle(box, x=5, speed=0)", "speed of a wiggle is 0"),
        ("tl.shake(box, -3)", "strength of a shake is -3"),
        ("tl.shake(box, float('nan'))", "strength of a shake is nan"),
        ("tl.to(box, x=1, at='mark:dorp')", "no mark 'dorp'"),
        ("tl.to(box, x=1, ease='bezier(.1,0,.2,1,.9)')", "'bezier(.1,0,.2,1,.9)' is no ease"),
        ("tl.to(box, x=1, ease='bezier(.1,0,.2,1,1.2,.5,.2,.2,.3,.3)')", "is no ease"),
        ("tl.to(box, x=1, ease='expoScale(0,2)')", "'expoScale(0,2)' is no ease"),
        ("tl.to(box, x=1, ease='elastic.out(1e9)')", "is no ease"),
    ],
)
def test_a_wrong_gesture_is_told_at_its_line(tmp_path: Path, body: str, message: str) -> None:
    findings = told(compiled(tmp_path, f"{BOX}{body}\n"), "error")
    assert any(finding.startswith("film.py:2: ") and message in finding for finding in findings), findings
