"""Colors by their names in three languages, and the palette of a film."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stage.brand import dark_roles, light_roles
from stage.color import contrast, oklch

_NAMED: Final = {
    "#1F7A4D": "green grün\\w* أخضر خضراء الأخضر",
    "#5B7B3A": "olive(?:[-\\s]green)? oliv\\w* زيتوني زيتي",
    "#0F8A6A": "emerald(?:[-\\s]green)? smaragd\\w* زمردي",
    "#2FA57A": "mint(?:[-\\s]green)? minz\\w* نعناعي",
    "#2D5BFF": "electric[-\\s]blue elektroblau\\w*",
    "#6E8F72": "sage(?:[-\\s]green)? salbei\\w*",
    "#0E7C86": "teal petrol\\w* türkis\\w* turquoise فيروزي تركواز",
    "#1F4FD8": "blue blau\\w* أزرق زرقاء الأزرق",
    "#3E8EDE": "(?:sky|light|pale|baby)[-\\s]blue hellblau\\w* himmelblau\\w* سماوي",
    "#16294D": "navy(?:[-\\s]blue)? marineblau\\w* dunkelblau\\w* dunkle[smnr]?[-\\s]blau (?:dark|deep|"
    "midnight)[-\\s]blue nachtblau\\w* كحلي",
    "#14532D": "(?:dark|deep|forest|bottle)[-\\s]green dunkelgrün\\w* tannengrün\\w* waldgrün\\w* "
    "أخضر[-\\s]داكن",
    "#8E1B2B": "(?:dark|deep)[-\\s]red dunkelrot\\w*",
    "#5A3FC0": "violet purple(?:[-\\s]violet)? lila violett\\w* بنفسجي",
    "#8A78D6": "lavender lavendel\\w* لافندر",
    "#C72C41": "red rot rote[mnrs]? أحمر حمراء الأحمر",
    "#7A1F35": "burgundy wine-red weinrot\\w* bordeaux\\w* عنابي خمري",
    "#E2574C": "coral koralle\\w* مرجاني",
    "#D9527E": "(?:neon|hot)[-\\s]pink pink rosa زهري وردي",
    "#E8742C": "orange orangen\\w* برتقالي برتقالية",
    "#B4552D": "terracotta rust rost\\w* copper kupfer\\w* نحاسي",
    "#E5B31C": "yellow gelb\\w* أصفر صفراء الأصفر",
    "#C79A3B": "gold golden goldene\\w* ذهبي ذهبية الذهبي",
    "#D7B98A": "sand beige cream creme cremefarb\\w* بيج رملي",
    "#F1E9D6": "ivory elfenbein\\w* eggshell عاجي",
    "#7A5236": "brown braun\\w* بني بنية",
    "#6F7A86": "grey gray grau\\w* silver silber\\w* رمادي فضي",
    "#B7E233": "lime(?:[-\\s]green)? limette\\w* limettengrün",
}
_COLORS: Final = [
    (color, re.compile(rf"(?<!\w)(?:و?ال|بال|و)?(?:{'|'.join(names.split())})(?!\w)", re.I))
    for color, names in _NAMED.items()
]
_DARK: Final = re.compile(
    r"(?<!\w)(?:dark(?![-\s](?:blue|green|red))|black|night(?= (?:mode|look|mood|scene|sky|"
    r"colou?rs?|theme))|at night|midnight|dunkle?[mnrs]?|schwarz\w*|nachts|nacht(?:modus|himmel|stimmung)|"
    r"داكنة?|أسود|سوداء|الليل|ليلي)(?!\w)",
    re.I,
)
_LIGHT: Final = re.compile(
    r"(?<!\w)(?:light(?= (?:background|ground|theme|and|colou?rs?|palette|mode))|white|bright(?= "
    r"(?:background|and|colou?rs))|"
    r"helle[mnrs]?|weiß\w*|weiss\w*|فاتحة?|أبيض|بيضاء)(?!\w)",
    re.I,
)
_IN_NAME: Final = re.compile(
    r"(?<![\w.!?])(?!(?i:farb\w*|colou?rs?|akzent\w*|accents?|dunkl\w*|hell\w*|tief\w*|zart\w*|satt\w*)\s)"
    r"[A-ZÄÖÜ][\w’'-]*\s$"
)
"""What stands before a color that is a word of a name: `Villa Rosa`."""
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])")
_OF_TONE: Final = {
    "calm": "#2C6E63",
    "bold": "#D8401F",
    "elegant": "#C79A3B",
    "playful": "#E2574C",
    "energetic": "#E8742C",
    "cinematic": "#D9A441",
    "warm": "#B4552D",
    "minimal": "#2B4C7E",
    "fresh": "#0F8A6A",
    "serious": "#1D4E89",
    "festive": "#D9A441",
    "modern": "#2547E0",
}
_LOUD: Final = frozenset({"bold", "energetic"})
"""Moods in which a bright color glows on a dark ground."""
_NIGHT: Final = frozenset({"elegant", "cinematic", "festive"})
_SPARE: Final = ("#1F6F8B", "#B4552D", "#2547E0", "#0F7A5C", "#8A3B6B", "#A8541C")


def find_colors(text: str) -> tuple[str, ...]:
    """List the colors that a text names, as hex, in their order."""
    found = [(match.span(), _long(match.group())) for match in _HEX.finditer(text)]
    found += [
        (match.span(), color)
        for color, pattern in _COLORS
        for match in pattern.finditer(text)
        if not (match.group()[0].isupper() and _IN_NAME.search(text[: match.start()]))
    ]
    whole = [each for each in found if not any(_inside(each[0], other[0]) for other in found)]
    return tuple(dict.fromkeys(color for _, color in sorted(whole)))


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other


def find_ground(text: str) -> bool | None:
    """Tell whether a text asks for a dark ground, or for a light one; None when it says nothing."""
    if _DARK.search(text):
        return True
    return False if _LIGHT.search(text) else None


def palette(colors: Sequence[str], dark: bool | None, tone: str, seed: int) -> dict[str, str]:
    """Derive a film's six roles from what was named: every text color reads on its ground."""
    vivid = [color for color in colors if oklch(color)[1] > 0.03] or list(colors)
    ground_tint = ""
    pale = [color for color in vivid if oklch(color)[0] > 0.78 and oklch(color)[1] < 0.09]
    if pale and len(pale) < len(vivid) and dark is None:
        vivid, dark = [color for color in vivid if color not in pale], False
        ground_tint = pale[0]
    base = vivid[0] if vivid else _OF_TONE.get(tone) or _SPARE[seed % len(_SPARE)]
    ground = next((color for color in vivid[1:] if oklch(color)[0] < 0.36), None)
    if ground is None and len(vivid) > 1 and oklch(base)[0] < 0.36:
        base, ground = vivid[1], vivid[0]
    light, chroma, _ = oklch(base)
    if dark is None:
        bright = (light > 0.72 and chroma > 0.08) or (light > 0.63 and chroma > 0.12 and tone in _LOUD)
        dark = bright or ground is not None or (tone in _NIGHT)
    other = next((color for color in vivid if color not in (base, ground)), None)
    return dark_roles(base, ground, other) if dark else light_roles(base, other, ground_tint)


def reads(colors: dict[str, str]) -> bool:
    """Tell whether a palette's texts can be read on its ground."""
    ground = colors["background"]
    return contrast(colors["ink"], ground) >= 7 and contrast(colors["accent"], ground) >= 4.5


def _long(text: str) -> str:
    digits = text[1:]
    return ("#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)).upper()
