"""What fills a room: particles, a mesh of colors, grain, and sound made visible."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.place import BLENDS, PLACE
from stage.vocabulary.property import Property, choice, fixed, number, several

PARTICLES: dict[str, Property] = {
    "count": fixed("how many there are in all", 80, 1, 3_000),
    "form": choice("what each one is", "dot", "dot", "square", "ribbon", "star", "ring", "line", "soft"),
    "colors": several("colors", "colors that they take in turn", 24),
    "seed": fixed("another number is another throw of the dice", 0, 0, 1_000_000),
    "source": choice(
        "where they come from: the middle of the box, all of it, or one of its edges",
        "box",
        "box",
        "middle",
        "top",
        "bottom",
        "left",
        "right",
    ),
    "burst": Property(
        "flag", "whether all set out at once, as confetti does; else one after another, for ever", False
    ),
    "life": fixed("seconds that one lasts", 4, 0.05, 600),
    "size": fixed("largest size of one, px", 14, 0.5, 2_000),
    "size_least": fixed("smallest size of one, share of the largest", 0.4, 0, 1),
    "shrink": fixed("how much of its size one has lost at its end, 0 to 1", 0, 0, 1),
    "speed": fixed("how fast they set out, px a second", 40, 0, 20_000),
    "speed_least": fixed("the slowest, share of the fastest", 0.4, 0, 1),
    "angle": fixed("where to: 0 right, 90 down, 270 up, degrees", 270, -3_600, 3_600),
    "spread": fixed("how far they fan out around that, degrees", 360, 0, 360),
    "gravity": fixed("how much faster they fall with every second, px a second", 0, -20_000, 20_000),
    "drag": fixed("how soon the air slows them down: 0 never, 3 within a second", 0, 0, 20),
    "sway": fixed("how far they swing to and fro on their way, px", 0, 0, 2_000),
    "spin": fixed("how fast they turn, degrees a second", 0, 0, 7_200),
    "flutter": Property("flag", "whether they turn over as paper does", False),
    "fade_in": fixed("share of its life in which one appears", 0.15, 0, 1),
    "fade_out": fixed("share of its life in which one disappears", 0.3, 0, 1),
}
MESH: dict[str, Property] = {
    "colors": several("colors", "two to eight colors that flow into one another", 8),
    "seed": fixed("another number is another picture", 0, 0, 1_000_000),
    "drift": fixed("how fast the colors wander: 0 stands still, 1 is calm", 1, 0, 20),
    "phase": number("moves the colors on by hand, rounds", 0, -1_000, 1_000),
    "softness": fixed("how gently they flow into one another", 0.55, 0.05, 1),
    "radius": number("roundness of the corners, px", 0, 0, 10_000),
}
GRAIN: dict[str, Property] = {
    "amount": number("how strong the grain is, 0 to 1", 0.12, 0, 1),
    "grain_size": fixed("size of a grain, px of the film", 1.5, 0.5, 64),
    "rate": fixed("how often it changes, times a second; 0 stands still as paper does", 12, 0, 120),
    "seed": fixed("another number is another grain", 0, 0, 1_000_000),
}
OVER = choice("how the node mixes with what is under it", "overlay", *BLENDS)
SPECTRUM: dict[str, Property] = {
    "src": Property("file", "the sound's path in the project: `assets/voice.mp3`"),
    "form": choice(
        "how it is shown; `wave` is the sound's own outline", "bars", "bars", "mirror", "ring", "line", "wave"
    ),
    "bars": fixed("how many bars there are", 48, 2, 256),
    "gap": fixed("space between bars, share of a bar's room", 0.35, 0, 0.95),
    "gain": number("how high it reaches, times its own height", 1, 0, 20),
    "attack": fixed("seconds in which a bar rises", 0.05, 0, 2),
    "release": fixed("seconds in which a bar falls", 0.25, 0, 5),
    "low": fixed("lowest tone, Hz", 60, 20, 5_000),
    "high": fixed("highest tone, Hz", 9_000, 200, 20_000),
    "trim": fixed("seconds of the sound that are over when the node starts", 0, 0, 86_400),
    "window": fixed("seconds of sound that a `wave` shows at once; all of it unless said", None, 0.05, 3_600),
    "played_fill": Property(
        "paint", "what the part of a `wave` that is over is painted with", None, animatable=True
    ),
    "fill": Property("paint", "what bars are painted with", "#FFFFFF", animatable=True),
    "line_width": fixed("width of the `line`, px", 6, 0.5, 200),
    "radius": fixed("roundness of a bar's ends, px", 100, 0, 1_000),
    "hole": fixed("how much of a `ring` is hole, share of its radius", 0.6, 0, 0.98),
}

KINDS = {
    "particles": Kind(
        "Many small things on their way: dust, snow, bokeh, sparks, confetti.",
        {**PLACE, **PARTICLES},
        roles={"colors": ("accent", "second", "ink")},
    ),
    "mesh": Kind(
        "A ground of colors that flow into one another and wander.",
        {**PLACE, **MESH},
        first="colors",
        roles={"colors": ("background", "surface", "accent", "second")},
    ),
    "grain": Kind(
        "Film grain or the fibre of paper over what lies under it.",
        {**PLACE, "blend": OVER, **GRAIN},
        first="amount",
    ),
    "spectrum": Kind(
        "A sound made visible: bars, a ring, a line or its own outline.",
        {**PLACE, **SPECTRUM},
        first="src",
        roles={"fill": "accent"},
    ),
}
