"""Themes out of brand colors: every role made readable on its ground, by the contrast ratios of WCAG."""

from __future__ import annotations

from stage.color import KNOWN, channels, contrast, from_oklch, oklch, readable, spelled
from stage.mistakes import Wrong, mistake
from stage.theme import Theme

TEXT = 4.5
"""Contrast of letters: WCAG 2.2, success criterion 1.4.3 (AA)."""
LARGE = 3.0
"""Contrast of letters from 24 px on, of symbols and lines: success criteria 1.4.3 and 1.4.11."""
DULL = 0.03
"""Chroma in OKLCH below which a color is a gray, and no brand is known by it."""


def brand(
    *colors: str,
    dark: bool | None = None,
    display: str = "Inter",
    body: str = "Inter",
    mono: str = "JetBrains Mono",
) -> Theme:
    """Make a theme of one to five brand colors as hex, the main one first; dark or light unless said.

    The accent is the first color that is no gray, shaded only as far as it must be to be read on the ground.
    """
    known: list[str] = []
    for color in colors:
        try:
            channels(color)
            known.append((KNOWN.get(color) or spelled(color))[:7])
        except Wrong as wrong:
            mistake("value_wrong", f"brand: {wrong.message}", wrong.hint)
    if not known:
        mistake("value_wrong", "brand: there is no color", "give the brand's colors as hex: brand('#0F7A5C')")
        return Theme(display=display, body=body, mono=mono)
    vivid = [color for color in known if oklch(color)[1] >= DULL] or known
    base = vivid[0]
    deep = next((color for color in known if color != base and oklch(color)[0] < 0.36), None)
    pale = next((color for color in known if color != base and oklch(color)[0] > 0.9), None)
    other = next((color for color in vivid[1:] if color not in (deep, pale)), None)
    if dark is None:
        dark = oklch(base)[0] > 0.72 or (deep is not None and pale is None)
    found = dark_roles(base, deep, other) if dark else light_roles(base, other, pale or "")
    accent = readable(found["accent"], found["background"], TEXT)
    return Theme(
        found["background"], found["surface"], found["ink"], found["muted"], accent, found["second"],
        display, body, mono,
    )  # fmt: skip


def pairs(theme: Theme, ratio: float = TEXT) -> list[tuple[str, str, float]]:
    """List which roles may be written on which, the strongest contrast first: letter, ground, ratio."""
    roles = theme.colors
    found = [
        (one, two, round(contrast(roles[one], roles[two]), 2)) for one in roles for two in roles if one != two
    ]
    return sorted((each for each in found if each[2] >= ratio), key=lambda each: -each[2])


def light_roles(base: str, other: str | None, paper: str) -> dict[str, str]:
    """Six roles on a light ground, which has a breath of the base color or is the paper that is given."""
    light, chroma, hue = oklch(base)
    tint = min(chroma, 0.1)
    background = from_oklch(0.955, tint * 0.12, hue)
    if paper:
        background = from_oklch(max(oklch(paper)[0], 0.92), min(oklch(paper)[1], 0.035), oklch(paper)[2])
    return {
        "background": background,
        "surface": from_oklch(0.985, tint * 0.05, oklch(background)[2]),
        "ink": from_oklch(0.23, tint * 0.4, hue),
        "muted": readable(from_oklch(0.47, tint * 0.3, hue), background, 5.0),
        "accent": readable(base, background, 3.4 if light > 0.6 else 4.6),
        "second": readable(other or companion(base), background, LARGE),
    }


def dark_roles(base: str, ground: str | None, other: str | None) -> dict[str, str]:
    """Six roles on a dark ground, which is a deep shade of the base color or of the ground that is given."""
    light, chroma, hue = oklch(ground or base)
    deep = min(chroma, 0.05)
    background = from_oklch(min(max(light, 0.19), 0.25) if ground else 0.205, deep, hue)
    return {
        "background": background,
        "surface": from_oklch(oklch(background)[0] + 0.07, deep, hue),
        "ink": from_oklch(0.965, 0.012, oklch(base)[2]),
        "muted": readable(from_oklch(0.76, 0.025, hue), background, 5.0),
        "accent": readable(base, background, 5.5),
        "second": readable(other or companion(base), background, 3.2),
    }


def companion(base: str) -> str:
    """A second color that goes with the first: warm beside cool, and the other way about."""
    light, chroma, hue = oklch(base)
    strong = max(min(chroma, 0.14), 0.07)
    steps = ((25, 200), (70, 250), (115, 200), (200, 80), (290, 55), (345, 60), (361, 200))
    away = next(turn for bound, turn in steps if hue < bound)
    return from_oklch(0.66 if light < 0.6 else 0.6, strong, away)
