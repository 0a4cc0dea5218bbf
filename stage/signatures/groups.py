"""What several kinds of nodes take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from stage.paint import Paint, Shadow


class Placed(TypedDict, total=False):
    """What every placed node takes."""

    anchor: Literal[
        "top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"
    ]
    """The point of the parent's box that the node hangs on."""
    origin: Literal[
        "", "top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"
    ]
    """The node's own point laid on the anchor, and its pivot; as the anchor unless said."""
    inside: Literal["safe", "frame"]
    """The box that the anchor of a scene's child refers to."""
    x: float
    """Moves right of the anchor, px."""
    y: float
    """Moves down from the anchor, px."""
    width: float
    """Width of the box, px; its content's own width unless said."""
    height: float
    """Height of the box, px; its content's own height unless said."""
    grow: float
    """Share of a row's or column's free space that the node takes."""
    opacity: float
    """0 is invisible, 1 is solid."""
    scale: float
    """Size about the pivot."""
    scale_x: float
    """Horizontal size about the pivot."""
    scale_y: float
    """Vertical size about the pivot."""
    rotation: float
    """Turn about the pivot, degrees clockwise."""
    follow: str
    """A way to go, as SVG path data in px from where the node stands."""
    along: float
    """How far it has gone on that way, 0 to 1."""
    heading: bool
    """Whether it turns with its way; 0 degrees looks right."""
    skew_x: float
    """Horizontal slant, degrees."""
    blur: float
    """Gaussian blur, sigma in px."""
    depth: float
    """How far the camera's move carries the node: 0 stays put, 1 moves with the scene."""
    blend: Literal[
        "normal",
        "multiply",
        "screen",
        "overlay",
        "add",
        "soft-light",
        "hard-light",
        "darken",
        "lighten",
        "color-dodge",
        "color-burn",
        "difference",
        "exclusion",
        "hue",
        "saturation",
        "color",
        "luminosity",
    ]
    """How the node mixes with what is under it."""
    start: float
    """When the node appears, seconds of its scene."""
    end: float
    """When it is gone again, seconds of its scene; the scene's end unless said."""
    rotation_x: float
    """Tilts in perspective: the upper edge goes away, degrees."""
    rotation_y: float
    """Tilts in perspective: the right edge goes away, degrees."""
    perspective: float
    """Distance of the eye from a tilted node, px; less is stronger; twice the node's longer side unless
    said."""
    brightness: float
    """Light of the colors: 0 black, 1 as they are."""
    contrast: float
    """Distance of the colors from middle gray: 0 none, 1 as it is."""
    saturation: float
    """Strength of the colors: 0 gray, 1 as it is."""
    hue: float
    """Turns the colors, degrees."""
    invert: float
    """How far the colors become their opposites, 0 to 1."""
    tint: str
    """The color that light parts take: one color in all its shades."""
    shade: str
    """The color that dark parts take; with `tint` a duotone."""
    tint_amount: float
    """How much of the tint is mixed in, 0 to 1."""
    vignette: float
    """How dark the corners of the node's box become, 0 to 1."""
    vignette_color: str
    """What the corners sink into."""
    vignette_size: float
    """How far from the center the clear part reaches, 0 to 1."""
    inner_shadow: Shadow | Sequence[Shadow]
    """Shadows that its own edge throws onto it: pressed in, or lit from one side."""
    sheen: float
    """Where a band of light crosses the node: 0 at its left edge, 1 at its right; outside it is not
    seen."""
    sheen_color: str
    """The band's color."""
    sheen_width: float
    """The band's width, share of the node's."""
    split: float
    """Moves red and blue apart sideways, px: a lens or a broken signal."""
    glow: float
    """Light around the node, sigma in px."""
    glow_color: str
    """The light's color; the node's own colors unless said."""
    glow_strength: float
    """How strong the glow is."""
    drop_shadow: Shadow | Sequence[Shadow]
    """Shadows of all that the node shows together, whatever its outline."""
    reflection: float
    """How strong its mirror image on the floor is at the foot, 0 to 1."""
    backdrop_blur: float
    """Blurs what lies behind the node's box, sigma in px: glass."""
    motion_blur: float
    """How long the shutter is open, share of a frame: 0.5 is a film camera's 180 degrees."""
    allow: str
    """Findings that are meant to be, by code and comma: `overlap,bleed`."""


class Painted(TypedDict, total=False):
    """What every painted node takes."""

    fill: Paint
    """What the inside is painted with."""
    stroke: Paint
    """What the outline is painted with."""
    stroke_width: float
    """Width of the outline, px."""
    draw_start: float
    """Where along its length the outline begins, 0 to 1."""
    draw_end: float
    """Where along its length the outline ends, 0 to 1: draw-on."""
    cap: Literal["butt", "round", "square"]
    """How the outline's ends look."""
    join: Literal["miter", "round", "bevel"]
    """How the outline's corners look."""
    dash: float
    """Length of the outline's dashes, px; 0 is a solid line."""
    dash_gap: float
    """Space between dashes, px; as dash unless said."""
    dash_offset: float
    """How far the dashes are moved along the outline, px."""
    shadow: Shadow | Sequence[Shadow]
    """Drop shadows, from the back to the front."""


class Boxed(TypedDict, total=False):
    """What every boxed node takes."""

    padding: float
    """Space kept free inside the box on all sides, px."""
    padding_x: float
    """Space kept free left and right, px; as padding unless said."""
    padding_y: float
    """Space kept free above and below, px; as padding unless said."""
    fill: Paint
    """What the box is painted with."""
    radius: float
    """Roundness of the corners, px."""
    stroke: Paint
    """What the box's outline is painted with."""
    stroke_width: float
    """Width of the box's outline, px."""
    shadow: Shadow | Sequence[Shadow]
    """Drop shadows of the box, from the back to the front."""
    clip: bool
    """Whether children are cut at the box's rounded edge."""
    wipe_left: float
    """How much is hidden from the left, share of the width: a soft-less wipe."""
    wipe_right: float
    """How much is hidden from the right, share of the width."""
    wipe_top: float
    """How much is hidden from the top, share of the height."""
    wipe_bottom: float
    """How much is hidden from the bottom, share of the height."""


class Flowing(TypedDict, total=False):
    """What every flowing node takes."""

    gap: float
    """Space between neighbours, px."""
    align: Literal["start", "center", "end", "stretch", "baseline"]
    """How children stand across the flow."""
    justify: Literal["start", "center", "end", "between", "around", "evenly"]
    """How children share the space along the flow."""
    wrap: bool
    """Whether children that do not fit begin a new line."""
    direction: Literal["auto", "ltr", "rtl"]
    """Reading direction of the flow; a row of a right-to-left film starts at the right."""


class Lettered(TypedDict, total=False):
    """What every lettered node takes."""

    font: str
    """Font family, of the theme's or installed; `display`, `body` and `mono` are roles."""
    size: float
    """Size of the em, px."""
    weight: float
    """100 thin to 900 black; variable fonts take every step."""
    italic: bool
    """Whether the italic face is used."""
    color: Paint
    """What the letters are painted with."""
    align: Literal["start", "center", "end", "left", "right"]
    """How lines stand in the box."""
    direction: Literal["auto", "ltr", "rtl"]
    """Base direction of the paragraph."""
    language: str
    """BCP 47 tag that picks the script's own forms: `ar`, `de`, `ja`."""
    line_height: float
    """Distance of baselines as a multiple of the size; the font's own unless said."""
    letter_spacing: float
    """Extra space between letters, em; never applied to joined scripts."""
    features: str
    """OpenType features: `tnum,ss01,-liga`."""
    outline: Paint
    """What the letters' outline is painted with."""
    outline_width: float
    """Width of the letters' outline, px."""
    shadow: Shadow | Sequence[Shadow]
    """Drop shadows of the letters."""


class Pictured(TypedDict, total=False):
    """What every pictured node takes."""

    fit: Literal["cover", "contain", "fill"]
    """How the picture fills its box."""
    focus_x: float
    """The part of the picture kept in view, 0 left to 1 right."""
    focus_y: float
    """The part of the picture kept in view, 0 top to 1 bottom."""
    zoom: float
    """How far the picture is enlarged inside its box."""
    radius: float
    """Roundness of the corners, px."""
    shadow: Shadow | Sequence[Shadow]
    """Drop shadows of the box."""
