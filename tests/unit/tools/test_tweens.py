"""Animations in GSAP's words become calls of a scene's timeline."""

import pytest
from pydantic import JsonValue

from domain.errors import ToolError
from tools.tweens import Tween, animated, builder_of

SCENE = """\
from stage import Scene, Text


def helper():
    return 1


def build(film):
    scene = Scene("offer", seconds=3)
    title = Text("Two", size=96)
    if film.rtl:
        return scene
    scene.add(title)
    return scene


def after():
    return None
"""


def written(code: str, *tweens: dict[str, JsonValue], is_scene: bool = True) -> list[str]:
    described = [Tween.model_validate(tween) for tween in tweens]
    before = code.split("\n")
    after = animated(code, described, builder_of(code, ("build", "offer")), is_scene=is_scene).split("\n")
    compile("\n".join(after), "offer.py", "exec")
    start = next(at for at, line in enumerate(after) if line != before[at])
    return [line.strip() for line in after[start : start + len(after) - len(before)]]


@pytest.mark.parametrize(
    ("tween", "line"),
    [
        (
            {
                "target": "title",
                "method": "from_",
                "vars": {"y": 40, "opacity": 0},
                "duration": 0.6,
                "at": 0.2,
            },
            "scene.timeline.from_(title, y=40, opacity=0, duration=0.6, at=0.2)",
        ),
        (
            {"target": "title.words", "method": "from", "vars": {"rise": 1.1}, "stagger": 0.05, "at": "<0.3"},
            'scene.timeline.from_(title.words, rise=1.1, stagger=0.05, at="<0.3")',
        ),
        (
            {"target": "title, scene.camera", "method": "to", "vars": {"x": 10.0}, "ease": "power3.out"},
            'scene.timeline.to([title, scene.camera], x=10, ease="power3.out")',
        ),
        (
            {"target": "#badge", "method": "set", "vars": {"color": "#2E7D4F"}, "duration": 3},
            'scene.timeline.set(scene.find("badge"), color="#2E7D4F")',
        ),
        (
            {
                "target": "#title",
                "method": "fromTo",
                "vars": {"from": {"x": -9}, "to": {"x": 0}},
                "at": "intro+0.3",
            },
            'scene.timeline.from_to(title, {"x": -9}, {"x": 0}, at="intro+0.3")',
        ),
    ],
)
def test_a_described_tween_is_written_as_a_call(tween: dict[str, JsonValue], line: str) -> None:
    assert written(SCENE, tween) == [line]


def test_calls_stand_before_the_last_return_of_the_build_function() -> None:
    tween = Tween(target="title", method="to", vars={"x": 1})
    after = animated(SCENE, [tween, tween], builder_of(SCENE, ("build",)), is_scene=True).split("\n")
    at = after.index("    scene.timeline.to(title, x=1)")
    assert after[at - 1 : at + 3] == [
        "    scene.add(title)", *["    scene.timeline.to(title, x=1)"] * 2, "    return scene",
    ]  # fmt: skip


def test_a_long_call_is_broken_into_lines() -> None:
    many: dict[str, JsonValue] = {
        name: 1 for name in ("opacity", "rotation", "scale_x", "scale_y", "skew_x", "blur")
    }
    lines = written(
        SCENE, {"target": "title", "method": "to", "vars": many, "ease": "power3.inOut", "duration": 2}
    )
    assert lines[0] == "scene.timeline.to("
    assert max(map(len, lines)) < 60


@pytest.mark.parametrize(
    ("code", "timeline"),
    [
        ("def build(film, scene):\n    box = 1\n", "scene.timeline"),
        ("def build(scene):\n    tl = scene.timeline\n    box = 1\n    return box\n", "tl"),
        ("def card(film, timeline):\n    box = 1\n    return box\n", "timeline"),
    ],
)
def test_an_element_moves_on_the_timeline_that_it_is_given(code: str, timeline: str) -> None:
    tween: dict[str, JsonValue] = {"target": "box", "method": "to", "vars": {"x": 1}}
    assert written(code, tween, is_scene=False) == [f"{timeline}.to(box, x=1)"]


@pytest.mark.parametrize(
    ("code", "tween", "message"),
    [
        ("x = 1\n", {}, "need a function that builds"),
        ("def build(film):\n    title = 1\n    return title\n", {}, "need a timeline"),
        (SCENE, {"target": "evil()"}, "no variable of the build function"),
        (SCENE, {"target": "title; import os"}, "no variable of the build function"),
        (SCENE, {"vars": {"x=1, y": 2}}, "is no property"),
        (SCENE, {"vars": {"class": 2}}, "is no property"),
        (SCENE, {"vars": {"duration": 2}}, "stands beside vars"),
        (SCENE, {"vars": {}}, "is empty"),
        (SCENE, {"method": "from_to"}, "from_to takes"),
    ],
)
def test_what_cannot_be_written_is_told(code: str, tween: dict[str, JsonValue], message: str) -> None:
    whole: dict[str, JsonValue] = {"target": "title", "method": "to", "vars": {"x": 1}, **tween}
    with pytest.raises(ToolError, match=message):
        animated(code, [Tween.model_validate(whole)], builder_of(code, ("build",)), is_scene=False)


@pytest.mark.parametrize("text", ['"); import os #', "'''", "\\", "\n", "{x}", "العربية"])
def test_a_value_stays_a_value(text: str) -> None:
    tween: dict[str, JsonValue] = {"target": "title", "method": "to", "vars": {"color": text}}
    lines = written(SCENE, tween)
    assert len(lines) == 1
