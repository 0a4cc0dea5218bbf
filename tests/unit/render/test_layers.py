# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from domain import plugins
from domain.composition import Composition, Cue, Node, Series, Shadow, Span
from render.picture import Picture
from stage import vocabulary as words
from tests.unit.render import films

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect id="bar" width="30" height="20" fill="currentColor"/></svg>'
LETTERS: dict[str, object] = {
    "size": 40,
    "width": 260,
    "text": "Office 0189 files grow here on the long way",
    "color": "#FFFFFF",
    "min_size": 10,
}
ROWS = (Series(name="A", values=(3, 5, 2)), Series(name="B", values=(1, 4, 9.3)))
CUES = (Cue(start=0, end=20, text="Office 0189 said, one after another"),)
BASE: dict[str, dict[str, object]] = {
    "group": {"width": 200, "height": 100, "fill": "#335577", "padding": 4},
    "row": {"width": 300, "height": 120, "fill": "#335577"},
    "column": {"width": 200, "height": 200, "fill": "#335577"},
    "grid": {"width": 300, "height": 200, "fill": "#335577"},
    "repeater": {"width": 60, "height": 40, "fill": "#335577", "count": 3, "gap": 8},
    "text": LETTERS,
    "counter": {"value": 1234.5, "size": 40},
    "rect": {"width": 120, "height": 60, "fill": "#CC8844"},
    "ellipse": {"width": 120, "height": 60, "fill": "#CC8844"},
    "path": {"width": 120, "height": 60, "fill": "#CC8844", "d": "M0 0 L40 0 L40 30 L10 20 Z"},
    "polygon": {"width": 120, "height": 110, "fill": "#CC8844"},
    "star": {"width": 120, "height": 110, "fill": "#CC8844"},
    "line": {"points": ((0, 0), (60, 50), (120, 0)), "stroke": "#CC8844", "stroke_width": 12},
    "arrow": {"points": ((0, 0), (60, 50), (120, 0)), "stroke": "#CC8844", "stroke_width": 12},
    "image": {"width": 120, "height": 120, "src": "assets/photo.png"},
    "svg": {"width": 120, "height": 120, "markup": SQUARE},
    "chart": {"data": ROWS, "width": 300, "height": 180, "size": 14, "colors": ("#FF0000", "#00FF00")},
    "captions": {
        "cues": CUES,
        "size": 26,
        "width": 300,
        "color": "#FFFFFF",
        "highlight_color": "#FFFF00",
        "min_size": 8,
    },
    "code": {"code": "def f(x):\n    return x + 1  # one", "size": 24},
    "video": {"width": 120, "height": 120, "src": "assets/clip.mp4"},
    "particles": {
        "width": 200,
        "height": 120,
        "count": 30,
        "size": 20,
        "gravity": 5,
        "drag": 0.5,
        "sway": 4,
        "spin": 50,
        "form": "star",
        "colors": ("#FF0000",),
        "angle": 90,
        "spread": 90,
    },
    "mesh": {"width": 200, "height": 120, "colors": ("#FF0000", "#00FF00", "#0000FF")},
    "grain": {"width": 200, "height": 120, "amount": 0.5},
    "spectrum": {"width": 200, "height": 120, "src": "assets/a.wav", "trim": 0.3},
    "element": {"of": "bar"},
    "gradient": {"width": 160, "height": 90, "color_1": "#FF0000", "color_2": "#00FF00"},
}
OTHER: dict[str, object] = {
    "anchor": "center", "origin": "bottom-right", "inside": "frame", "x": 12.5, "y": 9, "width": 150, "height": 140,
    "grow": 1, "opacity": 0.4, "scale": 1.3, "scale_x": 1.3, "scale_y": 0.7, "rotation": 20, "skew_x": 15, "blur": 4,
    "depth": 0.3, "blend": "screen", "start": 5, "end": 0, "allow": "overlap", "padding": 20, "padding_x": 30,
    "padding_y": 25, "fill": "#22AA66", "radius": 14, "stroke": "#FFFF00", "stroke_width": 9, "clip": True,
    "wipe_left": 0.3, "wipe_right": 0.3, "wipe_top": 0.3, "wipe_bottom": 0.3, "gap": 12, "align": "end",
    "justify": "end", "wrap": True, "direction": "rtl", "columns": 3, "row_gap": 22, "font": "mono", "size": 30,
    "weight": 800, "italic": True, "color": "#FF00FF", "language": "sr", "line_height": 2.2, "letter_spacing": 0.2,
    "features": "zero", "outline": "#FF0000", "outline_width": 3, "shadow": (Shadow(x=6, y=6, blur=3, color="#000000"),),
    "text": "Other words", "spans": (Span(text="Some", color="#00FF00"), Span(text=" runs", weight=900)),
    "mark": 0, "strike": 1,
    "max_lines": 1, "fit": "fill", "min_size": 39, "balance": True, "underline": 1, "underline_color": "#00FF00",
    "vertical": "bottom", "value": 77, "decimals": 2, "grouping": False, "locale": "de", "prefix": "~", "suffix": " km",
    "draw_start": 0.3, "draw_end": 0.6, "cap": "square", "join": "miter", "d": "M0 0 L40 0 L20 30 Z", "view_width": 80,
    "view_height": 90, "src": "assets/other.png", "focus_x": 0, "focus_y": 1, "zoom": 2, "markup": SQUARE.replace("30", "10"),
    "shape": "radial", "angle": 33, "color_1": "#123456", "color_2": "#654321", "color_3": "#ABCDEF", "middle": 0.2,
    "center_x": 0.1, "center_y": 0.9, "spread": 0.2,
    "data": ROWS[:1], "labels": ("one", "two"), "form": "line", "reveal": 0.5, "stagger": 0, "data_to": ROWS[::-1], "change": 0.5,
    "stacked": True, "highlight": 1, "highlight_color": "#123456", "colors": ("#0000FF",), "axis": False, "grid": False,
    "values": False, "names": False, "low": -20, "high": 50, "ticks": 9, "dots": 9, "hole": 0.3, "line_width": 2, "line_color": "#FF00FF",
    "cues": (Cue(start=0, end=9, text="Others"),), "pill": "#FF0000", "pop": 1.5, "upcoming": 0.2, "code": "x = 1", "look": "light",
    "numbers": True, "cursor": False, "focus": "1", "focus_amount": 0, "focus_fill": "#FF0000", "trim": 0.3, "trim_end": 0.1,
    "speed": 3, "loop": True, "shift": 0.4,
    "count": 50, "seed": 5, "source": "top", "burst": True, "life": 9, "size_least": 1, "shrink": 1, "speed_least": 1, "gravity": 900,
    "drag": 9, "sway": 90, "spin": 500, "flutter": True, "fade_in": 0.9, "fade_out": 0.9, "drift": 9, "phase": 0.4, "softness": 0.1,
    "amount": 0.9, "grain_size": 9, "rate": 0, "bars": 9, "gain": 0.3, "attack": 2, "release": 5, "window": 0.4, "played_fill": "#FF0000",
    "follow": "M30 20 L60 90", "along": 0.5, "heading": True,
    "of": "none",
    "rows": 2, "brick": 0.3, "ring": 60, "sweep": 180, "begin": 30, "aim": False, "slide": 0.4, "step_rotation": 20, "step_scale": 0.7,
    "step_opacity": 0.5, "shown": 0.4, "order": "end", "shown_soft": 1, "delay": 0.1, "way": "M0 0 L200 90", "way_at": 0.4,
    "dash": 14, "dash_gap": 3, "dash_offset": 9, "sides": 5, "tips": 7, "inner": 0.8, "points": ((0, 0), (90, 70)),
    "smooth": 1, "head": 50, "heads": "both", "head_shape": "open", "morph": 0.5, "morph_to": "M0 0 L10 0 L10 30 Z",
}  # fmt: skip
SHAPES = ("rect", "ellipse", "polygon", "star", "line", "arrow", "path")
WITH: dict[tuple[str, str], dict[str, object]] = {
    **{(kind, "stroke"): {"stroke_width": 6} for kind in words.KINDS},
    **{(kind, "stroke_width"): {"stroke": "#FFFF00", "stroke_width": 2} for kind in words.KINDS},
    **{(kind, name): {"stroke": "#FFFF00", "stroke_width": 16, "draw_end": 0.8, "fill": None}
       for kind in SHAPES for name in ("draw_start", "draw_end", "cap", "dash", "dash_gap", "dash_offset")},
    **{(kind, name): {"stroke": "#FFFF00", "stroke_width": 16, "dash": 20, "fill": None, "cap": "butt"}
       for kind in SHAPES for name in ("dash_gap", "dash_offset")},
    **{(kind, "join"): {"stroke": "#FFFF00", "stroke_width": 16} for kind in SHAPES},
    **{(kind, name): {"follow": "M30 20 L60 90"} for kind in words.KINDS for name in ("along", "heading")},
    ("path", "morph"): {"morph_to": "M0 0 L10 0 L10 30 Z"}, ("path", "morph_to"): {"morph": 0.5},
    **{(kind, "outline"): {"outline_width": 2} for kind in ("text", "counter", "captions")},
    **{(kind, "outline_width"): {"outline": "#FF0000"} for kind in ("text", "counter", "captions")},
    **{(kind, "blend"): {"opacity": 0.7} for kind in words.KINDS},
    **{("gradient", name): {"color_3": "#FFFFFF"} for name in ("middle",)},
    **{("gradient", name): {"shape": "radial"} for name in ("center_x", "center_y", "spread")},
    ("image", "focus_x"): {"zoom": 2}, ("image", "focus_y"): {"zoom": 2}, ("image", "fit"): {"height": 50},
    ("text", "mark"): {"spans": (Span(text="marked", mark="#FF0000"),)},
    ("text", "underline_color"): {"underline": 1}, ("text", "vertical"): {"height": 260},
    ("text", "min_size"): {"fit": "shrink", "height": 60}, 
    ("text", "height"): {"vertical": "bottom"}, ("counter", "height"): {},
    **{(kind, "clip"): {"width": 60, "height": 40} for kind in words.CONTAINERS},
    ("column", "wrap"): {"height": 100}, ("text", "balance"): {"text": "one two three four", "width": 330},
    **{("counter", name): {"width": 320} for name in ("align", "direction")}, ("counter", "features"): {"value": 1000},
    **{(kind, "language"): {"font": "Noto Sans", "italic": True} for kind in ("text", "counter")},
    ("chart", "stagger"): {"reveal": 0.5}, ("chart", "change"): {"data_to": ROWS[::-1]}, ("chart", "data_to"): {"change": 0.5},
    ("chart", "highlight_color"): {"highlight": 1}, ("chart", "hole"): {"form": "donut"},
    **{("chart", name): {"form": "line"} for name in ("line_width", "smooth", "dots")},
    ("captions", "radius"): {"pill": "#FF0000"}, ("captions", "padding"): {"fill": "#FF0000"}, ("captions", "vertical"): {"height": 200},
    ("captions", "fit"): {"width": 90, "height": 40}, ("captions", "min_size"): {"width": 90, "height": 40},
    ("captions", "max_lines"): {"width": 120}, ("captions", "direction"): {"align": "start"}, ("captions", "balance"): {"width": 330},
    ("code", "cursor"): {"reveal": 0.5}, ("code", "focus_amount"): {"focus": "1"}, ("code", "focus_fill"): {"focus": "1"},
    ("video", "fit"): {"height": 50}, ("video", "focus_x"): {"zoom": 2}, ("video", "focus_y"): {"zoom": 2},
    ("video", "trim_end"): {"shift": 0.5}, ("video", "loop"): {"trim_end": 0.2, "shift": 0.3},
    **{("spectrum", name): {"form": "wave"} for name in ("window", "played_fill")}, ("spectrum", "hole"): {"form": "ring"},
    ("spectrum", "line_width"): {"form": "line"}, ("spectrum", "release"): {"trim": 1.1}, ("mesh", "drift"): {"start": 0},
    ("svg", "src"): {"markup": "", "src": "assets/a.svg"},
    **{("repeater", name): {"form": "ring"} for name in ("ring", "sweep", "begin", "aim")}, ("repeater", "d"): {"form": "path", "d": "M-90 0 L90 0"},
    **{("repeater", name): {"shown": 0.4} for name in ("order", "shown_soft")}, ("repeater", "brick"): {"rows": 2},
    ("repeater", "row_gap"): {"rows": 2}, ("text", "way_at"): {"way": "M0 0 L200 90"},
}  # fmt: skip
OTHER_FOR: dict[tuple[str, str], object] = {("svg", "src"): "assets/b.svg", ("chart", "gap"): 0.8, ("repeater", "form"): "ring", ("repeater", "begin"): 300,
             ("captions", "vertical"): "top", ("captions", "balance"): False, ("code", "font"): "Inter", ("particles", "form"): "ring", ("particles", "speed"): 400, ("particles", "spread"): 300,
             ("particles", "angle"): 200, ("spectrum", "form"): "ring", ("spectrum", "src"): "assets/b.wav", ("spectrum", "low"): 3000,
             ("spectrum", "high"): 500, ("spectrum", "radius"): 0, ("mesh", "colors"): ("#FFFFFF", "#000000"),
             ("grain", "blend"): "screen", ("spectrum", "trim"): 0.8, ("spectrum", "gap"): 0.8, ("spectrum", "start"): 5}  # fmt: skip
QUIET = {
    ("ellipse", "join"),  # an oval has no corners
    ("ellipse", "origin"),
    ("grid", "wrap"),  # a grid always wraps, by its columns
    ("counter", "height"),
    ("text", "allow"),
    ("video", "speed"),  # its first picture is the same at any speed
    ("captions", "language"),
    *(
        ("element", name) for name in ("anchor", "origin", "inside", "width", "height", "grow", "depth")
    ),  # its drawing places it
    ("mesh", "drift"),  # nothing has wandered on the first frame
    ("grain", "rate"),
    ("captions", "fit"),
    ("repeater", "delay"),  # what it holds stands still here
}
CHECKED = [
    (kind, name)
    for kind, table in words.KINDS.items()
    for name in table
    if name not in words.EFFECTS and name not in words.MASKS  # tests/unit/render/test_effects.py
]


def _children(kind: str) -> tuple[Node, ...]:
    if kind not in words.CONTAINERS:
        return ()
    return tuple(
        films.node("rect", f"c{at}", width=90 + 10 * at, height=30 + 10 * at, fill="#AACC00", x=2, y=3)
        for at in range(4)
    )


def _film(kind: str, name: str, props: dict[str, object]) -> Composition:
    made = Node.model_validate({"id": "n", "kind": kind, "props": props, "children": _children(kind)})
    if kind == "element":
        made = films.node("svg", "whole", made, width=120, height=120, markup=SQUARE)
    if name == "grow":
        made = films.node("row", "holder", made, width=400, height=200)
    ground = films.node("rect", "ground", inside="frame", width=480, height=270, fill="#405030")
    camera = (films.track("x", (0, 40)),) if name == "depth" else ()
    return films.film(ground, made, camera=camera)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    films.write_photo(root / "assets/photo.png")
    films.write_photo(root / "assets/other.png", 30, 60)
    films.write_clip(root / "assets/clip.mp4")
    films.write_tone(root / "assets/a.wav")
    films.write_tone(root / "assets/b.wav", 0.2)
    (root / "assets/a.svg").write_text(SQUARE)
    (root / "assets/b.svg").write_text(SQUARE.replace("30", "10"))
    return root


def test_every_kind_of_the_vocabulary_has_its_layer() -> None:
    assert set(plugins.names("render.layers")) == set(words.KINDS)


@pytest.mark.parametrize(("kind", "name"), CHECKED)
def test_every_property_changes_what_is_seen_or_where_it_stands(kind: str, name: str, folder: Path) -> None:
    if (kind, name) in QUIET or name == "allow":
        pytest.skip("has nothing to show here")
    props = {**BASE[kind], **WITH.get((kind, name), {})}
    if name == "language" and kind in ("text", "counter"):
        props["text" if kind == "text" else "prefix"] = "бгдпт"
    before = Picture(_film(kind, name, props), folder)
    after = Picture(_film(kind, name, {**props, name: OTHER_FOR.get((kind, name), OTHER[name])}), folder)
    same = np.array_equal(before.draw(0), after.draw(0))
    assert not same or before.layout([0]).nodes != after.layout([0]).nodes, f"{kind}.{name} is never seen"
    assert not [n for n in before.notices if "left out" in n]
