"""Words set as one block: every line fills the room, so that short lines grow tall."""

from collections.abc import Sequence
from itertools import combinations, pairwise

import content
from components.look import joined, letters

from stage import Column, Film, Text

LEAD = 0.86
"""Height of a line of capitals, in ems."""
ARABIC_LEAD = 1.4
EMS = {"Bebas Neue": 0.41, "Inter": 0.6, "League Spartan": 0.58, "EB Garamond": 0.46}
"""About how wide a letter of a display face is, in ems."""
CROWNED = set("ÄÖÜÉÈÊËÀÁÂÃÅÍÎÏÓÔÕÚÛÑÇŠŽÝİäöüéèêëàáâãåíîïóôõúûñšžý")
"""Letters that reach above capitals."""
MOST_ECHOES = 9
"""Lines in which one word may be said."""
UNEVEN = 2.4
"""How much taller than its shortest line a block's tallest may be before another break is better."""
NARROW, WIDE = 0.5, 1.3
"""Against that, letters such as I and such as M."""


def lines_of(text: str, room: float, tall: float, most: int = 5) -> list[str]:
    """Break a text so that lines as wide as the room fill as much of the height as they can."""
    words = text.split()
    best, score = [text], -1.0
    for count in range(1, min(most, len(words)) + 1):
        lines = _even(words, count)
        heights = [_height(line, room) for line in lines]
        height = sum(heights)
        found = min(height / tall, tall / height) * min(1, UNEVEN * min(heights) / max(heights))
        if found > score:
            best, score = lines, found
    return best


def stacked(text: str, room: float, tall: float) -> list[str]:
    """Break a text as `lines_of` does; one word that fills too little is said over and over, line by line."""
    lines = lines_of(text, room, tall, 3)
    if len(lines) > 1:
        return lines
    return lines * max(1, min(MOST_ECHOES, int(0.9 * tall / _height(text, room))))


def block(
    film: Film, lines: Sequence[str], *, room: float, tall: float, **more: object
) -> tuple[Column, list[Text]]:
    """Set lines as a block of one width; gives the column and its lines."""
    room = width_of(lines, room, tall)
    style: dict[str, object] = {
        "fit": "fill",
        "max_lines": 1,
        "letter_spacing": 0 if joined(lines[0]) else -0.01,
        "line_height": ARABIC_LEAD if joined(lines[0]) else _lead(),
        "min_size": 24 * film.unit,
        "vertical": "center",
    }
    texts = [
        letters(
            film, line, "display", **{**style, "width": room, "height": _height(line, room) * 1.06, **more}
        )
        for line in lines
    ]
    crowned = [text.height for text, line in zip(texts[1:], lines[1:], strict=True) if set(line) & CROWNED]
    gap = 0 if joined(lines[0]) else 8 * film.unit + 0.22 * max(crowned, default=0)
    return Column(*texts, gap=gap, align="start"), texts


def width_of(lines: Sequence[str], room: float, tall: float) -> float:
    """Tell how wide a block of these lines becomes, px."""
    return room * min(1, tall / sum(_height(line, room) for line in lines))


def _even(words: list[str], count: int) -> list[str]:
    """Break words into so many lines of about one length."""
    if len(words) > 14:
        step = -(-len(words) // count)
        return [" ".join(words[at : at + step]) for at in range(0, len(words), step)]
    best: list[str] = [" ".join(words)]
    spread = float("inf")
    for cuts in combinations(range(1, len(words)), count - 1):
        ends = (0, *cuts, len(words))
        lines = [" ".join(words[a:b]) for a, b in pairwise(ends)]
        long = max(map(len, lines)) - min(map(len, lines))
        if long < spread:
            best, spread = lines, long
    return best


def _lead() -> float:
    return LEAD if content.FONTS["display"] == "Bebas Neue" else 0.98


def _height(line: str, room: float) -> float:
    """About how tall a line is that fills the room, px."""
    if joined(line):
        return room / (0.47 * max(len(line), 3)) * ARABIC_LEAD
    letters_wide = sum(NARROW if each in "IJ1il.,:;!|'’" else WIDE if each in "MWmw" else 1 for each in line)
    return room / (EMS.get(content.FONTS["display"], 0.56) * max(letters_wide, 1)) * _lead()
