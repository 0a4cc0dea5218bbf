"""Colors: reading them, mixing and shading them in OKLab, and telling how well they read on each other."""

from __future__ import annotations

import math
import re

from stage.mistakes import Wrong

HEX = re.compile(r"^#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")
NAME = re.compile(r"^([A-Za-z][A-Za-z0-9_-]*)(?:/(\d*\.?\d+))?$")
KNOWN = {"white": "#FFFFFF", "black": "#000000", "transparent": "#00000000"}

Lab = tuple[float, float, float]


def spelled(color: str) -> str:
    """Hold a color's spelling: `#RGB[A]`, `#RRGGBB[AA]`, a role of the theme, or `role/0.5` with an opacity.

    Returns it in the long form. Raises Wrong when it is neither.
    """
    text = color.strip()
    if HEX.match(text):
        short = text[1:]
        return "#" + ("".join(c * 2 for c in short) if len(short) < 5 else short).upper()
    match = NAME.match(text)
    if match is None or (match[2] and float(match[2]) > 1):
        raise Wrong(f"{color!r} is no color", "write '#RRGGBB', a role such as 'accent', or 'accent/0.5'")
    return text


def channels(color: str) -> tuple[float, float, float, float]:
    """Split a hex color into red, green, blue and opacity, each 0 to 1.

    Raises Wrong when it is not written as hex.
    """
    text = KNOWN.get(color) or spelled(color)
    if not text.startswith("#"):
        raise Wrong(f"{color!r} is a role, not a hex color", "look it up first: film.theme.color(…)")
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue, int(text[7:9], 16) / 255 if len(text) == 9 else 1.0


def written(red: float, green: float, blue: float, opacity: float = 1.0) -> str:
    """Write channels of 0 to 1 as a hex color, cut to the range."""
    parts = [red, green, blue] + ([opacity] if opacity < 1 else [])
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in parts)


def alpha(color: str, opacity: float) -> str:
    """Give a color an opacity of 0 to 1: `alpha("accent", 0.2)`."""
    text = KNOWN.get(color) or spelled(color)
    if text.startswith("#"):
        return text[:7] + f"{round(min(1.0, max(0.0, opacity)) * 255):02X}"
    return f"{text.partition('/')[0]}/{min(1.0, max(0.0, opacity)):g}"


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2, 0 black to 1 white."""
    red, green, blue, _ = channels(color)
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2: 1 is none, 4.5 reads well, 21 is black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str, on: str, ratio: float = 4.5) -> str:
    """Lighten or darken a color, keeping its hue, until it reads on another at this contrast ratio.

    Gives black or white when the hue cannot reach it.
    """
    if contrast(color, on) >= ratio:
        return written(*channels(color)[:3])
    away = 1.0 if contrast("#FFFFFF", on) >= contrast("#000000", on) else 0.0
    light, chroma, hue = oklch(color)
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        if contrast(from_oklch(light + (away - light) * middle, chroma, hue), on) >= ratio:
            high = middle
        else:
            low = middle
    return from_oklch(light + (away - light) * high, chroma, hue)


def lighten(color: str, amount: float = 0.1) -> str:
    """Raise the lightness of a hex color by an amount of 0 to 1, keeping its hue."""
    light, chroma, hue = oklch(color)
    return from_oklch(min(1.0, max(0.0, light + amount)), chroma, hue)


def darken(color: str, amount: float = 0.1) -> str:
    """Lower the lightness of a hex color by an amount of 0 to 1, keeping its hue."""
    return lighten(color, -amount)


def mix(one: str, other: str, share: float = 0.5) -> str:
    """Mix two hex colors in OKLab: share 0 is the first, 1 the second."""
    first, second = channels(one), channels(other)
    a, b = _to_lab(first[:3]), _to_lab(second[:3])
    lab = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)
    return written(*_from_lab(lab), first[3] + (second[3] - first[3]) * share)


def oklch(color: str) -> Lab:
    """Lightness, chroma and hue (degrees) of a hex color in OKLCH."""
    light, a, b = _to_lab(channels(color)[:3])
    return light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(light: float, chroma: float, hue: float) -> str:
    """Write an OKLCH color as hex; chroma is lowered until the color exists."""
    low, high = 0.0, chroma
    radians = math.radians(hue)

    def rgb(strength: float) -> Lab:
        return _from_lab((light, strength * math.cos(radians), strength * math.sin(radians)))

    if all(-0.0005 <= part <= 1.0005 for part in rgb(chroma)):
        return written(*rgb(chroma))
    for _ in range(20):
        middle = (low + high) / 2
        if all(-0.0005 <= part <= 1.0005 for part in rgb(middle)):
            low = middle
        else:
            high = middle
    return written(*rgb(low))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _to_lab(rgb: Lab) -> Lab:
    red, green, blue = (_linear(part) for part in rgb)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_lab(lab: Lab) -> Lab:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )
