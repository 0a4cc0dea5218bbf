"""What every node has: its place, its size and how it is seen."""

from __future__ import annotations

from stage.vocabulary.effects import EFFECTS
from stage.vocabulary.property import FAR, Property, choice, fixed, number

ANCHORS = (
    "top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right",
)  # fmt: skip
BLENDS = (
    "normal", "multiply", "screen", "overlay", "add", "soft-light", "hard-light", "darken", "lighten",
    "color-dodge", "color-burn", "difference", "exclusion", "hue", "saturation", "color", "luminosity",
)  # fmt: skip

PLACE: dict[str, Property] = {
    "anchor": choice("the point of the parent's box that the node hangs on", "top-left", *ANCHORS),
    "origin": choice("the node's own point laid on the anchor, and its pivot; as the anchor unless said",
                      "", "", *ANCHORS),
    "inside": choice("the box that the anchor of a scene's child refers to", "safe", "safe", "frame"),
    "x": number("moves right of the anchor, px", 0, -FAR, FAR),
    "y": number("moves down from the anchor, px", 0, -FAR, FAR),
    "width": number("width of the box, px; its content's own width unless said", None, 0, FAR),
    "height": number("height of the box, px; its content's own height unless said", None, 0, FAR),
    "grow": number("share of a row's or column's free space that the node takes", 0, 0, 100),
    "opacity": number("0 is invisible, 1 is solid", 1, 0, 1),
    "scale": number("size about the pivot", 1, -100, 100),
    "scale_x": number("horizontal size about the pivot", 1, -100, 100),
    "scale_y": number("vertical size about the pivot", 1, -100, 100),
    "rotation": number("turn about the pivot, degrees clockwise", 0, -36_000, 36_000),
    "follow": Property("text", "a way to go, as SVG path data in px from where the node stands", ""),
    "along": number("how far it has gone on that way, 0 to 1", 0, 0, 1),
    "heading": Property("flag", "whether it turns with its way; 0 degrees looks right", False),
    "skew_x": number("horizontal slant, degrees", 0, -80, 80),
    "blur": number("Gaussian blur, sigma in px", 0, 0, 200),
    "depth": number("how far the camera's move carries the node: 0 stays put, 1 moves with the scene", 1, 0, 3),
    "blend": choice("how the node mixes with what is under it", "normal", *BLENDS),
    "start": fixed("first frame of the scene on which the node is drawn", 0, 0, 1_000_000),
    "end": fixed("first frame on which it is no longer drawn; the scene's end unless said", None, 0, 1_000_000),
    **EFFECTS,
    "allow": Property("text", "findings that are meant to be, by code and comma: `overlap,bleed`", ""),
}  # fmt: skip
"""What every node has."""
