"""A composition holds what the vocabulary allows, and says what is wrong with anything else."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import ValidationError

from domain.composition import Composition, Node, schema, walk
from stage import vocabulary as words

BOX: dict[str, Any] = {"id": "box", "kind": "rect", "props": {"fill": "#112233"}}
TEXT: dict[str, Any] = {"id": "t", "kind": "text", "props": {"text": "one two"}}


def film(*scenes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"width": 640, "height": 360, "fps": 30, "scenes": list(scenes), **fields}


def scene(*nodes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": "a", "frames": 60, "nodes": list(nodes), **fields}


def track(property: str, *keys: tuple[float, object], **fields: Any) -> dict[str, Any]:
    return {
        "property": property,
        "keys": [{"frame": frame, "value": value} for frame, value in keys],
        **fields,
    }


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        Composition.model_validate(data)
    return "\n".join(error["msg"] for error in caught.value.errors())


def tiles(count: int, rows: int, *held: dict[str, Any]) -> dict[str, Any]:
    props = {"count": count, "rows": rows}
    inner = [{**each, "id": "inner"} for each in held] or [{**BOX, "id": "tile"}]
    return {"id": "tiles", "kind": "repeater", "props": props, "children": inner}


def node_with(**fields: Any) -> dict[str, Any]:
    return film(scene({**BOX, **fields}))


def text_with(*tracks: dict[str, Any]) -> dict[str, Any]:
    return film(scene({**TEXT, "tracks": list(tracks)}))


def test_a_composition_survives_json() -> None:
    made = Composition.model_validate(node_with(tracks=[track("x", (0, 1), (9.5, 2))]))
    assert Composition.model_validate_json(made.model_dump_json()) == made


def test_a_fade_lays_scenes_over_each_other_and_a_dip_does_not() -> None:
    fade = {"kind": "fade", "frames": 15}
    made = Composition.model_validate(
        film(scene(), scene(id="b", enter=fade), scene(id="c", enter={"kind": "dip", "frames": 10}))
    )
    assert (made.frames, made.seconds, made.starts()) == (165, 5.5, (0, 45, 105))


def test_files_are_those_that_are_shown_or_played() -> None:
    image = {"id": "i", "kind": "image", "props": {"src": "assets/a.png"}}
    group = {"id": "g", "kind": "group", "children": [image]}
    made = Composition.model_validate(film(scene(group), sounds=[{"src": "assets/b.mp3"}]))
    assert made.files == {"assets/a.png", "assets/b.mp3"}


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        (30, Fraction(30)), (30.0, Fraction(30)), (29.97, Fraction(30_000, 1_001)),
        (23.98, Fraction(24_000, 1_001)), (23.976, Fraction(24_000, 1_001)),
        (59.94, Fraction(60_000, 1_001)), (119.88, Fraction(120_000, 1_001)), (120, Fraction(120)),
    ],
)  # fmt: skip
def test_a_frame_rate_of_television_is_held_exactly(said: float, rate: Fraction) -> None:
    made = Composition.model_validate(film(scene(), fps=said))
    assert made.rate == rate
    assert Composition.model_validate_json(made.model_dump_json()) == made


def test_a_film_of_whole_frames_a_second_is_written_as_it_always_was() -> None:
    assert '"fps":25,' in Composition.model_validate(film(scene(), fps=25)).model_dump_json()
    told = cast("dict[str, Any]", schema()["properties"])["fps"]
    assert (told["type"], told["minimum"], told["maximum"]) == ("number", 1, 120)


def test_walking_lists_parents_first_and_in_order() -> None:
    nodes = (
        Node(id="a", kind="group", children=(Node(id="b", kind="row"), Node(id="c", kind="text"))),
        Node(id="d", kind="text"),
    )
    assert [node.id for node in walk(nodes)] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (film(), "Tuple should have at least 1 item"),
        (film(scene(), width=100_000), "less than or equal to 7680"),
        (film(scene(), fps=1_000), "less than or equal to 120"),
        (film(scene(), fps=25.5), "25.5 is no frame rate: give a whole number of 1 to 120, or 23.976, 29.97"),
        (film(scene(), fps=float("nan")), "greater than or equal to 1"),
        (film(scene(), surprise=1), "Extra inputs are not permitted"),
        (film(scene(), schema_version=2), "Input should be 1"),
        (film(scene(frames=0)), "greater than or equal to 1"),
        (film(scene(frames=2)), "the film lasts 0.0666667 s; give 0.1 to 7200"),
        (film(scene(frames=300_000)), "the film lasts 10000 s; give 0.1 to 7200"),
        (film(scene(), scene()), "two scenes are named 'a'"),
        (film(scene(BOX, BOX)), "two nodes of scene 'a' are named 'box'"),
        (film(scene(), scene(id="b", enter={"kind": "fade", "frames": 61})), "comes in over 61 frames"),
        (film(scene(tiles(500, 100))), "the film has 50001 nodes; at most 20000"),
        (film(scene(tiles(150, 1, tiles(150, 1)))), "the film has 22651 nodes; at most 20000"),
        (film(scene({"id": "n", "kind": "rectangle"})), "no kind 'rectangle'; kinds are group, row"),
        (node_with(id="9"), "String should match pattern"),
        (node_with(props={"fil": "#112233"}), "node 'box': a rect has no property 'fil'"),
        (node_with(props={"opacity": 1.5}), "node 'box': opacity is 1.5; give 0 to 1"),
        (node_with(props={"opacity": True}), "node 'box': opacity is True; give a number"),
        (node_with(props={"x": float("nan")}), "finite number"),
        (node_with(props={"x": "10"}), "node 'box': x is '10'; give a number"),
        (node_with(props={"anchor": "middle"}), "node 'box': anchor is 'middle'; give one of top-left"),
        (node_with(props={"fill": "red"}), "fill is 'red'; give a color as '#RRGGBB' or a gradient"),
        (node_with(props={"shadow": "soft"}), "node 'box': shadow is 'soft'; give a list of shadows"),
        (node_with(children=[TEXT]), "node 'box': a rect holds no children"),
        (node_with(tracks=[track("anchor", (0, 1))]), "node 'box' cannot animate 'anchor'; it can"),
        (node_with(tracks=[track("x")]), "Tuple should have at least 1 item"),
        (node_with(tracks=[track("x", (9, 1), (3, 2))]), "the keys of 'x' are not in order at frame 3"),
        (node_with(tracks=[track("x", (0, "#112233"))]), "a key of 'x' is '#112233'; give a number"),
        (node_with(tracks=[track("fill", (0, 1))]), "a key of 'fill' is 1.0; give a paint"),
        (node_with(tracks=[track("x", (0, 1), unit="word")]), "only a text has words"),
        (text_with(track("size", (0, 20), unit="word")), "node 't' cannot animate 'size'; it can animate x"),
        (text_with(track("y", (0, 1), stagger={"each": 3})), "a stagger of 'y' needs the parts of a text"),
        (text_with(track("y", (0, 1), unit="word", stagger={"each": -1})), "greater than or equal to 0"),
        (film(scene(camera=[track("scale", (0, 1))])), "scene 'a' cannot animate 'scale'; it can"),
        (film(scene(background="paper")), "String should match pattern"),
        (film(scene(), sounds=[{"src": "a.mp3", "gain_db": 90}]), "less than or equal to 24"),
    ],
)  # fmt: skip
def test_what_the_vocabulary_does_not_allow_is_refused(data: dict[str, Any], told: str) -> None:
    assert told in refused(data)


def test_an_ease_that_is_none_is_refused() -> None:
    moving = track("x", (0, 1))
    moving["keys"][0]["ease"] = "swoosh"
    assert "'swoosh' is no ease" in refused(node_with(tracks=[moving]))


def test_groups_nested_too_deeply_are_refused() -> None:
    inner: dict[str, Any] = {"id": "last", "kind": "group"}
    for depth in range(33):
        inner = {"id": f"g{depth}", "kind": "group", "children": [inner]}
    assert "scene 'a' nests deeper than 32 groups" in refused(film(scene(inner)))


def test_a_film_with_too_many_nodes_or_letters_is_refused() -> None:
    many = [{"id": f"n{index}", "kind": "rect"} for index in range(20_001)]
    assert "the film has 20001 nodes; at most 20000" in refused(film(scene(*many)))
    long = {**TEXT, "props": {"text": "a" * 200_001}}
    assert "the film has 200001 text; at most 200000" in refused(film(scene(long)))


def test_the_schema_spells_out_every_property_of_every_kind() -> None:
    kinds: Any = schema()["x-kinds"]
    assert {kind: set(table) for kind, table in kinds.items()} == {k: set(t) for k, t in words.KINDS.items()}


def test_the_published_schema_is_the_one_that_is_used() -> None:
    published = Path(__file__).parents[3] / "docs/composition.schema.json"
    assert json.loads(published.read_text("utf-8")) == json.loads(json.dumps(schema())), (
        "make docs writes it anew"
    )
