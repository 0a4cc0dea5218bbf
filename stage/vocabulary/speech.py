"""Written speech and code: captions and code."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, choice, fixed, number, several
from stage.vocabulary.texts import LETTERS, TEXT

CAPTIONS: dict[str, Property] = {
    "cues": several(
        "cues",
        "what is said when, seconds of the scene: SRT or VTT text, a file of it, [(start, end, text)], "
        'or words [{"word", "start", "end"}]',
        20_000,
    ),
    **{name: LETTERS[name] for name in LETTERS if name != "align"},
    "align": choice("how lines stand in the box", "center", "start", "center", "end", "left", "right"),
    "vertical": choice("how lines stand in a box that is taller", "bottom", "top", "center", "bottom"),
    "max_lines": fixed("more lines than this are made smaller until they fit", 2, 1, 20),
    "fit": choice("what happens when a cue is larger than its box", "shrink", "none", "shrink"),
    "min_size": TEXT["min_size"],
    "balance": Property("flag", "whether wrapped lines are made about equally long", True),
    "highlight_color": Property(
        "paint", "what the word that is being said is painted with", None, animatable=True
    ),
    "pill": Property("paint", "what lies behind the word that is being said", None, animatable=True),
    "pop": fixed("size of the word that is being said, times the others'", 1, 0.5, 3),
    "upcoming": fixed(
        "opacity of words that are still to be said: 1 shows them all, 0 writes word by word", 1, 0, 1
    ),
    "fill": Property("paint", "what lies behind each line", None, animatable=True),
    "radius": number("roundness of what lies behind lines and words, px", 12, 0, 1_000),
    "padding": fixed("space around the letters in what lies behind them, px", 14, 0, 1_000),
}
CODE: dict[str, Property] = {
    "code": Property("text", "the lines of code", ""),
    "language": Property("text", "name of the programming language: `python`, `typescript`, `sql`", "python"),
    "look": choice(
        "colors of words, texts and remarks: for a dark or a light ground", "dark", "dark", "light"
    ),
    "font": Property("name", "font family; `mono` is a role", "mono"),
    "size": number("size of the em, px", 36, 1, 1_000),
    "line_height": fixed("distance of baselines as a multiple of the size", 1.5, 0.8, 4),
    "numbers": Property("flag", "whether lines are numbered", False),
    "reveal": number("how much has been typed, 0 to 1", 1, 0, 1),
    "cursor": Property("flag", "whether a cursor stands where it is being typed", True),
    "focus": Property("text", "lines that matter, from 1: `3-5,8`", ""),
    "focus_amount": number("how far the other lines step back, 0 to 1", 1, 0, 1),
    "focus_fill": Property("paint", "what lies behind the lines that matter", None, animatable=True),
    "color": Property(
        "color", "what plain words are painted with; of the look unless said", None, animatable=True
    ),
}

KINDS = {
    "captions": Kind(
        "What is said, when it is said, word by word.",
        {**PLACE, **CAPTIONS},
        first="cues",
        roles={"color": "ink", "highlight_color": "accent"},
    ),
    "code": Kind(
        "Lines of code in colors, which can be typed and pointed at.", {**PLACE, **CODE}, first="code"
    ),
}
