"""What every outlined shape has."""

from __future__ import annotations

from stage.vocabulary.property import FAR, Property, choice, number

PAINTED: dict[str, Property] = {
    "fill": Property("paint", "what the inside is painted with", None, animatable=True),
    "stroke": Property("paint", "what the outline is painted with", None, animatable=True),
    "stroke_width": number("width of the outline, px", 0, 0, 2_000),
    "draw_start": number("where along its length the outline begins, 0 to 1", 0, 0, 1),
    "draw_end": number("where along its length the outline ends, 0 to 1: draw-on", 1, 0, 1),
    "cap": choice("how the outline's ends look", "round", "butt", "round", "square"),
    "join": choice("how the outline's corners look", "round", "miter", "round", "bevel"),
    "dash": number("length of the outline's dashes, px; 0 is a solid line", 0, 0, 10_000),
    "dash_gap": number("space between dashes, px; as dash unless said", None, 0, 10_000),
    "dash_offset": number("how far the dashes are moved along the outline, px", 0, -FAR, FAR),
    "shadow": Property("shadows", "drop shadows, from the back to the front"),
}
