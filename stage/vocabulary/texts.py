"""Written things: text and counter."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, choice, fixed, number

LOCALES = ("en", "de", "fr", "ar", "in")
"""Ways to write numbers: 1,234.5 · 1.234,5 · 1 234,5 · ١٬٢٣٤٫٥ · 12,34,567."""

LETTERS: dict[str, Property] = {
    "font": Property(
        "name", "font family, of the theme's or installed; `display`, `body` and `mono` are roles", "body"
    ),
    "size": number("size of the em, px", 48, 1, 4_000),
    "weight": number("100 thin to 900 black; variable fonts take every step", 400, 1, 1_000),
    "italic": Property("flag", "whether the italic face is used", False),
    "color": Property("paint", "what the letters are painted with", "#FFFFFF", animatable=True),
    "align": choice("how lines stand in the box", "start", "start", "center", "end", "left", "right"),
    "direction": choice("base direction of the paragraph", "auto", "auto", "ltr", "rtl"),
    "language": Property("text", "BCP 47 tag that picks the script's own forms: `ar`, `de`, `ja`", ""),
    "line_height": number(
        "distance of baselines as a multiple of the size; the font's own unless said", None, 0.5, 4
    ),
    "letter_spacing": number("extra space between letters, em; never applied to joined scripts", 0, -0.5, 5),
    "features": Property("text", "OpenType features: `tnum,ss01,-liga`", ""),
    "outline": Property("paint", "what the letters' outline is painted with", None, animatable=True),
    "outline_width": number("width of the letters' outline, px", 0, 0, 200),
    "shadow": Property("shadows", "drop shadows of the letters"),
}
TEXT: dict[str, Property] = {
    "text": Property("text", "what is written; a line break is a new line", ""),
    "spans": Property("spans", "runs with a style of their own, in place of text"),
    **LETTERS,
    "max_lines": number("more lines than this are cut with an ellipsis", None, 1, 1_000),
    "fit": choice("what happens when the text is larger than its box: `shrink` lowers the size to min_size, "
                   "`fill` also raises it to the box's width", "none", "none", "shrink", "fill"),
    "min_size": number("the smallest size that fitting may reach, px", 24, 1, 4_000),
    "balance": Property("flag", "whether wrapped lines are made about equally long", False),
    "mark": number("how much of the highlighter behind spans with a `mark` is drawn, 0 to 1", 1, 0, 1),
    "strike": number("how much of a line through the words is drawn, 0 to 1", 0, 0, 1),
    "underline": number("how much of an underline is drawn, 0 to 1, under every line", 0, 0, 1),
    "underline_color": Property("paint", "what the underline is painted with; the text's color unless said", None,
                                animatable=True),
    "vertical": choice("how lines stand in a box that is taller", "top", "top", "center", "bottom"),
    "way": Property("text", "a way on which the letters stand, as SVG path data in px; its bounds are the text's "
                    "box, and joined scripts turn word by word", ""),
    "way_at": number("where on the way the text's start stands (its middle or end by `align`), share of it; "
                     "letters beyond its ends are hidden", None, -5, 5),
}  # fmt: skip
COUNTER: dict[str, Property] = {
    "value": number("the number shown", 0, -1e15, 1e15),
    "decimals": fixed("digits after the point", 0, 0, 10),
    "grouping": Property("flag", "whether thousands are grouped", True),
    "locale": choice("digits and separators", "en", *LOCALES),
    "prefix": Property("text", "what stands before the number", ""),
    "suffix": Property("text", "what stands after the number", ""),
    **LETTERS,
}

INK: dict[str, object] = {"color": "ink"}

KINDS = {
    "text": Kind(
        "Words, shaped, wrapped and aligned.", {**PLACE, **TEXT}, first="text", parts=True, roles=INK
    ),
    "counter": Kind("A number that can count.", {**PLACE, **COUNTER}, first="value", parts=True, roles=INK),
}
