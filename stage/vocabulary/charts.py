"""Numbers as pictures: the chart."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, choice, fixed, number, several
from stage.vocabulary.texts import LOCALES

CHART: dict[str, Property] = {
    "data": several("series", "the numbers: a list, or lists by name: `{'2025': [3, 5]}`; None is a gap", 12),
    "labels": several("texts", "what each number is of, in order", 200),
    "form": choice(
        "how the numbers are shown; `hbar` lies", "bar", "bar", "hbar", "line", "area", "pie", "donut"
    ),
    "reveal": number("how much of it has grown, 0 to 1, entry after entry", 1, 0, 1),
    "stagger": fixed(
        "how far the entries follow one another as it grows: 0 all at once, 0.9 one by one", 0.5, 0, 0.95
    ),
    "data_to": several("series", "other numbers, in the same order, to turn into", 12),
    "change": number("how far the numbers have turned into the others, 0 to 1", 0, 0, 1),
    "stacked": Property("flag", "whether the series of bars stand on one another", False),
    "highlight": fixed("the entry that stands out, from 0; the others step back", None, -1, 5_000),
    "highlight_color": Property(
        "paint", "what the entry that stands out is painted with", None, animatable=True
    ),
    "colors": several("colors", "colors of the series; of the slices of a pie", 24),
    "axis": Property("flag", "whether an axis with round numbers is shown", True),
    "grid": Property("flag", "whether thin lines run from the axis", True),
    "values": Property("flag", "whether each entry has its number beside it", True),
    "names": Property("flag", "whether each series has its name beside it", True),
    "low": fixed("where the axis begins; bars always begin at 0", None, -1e15, 1e15),
    "high": fixed("where the axis ends; a round number unless said", None, -1e15, 1e15),
    "ticks": fixed("about how many steps the axis has", 4, 1, 20),
    "gap": fixed("space between bars, share of a bar's room", 0.35, 0, 0.95),
    "radius": fixed("roundness of a bar's free end, px", 8, 0, 1_000),
    "line_width": fixed("width of lines, px", 8, 0.5, 200),
    "smooth": fixed("how much lines curve through their points, 0 straight to 1", 0, 0, 1),
    "dots": fixed("radius of the dots on a line, px", 0, 0, 200),
    "hole": fixed("how much of a donut is hole, share of its radius", 0.62, 0, 0.95),
    "decimals": fixed("digits after the point", 0, 0, 10),
    "locale": choice("digits and separators", "en", *LOCALES),
    "prefix": Property("text", "what stands before each number", ""),
    "suffix": Property("text", "what stands after each number", ""),
    "font": Property("name", "font family of all its letters", "body"),
    "size": fixed("size of its letters, px", 32, 1, 1_000),
    "weight": fixed("weight of its numbers, 100 to 900", 600, 1, 1_000),
    "color": Property("color", "what its letters are painted with", "#FFFFFF", animatable=True),
    "line_color": Property("color", "what axis and grid are painted with", "#FFFFFF33", animatable=True),
}

KINDS = {
    "chart": Kind(
        "Numbers as bars, lines, an area or a pie, with axes, that can grow and change.",
        {**PLACE, **CHART},
        first="data",
        roles={
            "color": "ink",
            "line_color": "ink/0.16",
            "colors": ("accent", "second", "muted"),
            "highlight_color": "accent",
        },
    ),
}
