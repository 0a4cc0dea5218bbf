"""Every kind takes every property of its table, and what it makes is a composition."""

import ast
import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stage
from domain.composition import Composition
from stage import Film, Node, Rect, Scene, Text, generate, linear, radial, shadow, span
from stage import vocabulary as words
from stage.compose import compose
from stage.listed import series
from stage.mistakes import Mistake, collecting
from stage.vocabulary import Property
from tests.unit.stage.projects import compiled, scene_of

KINDS: dict[str, Callable[..., Node]] = {kind: getattr(stage, kind.title()) for kind in words.KINDS}
COLORS = st.sampled_from(["accent", "ink/0.4", "#123", "#123456", "#12345678", "white"])
RAMPS = st.builds(linear, COLORS, COLORS, angle=st.integers(0, 360))
SHADOWS = st.builds(shadow, st.integers(-9, 9), st.integers(-9, 9), st.integers(0, 40), COLORS)
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
FINITE = st.integers(-1_000_000, 1_000_000)
SPANS = st.builds(span, LETTERS, color=COLORS, weight=st.integers(1, 1_000))

ROW = st.lists(FINITE | st.none(), min_size=1, max_size=4)
LISTS: dict[str, st.SearchStrategy[Any]] = {
    "numbers": st.lists(FINITE, max_size=4),
    "points": st.lists(st.tuples(FINITE, FINITE), max_size=4),
    "texts": st.lists(LETTERS, max_size=4),
    "colors": COLORS | st.lists(COLORS, max_size=3),
    "series": ROW | st.dictionaries(LETTERS, ROW, max_size=3) | st.lists(st.builds(series, ROW), max_size=3),
    "cues": st.lists(st.tuples(st.floats(0, 5), st.floats(6, 9), LETTERS), max_size=3),
}


SHOWN: dict[str, Any] = {
    **dict.fromkeys(("d", "markup", "src", "of", "code"), "M0 0 L 9 9"),
    "data": [1, 2],
    "cues": [(0, 1, "a")],
}
"""Without which a node shows nothing, and says so."""


def values(name: str, rule: Property) -> st.SearchStrategy[Any]:
    """Anything that a property may be."""
    match rule.type:
        case "number":
            low = -1e6 if rule.low is None else rule.low
            high = 1e6 if rule.high is None else rule.high
            if name in ("start", "end"):
                low, high = (0.0, 5.0) if name == "start" else (6.0, 60.0)
            return st.integers(math.ceil(low), math.floor(high)) | st.floats(low, high)
        case "choice":
            return st.sampled_from(rule.choices)
        case "flag":
            return st.booleans()
        case "color":
            return COLORS
        case "paint":
            return COLORS | RAMPS | st.builds(radial, COLORS, COLORS)
        case "shadows":
            return SHADOWS | st.lists(SHADOWS, max_size=3)
        case "spans":
            return st.lists(SPANS | LETTERS, max_size=3)
        case "file":
            return st.just("assets/a.png")
        case "text" | "name":
            return LETTERS
        case _:
            return LISTS[rule.type]


def valid(film: Film) -> Composition:
    """The film as the domain reads it, by way of JSON."""
    with collecting() as book:
        data = json.loads(json.dumps(compose(film), allow_nan=False))
        assert [each.message for each in book.findings if each.severity == "error"] == []
    return Composition.model_validate(data)


def stand(scene: Scene, node: Node) -> None:
    """Put a node into a scene, or into what alone may hold it."""
    holder = next((kind for kind, taken in words.TAKES.items() if taken == node.kind), None)
    if holder is None:
        scene.add(node)
    else:
        scene.add(KINDS[holder](markup="<svg/>")).add(node)


def stood(film: Film, kind: str) -> Any:
    """The node as the composition has it."""
    node = valid(film).scenes[0].nodes[0]
    return node.children[0] if kind in words.TAKES.values() else node


@pytest.mark.parametrize("kind", words.KINDS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_property_reaches_a_valid_composition(kind: str, data: st.DataObject) -> None:
    table = words.KINDS[kind]
    said = {name: data.draw(values(name, rule), label=name) for name, rule in table.items()}
    said |= {name: value for name, value in SHOWN.items() if name in table and name != "src"}
    node, scene, film = KINDS[kind](**said), Scene("a"), Film()
    stand(scene, node)
    film.add(scene)
    made = stood(film, kind)
    assert made.kind == kind
    assert set(made.props) == set(table)


@pytest.mark.parametrize("kind", words.KINDS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_animatable_property_becomes_a_valid_track(kind: str, data: st.DataObject) -> None:
    table = {name: rule for name, rule in words.KINDS[kind].items() if rule.animatable}
    draw = {name: values(name, rule) for name, rule in table.items()}
    first = {name: data.draw(each, label=name) for name, each in draw.items()}
    last = {name: data.draw(each, label=name) for name, each in draw.items()}
    node, scene, film = KINDS[kind](), Scene("a"), Film()
    node.set(**{name: value for name, value in SHOWN.items() if name in words.KINDS[kind]})
    stand(scene, node)
    film.add(scene)
    scene.timeline.from_to(node, first, last, at=1).to(node, **first, at=2)
    made = stood(film, kind)
    assert {track.property for track in made.tracks} == set(table)


@pytest.mark.parametrize("unit", words.PART_UNITS)
def test_every_part_takes_every_property_of_parts(unit: str) -> None:
    text, scene, film = Text("one two"), Scene("a"), Film()
    scene.add(text)
    film.add(scene)
    said: dict[str, Any] = {name: "accent" if name == "color" else 0.5 for name in words.PART_PROPERTIES}
    for order in words.STAGGER_ORDERS:
        parts = getattr(text, f"{unit}s")
        scene.timeline.from_(parts, **said, stagger={"each": 0.1, "order": order, "total": 0.4})
    tracks = valid(film).scenes[0].nodes[0].tracks
    assert len(tracks) == len(words.PART_PROPERTIES) * len(words.STAGGER_ORDERS)
    assert {track.unit for track in tracks} == {unit}


@pytest.mark.parametrize(("path", "fresh"), generate.modules().items())
def test_the_generated_modules_are_current(path: str, fresh: str) -> None:
    written = Path(stage.__file__).parent.joinpath(path).read_text("utf-8")
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(fresh)), (
        "python -m stage generate writes it anew; then format it"
    )


def test_the_stage_needs_the_standard_library_alone_and_little_time() -> None:
    code = (
        "import sys, time; begin = time.process_time(); import stage; spent = time.process_time() - begin;"
        "print(spent); tops = {name.partition('.')[0] for name in sys.modules};"
        "print(*tops - set(sys.stdlib_module_names))"
    )
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append('.'); {code}"]
    root = Path(stage.__file__).parents[1]
    runs = [
        subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout.splitlines()
        for _ in range(3)
    ]
    assert {*runs[0][1].split()} <= {"stage", "__main__"}
    assert min(float(run[0]) for run in runs) < 0.06


def test_nodes_are_numbered_by_kind_and_scene_and_make_way_for_ids(tmp_path: Path) -> None:
    body = "scene.add(Row(Text('a'), Text('b', id='text_1')), Text('c'), Row())\n"
    nodes = scene_of(compiled(tmp_path, body))["nodes"]
    assert [node["id"] for node in nodes] == ["row_1", "text_3", "row_2"]
    assert [node["id"] for node in nodes[0]["children"]] == ["text_2", "text_1"]


def test_nodes_made_in_with_blocks_stand_in_the_innermost(tmp_path: Path) -> None:
    body = (
        "with scene, Column(gap=5):\n    Text('a')\n    with Row():\n        Text('b')\n    Text('c')\n"
        "with scene:\n    inner = Text('d')\n    Group(inner)\n"
    )
    column, group = scene_of(compiled(tmp_path, body))["nodes"]
    assert [child["kind"] for child in column["children"]] == ["text", "row", "text"]
    assert group["children"][0]["props"]["text"] == "d"


def test_properties_are_set_and_read_as_attributes() -> None:
    box = Rect(width=4, fill="ink").place("bottom", y=-5, opacity=0.5)
    box.x = 7
    assert (box.x, box.y, box.anchor, box.opacity, box.rotation) == (7, -5, "bottom", 0.5, 0)
    with pytest.raises(Mistake, match=r"rect has no property 'widht' \(did you mean 'width'\?\)"):
        box.widht = 3
    with pytest.raises(AttributeError, match="did you mean 'opacity'"):
        _ = box.opacty


def test_seconds_of_nodes_become_frames_and_colors_are_looked_up(tmp_path: Path) -> None:
    body = "scene.add(Text('a', start=0.5, end=2, color='accent/0.5', allow=['overlap', 'bleed']))\n"
    assert scene_of(compiled(tmp_path, body))["nodes"][0]["props"] == {
        "allow": "overlap,bleed", "color": "#B83A1580", "end": 60, "start": 15, "text": "a",
    }  # fmt: skip


def test_a_text_without_a_color_has_the_themes_ink(tmp_path: Path) -> None:
    nodes = scene_of(compiled(tmp_path, "scene.add(Text('a'), Counter(3), Svg(markup='<svg/>'))\n"))["nodes"]
    assert [node["props"]["color"] for node in nodes] == ["#17191C"] * 3
