"""What a scene has beside its nodes: a camera, and a way to come in."""

from __future__ import annotations

from stage.vocabulary.property import FAR, Property, number

CAMERA: dict[str, Property] = {
    "x": number("pans right, px", 0, -FAR, FAR),
    "y": number("pans down, px", 0, -FAR, FAR),
    "zoom": number("enlarges about the frame's center", 1, 0.05, 20),
    "rotation": number("turns about the frame's center, degrees", 0, -3_600, 3_600),
}
"""What a scene's camera can do; a node follows it by its `depth`."""

TRANSITIONS = ("cut", "fade", "dip")
"""How a scene comes in: at once, by crossfade, or through a color."""
