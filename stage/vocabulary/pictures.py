"""Pictures: image, video, svg and gradient."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, choice, fixed, number

PICTURE: dict[str, Property] = {
    "src": Property("file", "the picture's path in the project: `assets/hero.jpg`"),
    "fit": choice("how the picture fills its box", "cover", "cover", "contain", "fill"),
    "focus_x": number("the part of the picture kept in view, 0 left to 1 right", 0.5, 0, 1),
    "focus_y": number("the part of the picture kept in view, 0 top to 1 bottom", 0.5, 0, 1),
    "zoom": number("how far the picture is enlarged inside its box", 1, 0.01, 100),
    "radius": number("roundness of the corners, px", 0, 0, 10_000),
    "shadow": Property("shadows", "drop shadows of the box"),
}

VIDEO: dict[str, Property] = {
    "src": Property("file", "the clip's path in the project: `assets/clip.mp4`"),
    **{name: PICTURE[name] for name in PICTURE if name != "src"},
    "trim": fixed("seconds left out at its beginning", 0, 0, 86_400),
    "trim_end": fixed("second of the clip at which it ends; its own end unless said", None, 0, 86_400),
    "speed": fixed("how fast it plays: 2 is twice as fast, 0 stands still", 1, 0, 100),
    "loop": Property("flag", "whether it begins anew at its end; else its last picture stays", False),
    "shift": number("seconds that the clip is moved on by, for ramps of speed and freezes", 0, 0, 86_400),
}
SVG: dict[str, Property] = {
    "src": Property("file", "path of an SVG file in the project"),
    "markup": Property("text", "SVG written in place", ""),
    "draw_end": number(
        "how far its lines are drawn, 0 to 1: draw-on; what is filled fills at the end", 1, 0, 1
    ),
    "color": Property("color", "what currentColor means", "#FFFFFF", animatable=True),
}
ELEMENT: dict[str, Property] = {
    "of": Property("text", "the id that it has in the drawing", ""),
    "draw_end": SVG["draw_end"],
}
GRADIENT: dict[str, Property] = {
    "shape": choice("how the colors run", "linear", "linear", "radial"),
    "angle": number(
        "direction of a linear gradient, degrees; 0 runs to the right, 90 down", 90, -36_000, 36_000
    ),
    "color_1": Property("color", "the first color", "#101820", animatable=True),
    "color_2": Property("color", "the second color", "#203040", animatable=True),
    "color_3": Property("color", "a third color, at the end", None, animatable=True),
    "middle": number("where the second of three colors stands, 0 to 1", 0.5, 0, 1),
    "center_x": number("center of a radial gradient, share of the width", 0.5, -5, 5),
    "center_y": number("center of a radial gradient, share of the height", 0.5, -5, 5),
    "spread": number("radius of a radial gradient, share of the box's longer side", 0.7, 0.01, 10),
    "radius": number("roundness of the corners, px", 0, 0, 10_000),
}

KINDS = {
    "image": Kind("A picture of the project.", {**PLACE, **PICTURE}, first="src"),
    "video": Kind(
        "A clip of the project, exact to the frame; `film.add(Sound(src))` plays its sound.",
        {**PLACE, **VIDEO},
        first="src",
    ),
    "svg": Kind(
        "A vector picture, from a file or written in place.",
        {**PLACE, **SVG},
        first="src",
        roles={"color": "ink"},
        takes="element",
    ),
    "element": Kind(
        "One element of a drawing, to move on its own: `svg.add(Element('leaf'))`.",
        {**PLACE, **ELEMENT},
        first="of",
    ),
    "gradient": Kind("A field of two or three colors that can move.", {**PLACE, **GRADIENT}),
}
