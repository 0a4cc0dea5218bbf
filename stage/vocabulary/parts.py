"""The parts of a text, and how they follow one another."""

from __future__ import annotations

from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, number

PART_UNITS = ("line", "word", "char")
"""What a text may be taken apart into; joined scripts (Arabic…) are never taken apart below words."""
PART_PROPERTIES: dict[str, Property] = {
    "x": PLACE["x"],
    "y": PLACE["y"],
    "opacity": PLACE["opacity"],
    "scale": PLACE["scale"],
    "rotation": PLACE["rotation"],
    "blur": PLACE["blur"],
    "rise": number("how far the part stands below its line, share of the line's height, cut at the line's edge: "
                    "from 1.1 to 0 is a clip reveal", 0, -2, 2),
    "wipe": number("how much of the part is still hidden at its reading end, 0 to 1, with a soft edge", 0, 0, 1),
    "color": Property("color", "what the part is painted with", None, animatable=True),
}  # fmt: skip
STAGGER_ORDERS = ("start", "end", "center", "edges", "random")
