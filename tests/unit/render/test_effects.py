# ruff: noqa: E501 - tables are read by their columns
"""Effects of any node: what they do, how far they reach, what they leave alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skia

from domain.composition import Composition, Gradient, GradientStop, Node, Shadow, Value
from render import painter
from render.picture import Picture, Pixels
from stage import vocabulary as words
from tests.unit.render.films import film, node, scene, shot, track

NOWHERE = Path("/nonexistent")
FAR = (Shadow(x=30, y=12, blur=9, spread=4, color="#00FF00"),)
STRONG: dict[str, dict[str, Value]] = {
    "rotation_x": {"rotation_x": 50}, "rotation_y": {"rotation_y": -50},
    "perspective": {"rotation_y": 40, "perspective": 90},
    "brightness": {"brightness": 0.4}, "contrast": {"contrast": 2}, "saturation": {"saturation": 0},
    "hue": {"hue": 120}, "invert": {"invert": 1}, "tint": {"tint": "#00FF80"},
    "shade": {"tint": "#00FF80", "shade": "#400000"}, "tint_amount": {"tint": "#00FF80", "tint_amount": 0.5},
    "vignette": {"vignette": 1}, "vignette_color": {"vignette": 1, "vignette_color": "#0000FF"},
    "vignette_size": {"vignette": 1, "vignette_size": 0.1},
    "sheen": {"sheen": 0.5}, "sheen_color": {"sheen": 0.5, "sheen_color": "#00FF00"},
    "sheen_width": {"sheen": 0.5, "sheen_width": 0.8},
    "split": {"split": 12}, "glow": {"glow": 9}, "glow_color": {"glow": 9, "glow_color": "#00FF00"},
    "glow_strength": {"glow": 9, "glow_strength": 3},
    "drop_shadow": {"drop_shadow": FAR}, "inner_shadow": {"inner_shadow": FAR}, "reflection": {"reflection": 0.8},
    "backdrop_blur": {"backdrop_blur": 12, "fill": "#FFFFFF40"},
}  # fmt: skip
"""Each effect as strongly as it shows on a small picture."""
BASE: dict[str, dict[str, Value]] = {
    "shade": {"tint": "#00FF80"}, "tint_amount": {"tint": "#00FF80"}, "vignette_color": {"vignette": 1},
    "vignette_size": {"vignette": 1}, "sheen_color": {"sheen": 0.5}, "sheen_width": {"sheen": 0.5},
    "glow_color": {"glow": 9}, "glow_strength": {"glow": 9}, "perspective": {"rotation_y": 40},
    "backdrop_blur": {"fill": "#FFFFFF40"},
}  # fmt: skip
"""What a word changes that does nothing alone."""
TURNS = frozenset({"rotation_x", "rotation_y", "perspective", "backdrop_blur"})
"""Part of the pose, or of what was there before."""
STILL = frozenset({"motion_blur"})
"""Shows only where something moves."""


def card(**props: Value) -> Node:
    whole: dict[str, Value] = {
        "width": 90,
        "height": 60,
        "fill": "#C86432",
        "anchor": "center",
        "inside": "frame",
    }
    return Node(id="card", kind="rect", props=whole | props)


def ground() -> Node:
    stops = (
        GradientStop(color="#203040", at=0),
        GradientStop(color="#D0E0F0", at=0.5),
        GradientStop(color="#203040", at=1),
    )
    return node("rect", "ground", inside="frame", width=240, height=160, fill=Gradient(angle=0, stops=stops))  # fmt: skip


def seen(*nodes: Node, frame: int = 0) -> Pixels:
    return shot(film(*nodes, size=(240, 160)), frame)


def test_every_effect_is_tried_here() -> None:
    assert set(STRONG) | STILL == set(words.EFFECTS)


@pytest.mark.parametrize("name", STRONG)
def test_an_effect_is_seen(name: str) -> None:
    plain = seen(ground(), card(**BASE.get(name, {})))
    assert (seen(ground(), card(**STRONG[name])) != plain).any()


@pytest.mark.parametrize("name", [n for n, rule in words.EFFECTS.items() if rule.type == "number" and rule.default is not None])  # fmt: skip
def test_an_effect_that_does_nothing_changes_nothing(name: str) -> None:
    default = words.EFFECTS[name].default
    assert isinstance(default, int | float)
    assert np.array_equal(seen(ground(), card(**{name: default})), seen(ground(), card()))


@pytest.mark.parametrize("name", [name for name in STRONG if name not in TURNS])
def test_nothing_is_painted_beyond_what_an_effect_reaches(name: str) -> None:
    word: dict[str, Value] = {
        "text": "Ågj",
        "size": 50,
        "x": 60,
        "y": 40,
        "inside": "frame",
        "color": "#FFD080",
    }
    made = film(Node(id="word", kind="text", props=word | STRONG[name]), size=(240, 160))
    picture = Picture(made, NOWHERE)
    sight = picture._sight(0)  # pyright: ignore[reportPrivateUsage]
    sight.settle(0)
    root = sight.roots[0]
    bounds = painter.pose(root, 0).mapRect(skia.Rect(*painter.outer(root, 0)))
    pixels = picture.draw(0)
    painted = (pixels[:, :, :3] != np.array([0x20, 0x18, 0x10])).any(axis=2)
    rows, columns = np.flatnonzero(painted.any(axis=1)), np.flatnonzero(painted.any(axis=0))
    assert bounds.left() <= columns[0] + 1
    assert columns[-1] <= bounds.right() + 1
    assert bounds.top() <= rows[0] + 1
    assert rows[-1] <= bounds.bottom() + 1


@pytest.mark.parametrize("name", STRONG)
@pytest.mark.parametrize("box", [(0, 0), (0, 60), (90, 0), (0.2, 0.2), (4_000, 4_000)])
def test_a_box_of_any_size_does_no_harm(name: str, box: tuple[float, float]) -> None:
    props: dict[str, Value] = {**STRONG[name], "width": box[0], "height": box[1]}
    assert (seen(ground(), card(**props))[:, :, 3] == 255).all()


@pytest.mark.parametrize("name", [name for name, rule in words.EFFECTS.items() if rule.type == "number"])
@pytest.mark.parametrize("end", ["low", "high"])
def test_the_ends_of_a_range_do_no_harm(name: str, end: str) -> None:
    value = getattr(words.EFFECTS[name], end)
    assert (seen(ground(), card(**{**BASE.get(name, {}), name: value}))[:, :, 3] == 255).all()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e9, "much"])
def test_a_value_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="glow"):
        card(glow=value)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", STRONG)
def test_a_still_effect_is_the_same_on_every_frame(name: str) -> None:
    """What is kept as a picture is what would be painted."""
    mover = node(
        "rect",
        "mover",
        inside="frame",
        width=9,
        height=9,
        fill="#FFFFFF",
        tracks=[track("y", (0, 0), (30, 140))],
    )
    made = film(mover, card(**STRONG[name]), size=(240, 160))
    picture = Picture(made, NOWHERE)
    late = [picture.draw(frame)[:, 20:].copy() for frame in (3, 12, 13)]
    assert np.abs(late[0].astype(int) - late[1]).max() <= 1
    assert np.array_equal(late[1], late[2])


@pytest.mark.parametrize("name", [name for name in STRONG if words.EFFECTS[name].type == "number"])
def test_an_effect_moves_with_its_keys(name: str) -> None:
    rule = words.EFFECTS[name]
    high = {
        "sheen": 0.6,
        "perspective": 90,
        "vignette_size": 0.05,
        "sheen_width": 0.9,
        "tint_amount": 0.2,
    }.get(name, min(rule.high or 1, 60))
    first = rule.default if isinstance(rule.default, int | float) else 2_000
    moving = card(**BASE.get(name, {})).model_copy(
        update={"tracks": (track(name, (0, first), (10, high), (20, high)),)}
    )
    picture = Picture(film(ground(), moving, size=(240, 160)), NOWHERE)
    before, after = picture.draw(0).copy(), picture.draw(12).copy()
    assert (before != after).any()
    assert not picture.same_as_previous(5)
    assert picture.same_as_previous(15)


def glyphs(mask: str, first: Node, *shown: Node) -> Pixels:
    return seen(node("group", "g", first, *shown, inside="frame", width=240, height=160, mask=mask))


FULL = node("rect", "full", width=240, height=160, fill="#FF0000")
BLACK = (0x20, 0x18, 0x10)


@pytest.mark.parametrize(
    ("mask", "fill", "inside"),
    [("alpha", "#FFFFFF", True), ("alpha", "#000000", True), ("alpha-out", "#FFFFFF", False),
     ("luma", "#FFFFFF", True), ("luma", "#000000", False), ("luma-out", "#000000", True),
     ("luma-out", "#FFFFFF", False)],
)  # fmt: skip
def test_a_mask_shows_and_hides(mask: str, fill: str, inside: bool) -> None:
    half = node("rect", "half", width=120, height=160, fill=fill)
    pixels = glyphs(mask, half, FULL)
    assert (tuple(pixels[80, 60, :3]) == (0, 0, 255)) is inside
    assert (tuple(pixels[80, 180, :3]) == (0, 0, 255)) is mask.endswith("out")


def test_half_a_mask_shows_half() -> None:
    pixels = glyphs("alpha", node("rect", "half", width=240, height=160, fill="#FFFFFF80"), FULL)
    assert abs(int(pixels[80, 60, 2]) - (255 + 0x10) // 2) <= 2


def test_a_mask_without_anything_to_show_shows_nothing() -> None:
    assert (glyphs("alpha", FULL)[:, :, :3] == BLACK).all()
    assert (seen(node("group", "g", mask="alpha"))[:, :, :3] == BLACK).all()


def test_letters_are_a_mask() -> None:
    pixels = glyphs("alpha", node("text", "t", text="MMMM", size=70, weight=900), FULL)
    red = (pixels[:, :, 2] > 250).mean()
    assert 0.05 < red < 0.6


def moving(shutter: float, *keys: tuple[float, float], name: str = "x") -> Composition:
    ball = node(
        "rect",
        "ball",
        inside="frame",
        y=60,
        width=20,
        height=20,
        fill="#FFFFFF",
        motion_blur=shutter,
        tracks=[track(name, *keys)],
    )
    return film(ball, size=(240, 160), background="#000000")  # fmt: skip


def test_motion_is_smeared_as_long_as_the_shutter_is_open() -> None:
    sharp, blurred = (Picture(moving(s, (0, 0), (10, 200)), NOWHERE).draw(5)[70, :, 0] for s in (0, 0.5))
    assert (sharp > 0).sum() == 20
    assert (blurred > 8).sum() in range(27, 32)
    assert abs(int(blurred.sum()) - int(sharp.sum())) < 0.02 * sharp.sum(), "light is spread, none is lost"


def test_what_rests_is_sharp_and_drawn_anew_once_it_does() -> None:
    picture = Picture(moving(0.5, (5, 0), (10, 200)), NOWHERE)
    rows = [picture.draw(frame)[70, :, 0].copy() for frame in range(14)]
    assert [frame for frame in range(14) if ((rows[frame] > 0) & (rows[frame] < 255)).any()] == [
        6,
        7,
        8,
        9,
        10,
    ]
    for frame in range(1, 14):
        assert picture.same_as_previous(frame) <= np.array_equal(rows[frame], rows[frame - 1]), frame


def test_a_turning_node_is_smeared_too() -> None:
    made = moving(1, (0, 0), (10, 300), name="rotation")
    assert len(np.unique(Picture(made, NOWHERE).draw(1)[:, :, 0])) > 20


def test_a_smeared_node_in_a_blurred_group_stays_where_it_is() -> None:
    inner = node(
        "rect",
        "in",
        width=30,
        height=30,
        x=60,
        fill="#FFFFFF",
        motion_blur=1,
        tracks=[track("y", (0, 0), (10, 90))],
    )
    outer = node(
        "group", "out", inner, inside="frame", x=20, y=10, width=120, height=130, saturation=0.5, opacity=0.9
    )
    pixels = shot(film(outer, size=(240, 160), background="#000000"), 5)
    columns = np.flatnonzero((pixels[:, :, 0] > 120).any(axis=0))
    assert (columns[0], columns[-1]) == (80, 109)


def test_glass_blurs_what_is_behind_it_and_nothing_else() -> None:
    stripes = [
        node("rect", f"s{at}", inside="frame", x=at * 20, width=10, height=160, fill="#FFFFFF")
        for at in range(12)
    ]
    pane = node("group", "pane", inside="frame", anchor="center", width=100, height=80, backdrop_blur=15)
    plain, glazed = (
        shot(film(*stripes, *more, size=(240, 160), background="#000000")) for more in ((), (pane,))
    )
    assert glazed[80, 75:165, 0].std() < 12 < plain[80, 75:165, 0].std()
    assert np.array_equal(glazed[:, :68], plain[:, :68])
    assert np.array_equal(glazed[:38], plain[:38])


def test_glass_over_something_that_moves_is_never_an_old_picture() -> None:
    ball = node(
        "rect",
        "ball",
        inside="frame",
        y=60,
        width=40,
        height=40,
        fill="#FFFFFF",
        tracks=[track("x", (0, 0), (30, 200))],
    )
    pane = node("group", "pane", inside="frame", anchor="center", width=160, height=120, backdrop_blur=6)
    picture = Picture(film(ball, pane, size=(240, 160), background="#000000"), NOWHERE)
    first = picture.draw(10).copy()
    assert (picture.draw(20) != first).any()
    assert np.array_equal(picture.draw(10), first)


def test_a_tilted_node_comes_to_meet_the_eye() -> None:
    """A turn about the vertical axis makes the near edge taller than the far one."""
    pixels = seen(card(origin="center", rotation_y=45))
    tall = (pixels[:, :, 2] > 150).sum(axis=0)
    columns = np.flatnonzero(tall)
    assert tall[columns[3]] > 60 > tall[columns[-4]]
    assert columns[-1] - columns[0] < 80


def test_effects_of_a_scene_that_fades_are_in_both_pictures() -> None:
    second = scene(card(glow=6), enter="fade", over=10)
    made = film(card(invert=1), size=(240, 160), after=[second])
    assert all((Picture(made, NOWHERE).draw(frame)[:, :, 3] == 255).all() for frame in range(18, 32, 3))


def test_an_inner_shadow_stays_within_its_node_and_leaves_the_middle_alone() -> None:
    pressed = (Shadow(y=6, blur=3, color="#000000"),)
    for fill in ("#C86432", "#C8643240"):
        plain, dark = (seen(ground(), card(fill=fill, **more)) for more in ({}, {"inner_shadow": pressed}))
        apart = np.abs(plain.astype(int) - dark.astype(int)).max(axis=2)
        rows, columns = np.nonzero(apart > 2)
        assert rows.min() >= 50
        assert rows.max() < 110
        assert columns.min() >= 75
        assert columns.max() < 165
        assert apart[51, 120] > 4 * apart[108, 120]
        assert apart[80:95, 100:140].max() <= 1, "a pane of glass is not darkened all over"
