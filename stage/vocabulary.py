"""The words of a film: every kind of node, its properties and their ranges, eases and transitions.

`stage` lets authors write by these tables, `domain.composition` builds its schema from them, and `render` has
one layer per kind. Lengths are pixels of the film's own frame, angles are degrees clockwise, times are frames.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PropertyType = Literal[
    "number", "color", "paint", "text", "flag", "choice", "file", "spans", "shadows", "name"
]
"""number: a float · color: `#RRGGBB[AA]` · paint: a color or a gradient · file: a path in the project ·
spans: runs of text with their own style · shadows: a list of drop shadows · name: a font family."""


@dataclass(frozen=True)
class Property:
    """One word an author may set, and perhaps animate."""

    type: PropertyType
    help: str
    default: object = None
    """What holds when nothing is said; None means not set."""
    animatable: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def _number(
    help: str, default: float | None = None, low: float | None = None, high: float | None = None
) -> Property:
    return Property("number", help, default, animatable=True, low=low, high=high)


def _fixed(
    help: str, default: float | None = None, low: float | None = None, high: float | None = None
) -> Property:
    return Property("number", help, default, low=low, high=high)


def _choice(help: str, default: str, *choices: str) -> Property:
    return Property("choice", help, default, choices=choices)


ANCHORS = (
    "top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right",
)  # fmt: skip
BLENDS = ("normal", "multiply", "screen", "overlay", "add", "soft-light")
FAR = 100_000.0
"""No coordinate lies further from the frame's origin than this, in pixels."""

PLACE: dict[str, Property] = {
    "anchor": _choice("the point of the parent's box that the node hangs on", "top-left", *ANCHORS),
    "origin": _choice("the node's own point laid on the anchor, and its pivot; as the anchor unless said",
                      "", "", *ANCHORS),
    "inside": _choice("the box that the anchor of a scene's child refers to", "safe", "safe", "frame"),
    "x": _number("moves right of the anchor, px", 0, -FAR, FAR),
    "y": _number("moves down from the anchor, px", 0, -FAR, FAR),
    "width": _number("width of the box, px; its content's own width unless said", None, 0, FAR),
    "height": _number("height of the box, px; its content's own height unless said", None, 0, FAR),
    "grow": _fixed("share of a row's or column's free space that the node takes", 0, 0, 100),
    "opacity": _number("0 is invisible, 1 is solid", 1, 0, 1),
    "scale": _number("size about the pivot", 1, -100, 100),
    "scale_x": _number("horizontal size about the pivot", 1, -100, 100),
    "scale_y": _number("vertical size about the pivot", 1, -100, 100),
    "rotation": _number("turn about the pivot, degrees clockwise", 0, -36_000, 36_000),
    "skew_x": _number("horizontal slant, degrees", 0, -80, 80),
    "blur": _number("Gaussian blur, sigma in px", 0, 0, 200),
    "depth": _fixed("how far the camera's move carries the node: 0 stays put, 1 moves with the scene", 1, 0, 3),
    "blend": _choice("how the node mixes with what is under it", "normal", *BLENDS),
    "start": _fixed("first frame of the scene on which the node is drawn", 0, 0, 1_000_000),
    "end": _fixed("first frame on which it is no longer drawn; the scene's end unless said", None, 0, 1_000_000),
    "allow": Property("text", "findings that are meant to be, by code and comma: `overlap,bleed`", ""),
}  # fmt: skip
"""What every node has."""

PAINTED: dict[str, Property] = {
    "fill": Property("paint", "what the inside is painted with", None, animatable=True),
    "stroke": Property("paint", "what the outline is painted with", None, animatable=True),
    "stroke_width": _number("width of the outline, px", 0, 0, 2_000),
    "draw_start": _number("where along its length the outline begins, 0 to 1", 0, 0, 1),
    "draw_end": _number("where along its length the outline ends, 0 to 1: draw-on", 1, 0, 1),
    "cap": _choice("how the outline's ends look", "round", "butt", "round", "square"),
    "join": _choice("how the outline's corners look", "round", "miter", "round", "bevel"),
    "shadow": Property("shadows", "drop shadows, from the back to the front"),
}
BOXED: dict[str, Property] = {
    "padding": _fixed("space kept free inside the box on all sides, px", 0, 0, 10_000),
    "padding_x": _fixed("space kept free left and right, px; as padding unless said", None, 0, 10_000),
    "padding_y": _fixed("space kept free above and below, px; as padding unless said", None, 0, 10_000),
    "fill": Property("paint", "what the box is painted with", None, animatable=True),
    "radius": _number("roundness of the corners, px", 0, 0, 10_000),
    "stroke": Property("paint", "what the box's outline is painted with", None, animatable=True),
    "stroke_width": _number("width of the box's outline, px", 0, 0, 2_000),
    "shadow": Property("shadows", "drop shadows of the box, from the back to the front"),
    "clip": Property("flag", "whether children are cut at the box's rounded edge", False),
    "wipe_left": _number("how much is hidden from the left, share of the width: a soft-less wipe", 0, 0, 1),
    "wipe_right": _number("how much is hidden from the right, share of the width", 0, 0, 1),
    "wipe_top": _number("how much is hidden from the top, share of the height", 0, 0, 1),
    "wipe_bottom": _number("how much is hidden from the bottom, share of the height", 0, 0, 1),
}
FLOW: dict[str, Property] = {
    "gap": _fixed("space between neighbours, px", 0, 0, 10_000),
    "align": _choice("how children stand across the flow", "start", "start", "center", "end", "stretch", "baseline"),
    "justify": _choice("how children share the space along the flow", "start",
                       "start", "center", "end", "between", "around", "evenly"),
    "wrap": Property("flag", "whether children that do not fit begin a new line", False),
    "direction": _choice("reading direction of the flow; a row of a right-to-left film starts at the right", "auto",
                         "auto", "ltr", "rtl"),
}  # fmt: skip
LETTERS: dict[str, Property] = {
    "font": Property(
        "name", "font family, of the theme's or installed; `display`, `body` and `mono` are roles", "body"
    ),
    "size": _number("size of the em, px", 48, 1, 4_000),
    "weight": _number("100 thin to 900 black; variable fonts take every step", 400, 1, 1_000),
    "italic": Property("flag", "whether the italic face is used", False),
    "color": Property("paint", "what the letters are painted with", "#FFFFFF", animatable=True),
    "align": _choice("how lines stand in the box", "start", "start", "center", "end", "left", "right"),
    "direction": _choice("base direction of the paragraph", "auto", "auto", "ltr", "rtl"),
    "language": Property("text", "BCP 47 tag that picks the script's own forms: `ar`, `de`, `ja`", ""),
    "line_height": _fixed(
        "distance of baselines as a multiple of the size; the font's own unless said", None, 0.5, 4
    ),
    "letter_spacing": _number("extra space between letters, em; never applied to joined scripts", 0, -0.5, 5),
    "features": Property("text", "OpenType features: `tnum,ss01,-liga`", ""),
    "outline": Property("paint", "what the letters' outline is painted with", None, animatable=True),
    "outline_width": _number("width of the letters' outline, px", 0, 0, 200),
    "shadow": Property("shadows", "drop shadows of the letters"),
}
TEXT: dict[str, Property] = {
    "text": Property("text", "what is written; a line break is a new line", ""),
    "spans": Property("spans", "runs with a style of their own, in place of text"),
    **LETTERS,
    "max_lines": _fixed("more lines than this are cut with an ellipsis", None, 1, 1_000),
    "fit": _choice("what happens when the text is larger than its box: `shrink` lowers the size to min_size, "
                   "`fill` also raises it to the box's width", "none", "none", "shrink", "fill"),
    "min_size": _fixed("the smallest size that fitting may reach, px", 24, 1, 4_000),
    "balance": Property("flag", "whether wrapped lines are made about equally long", False),
    "underline": _number("how much of an underline is drawn, 0 to 1, under every line", 0, 0, 1),
    "underline_color": Property("paint", "what the underline is painted with; the text's color unless said", None,
                                animatable=True),
    "vertical": _choice("how lines stand in a box that is taller", "top", "top", "center", "bottom"),
}  # fmt: skip
COUNTER: dict[str, Property] = {
    "value": _number("the number shown", 0, -1e15, 1e15),
    "decimals": _fixed("digits after the point", 0, 0, 10),
    "grouping": Property("flag", "whether thousands are grouped", True),
    "locale": _choice("digits and separators", "en", "en", "de", "fr", "ar", "in"),
    "prefix": Property("text", "what stands before the number", ""),
    "suffix": Property("text", "what stands after the number", ""),
    **LETTERS,
}
SHAPE: dict[str, Property] = {**PAINTED}
PICTURE: dict[str, Property] = {
    "src": Property("file", "the picture's path in the project: `assets/hero.jpg`"),
    "fit": _choice("how the picture fills its box", "cover", "cover", "contain", "fill"),
    "focus_x": _number("the part of the picture kept in view, 0 left to 1 right", 0.5, 0, 1),
    "focus_y": _number("the part of the picture kept in view, 0 top to 1 bottom", 0.5, 0, 1),
    "zoom": _number("how far the picture is enlarged inside its box", 1, 0.01, 100),
    "radius": _number("roundness of the corners, px", 0, 0, 10_000),
    "shadow": Property("shadows", "drop shadows of the box"),
}

KINDS: dict[str, dict[str, Property]] = {
    "group": {**PLACE, **BOXED},
    "row": {**PLACE, **BOXED, **FLOW},
    "column": {**PLACE, **BOXED, **FLOW},
    "grid": {**PLACE, **BOXED, **FLOW, "columns": _fixed("columns of equal width", 2, 1, 100),
             "row_gap": _fixed("space between rows, px; as gap unless said", None, 0, 10_000)},
    "text": {**PLACE, **TEXT},
    "counter": {**PLACE, **COUNTER},
    "rect": {**PLACE, **SHAPE, "radius": _number("roundness of the corners, px", 0, 0, 10_000)},
    "ellipse": {**PLACE, **SHAPE},
    "path": {**PLACE, **SHAPE,
             "d": Property("text", "the outline as SVG path data, scaled into the box", ""),
             "view_width": _fixed("width of the path's own space; the path's bounds unless said", None, 0, FAR),
             "view_height": _fixed("height of the path's own space; the path's bounds unless said", None, 0, FAR)},
    "image": {**PLACE, **PICTURE},
    "svg": {**PLACE, "src": Property("file", "path of an SVG file in the project"),
            "markup": Property("text", "SVG written in place", ""),
            "color": Property("color", "what currentColor means", "#FFFFFF", animatable=True)},
    "gradient": {**PLACE,
                 "shape": _choice("how the colors run", "linear", "linear", "radial"),
                 "angle": _number("direction of a linear gradient, degrees; 0 runs to the right, 90 down", 90,
                                  -36_000, 36_000),
                 "color_1": Property("color", "the first color", "#101820", animatable=True),
                 "color_2": Property("color", "the second color", "#203040", animatable=True),
                 "color_3": Property("color", "a third color, at the end", None, animatable=True),
                 "middle": _number("where the second of three colors stands, 0 to 1", 0.5, 0, 1),
                 "center_x": _number("center of a radial gradient, share of the width", 0.5, -5, 5),
                 "center_y": _number("center of a radial gradient, share of the height", 0.5, -5, 5),
                 "spread": _number("radius of a radial gradient, share of the box's longer side", 0.7, 0.01, 10),
                 "radius": _number("roundness of the corners, px", 0, 0, 10_000)},
}  # fmt: skip
"""Every kind of node and all its properties; each is drawn by `render/layers/<kind>.py`."""

SUMMARIES = {
    "group": "A box that holds others, each on its own anchor.",
    "row": "A box whose children stand beside one another.",
    "column": "A box whose children stand below one another.",
    "grid": "A box whose children fill columns of equal width.",
    "text": "Words, shaped, wrapped and aligned.",
    "counter": "A number that can count.",
    "rect": "A rectangle, with round corners if wished.",
    "ellipse": "An ellipse that fills its box.",
    "path": "An outline given as SVG path data.",
    "image": "A picture of the project.",
    "svg": "A vector picture, from a file or written in place.",
    "gradient": "A field of two or three colors that can move.",
}
"""What each kind is, in one sentence."""

FIRST_WORDS = {"text": "text", "counter": "value", "path": "d", "image": "src", "svg": "src"}
"""The property that may be said without its name."""

CONTAINERS = frozenset({"group", "row", "column", "grid"})
"""Kinds that hold children."""

PART_UNITS = ("line", "word", "char")
"""What a text may be taken apart into; joined scripts (Arabic…) are never taken apart below words."""
PART_PROPERTIES: dict[str, Property] = {
    "x": PLACE["x"],
    "y": PLACE["y"],
    "opacity": PLACE["opacity"],
    "scale": PLACE["scale"],
    "rotation": PLACE["rotation"],
    "blur": PLACE["blur"],
    "rise": _number("how far the part stands below its line, share of the line's height, cut at the line's edge: "
                    "from 1.1 to 0 is a clip reveal", 0, -2, 2),
    "wipe": _number("how much of the part is still hidden at its reading end, 0 to 1, with a soft edge", 0, 0, 1),
    "color": Property("color", "what the part is painted with", None, animatable=True),
}  # fmt: skip
STAGGER_ORDERS = ("start", "end", "center", "edges", "random")

CAMERA: dict[str, Property] = {
    "x": _number("pans right, px", 0, -FAR, FAR),
    "y": _number("pans down, px", 0, -FAR, FAR),
    "zoom": _number("enlarges about the frame's center", 1, 0.05, 20),
    "rotation": _number("turns about the frame's center, degrees", 0, -3_600, 3_600),
}
"""What a scene's camera can do; a node follows it by its `depth`."""

TRANSITIONS = ("cut", "fade", "dip")
"""How a scene comes in: at once, by crossfade, or through a color."""

QUALITIES = ("draft", "standard", "high")

EASE_NAMES = ("none", "linear", "sine", "power1", "power2", "power3", "power4", "quad", "cubic", "quart", "quint",
              "expo", "circ", "back", "elastic", "bounce", "steps", "spring", "bezier")  # fmt: skip
EASE_FORMS = ("in", "out", "inOut")
_EASE = re.compile(r"^([A-Za-z]+\d?)(?:\.(inOut|in|out))?(?:\(([^()]*)\))?$")
_ARGUMENTS = {"back": (0, 1), "elastic": (0, 2), "steps": (1, 1), "spring": (0, 2), "bezier": (4, 4)}


@dataclass(frozen=True)
class Ease:
    """A named curve from 0 to 1: GSAP's names, and `spring(damping, settle)` and `bezier(x1,y1,x2,y2)`."""

    name: str
    form: str
    arguments: tuple[float, ...]


def parse_ease(text: str) -> Ease:
    """Read `power3.out`, `back.inOut(1.7)`, `steps(5)`, `spring(0.55)`, `bezier(.16,1,.3,1)` or `none`.

    Raises ValueError with the way out when the words are not of that form.
    """
    match = _EASE.match(text.strip().replace(" ", ""))
    name = match[1] if match else text
    if match is None or name not in EASE_NAMES:
        raise ValueError(f"{text!r} is no ease; it starts with one of {', '.join(EASE_NAMES)}")
    try:
        numbers = tuple(float(part) for part in (match[3] or "").split(",") if part)
    except ValueError:
        raise ValueError(f"the arguments of ease {text!r} are not numbers") from None
    fewest, most = _ARGUMENTS.get(name, (0, 0))
    if not fewest <= len(numbers) <= most:
        raise ValueError(f"ease {name!r} takes {fewest} to {most} arguments, not {len(numbers)}")
    return Ease(name, match[2] or "out", numbers)


SAFE_AREAS = {
    "wide": (0.06, 0.08, 0.06, 0.08),
    "tall": (0.07, 0.12, 0.07, 0.20),
    "square": (0.07, 0.07, 0.07, 0.07),
}
"""Margins left, top, right, bottom as shares of width (left, right) and height (top, bottom)."""


def frame_shape(width: int, height: int) -> str:
    """Tell which margins a frame takes: `wide`, `tall` or `square`."""
    ratio = width / height
    return "wide" if ratio > 1.15 else "tall" if ratio < 0.87 else "square"


LIMITS: dict[str, tuple[float, float]] = {
    "width": (16, 7_680),
    "height": (16, 7_680),
    "fps": (1, 120),
    "seconds": (0.1, 7_200),
    "scenes": (1, 500),
    "nodes": (0, 20_000),
    "keyframes": (0, 400_000),
    "text": (0, 200_000),
    "depth": (0, 32),
}
"""The smallest and the largest film; sizes in pixels, seconds of film, counts over the whole film."""
