"""Numbers as people write them: read from the points, and shown so that they can count."""

import re
from dataclasses import dataclass

import content
from components.look import joined, letters

from stage import Counter, Film

WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
LOCALES = ("en", "de", "fr", "ar")


@dataclass(frozen=True)
class Amount:
    """A number with what stands around it."""

    title: str
    shown: str
    """As it was written."""
    value: float
    decimals: int
    before: str
    after: str


def read(point: dict) -> Amount | None:
    """Read the number of a point; none when it has none."""
    shown = point.get("text", "").strip()
    found = re.search(r"[-+]?\d[\d.,' ]*\d|\d", shown.translate(WESTERN))
    if not found:
        return None
    digits = found.group().replace(" ", "").replace("'", "")
    parts = re.split(r"[.,]", digits)
    whole = len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    decimals = 0 if whole or len(parts) == 1 else len(parts[-1])
    plain = "".join(parts) if not decimals else f"{''.join(parts[:-1])}.{parts[-1]}"
    return Amount(
        point["title"],
        shown,
        float(plain),
        decimals,
        shown[: found.start()],
        shown[found.end() :].rstrip("."),
    )


def compared() -> list[Amount]:
    """List the numbers of the film, in their order."""
    return [amount for point in content.POINTS if (amount := read(point)) is not None]


def focus(amounts: list[Amount]) -> int:
    """Tell which of them the film is about."""
    named = [index for index, each in enumerate(amounts) if content.FOCUS and each.title == content.FOCUS]
    return named[0] if named else max(range(len(amounts)), key=lambda index: amounts[index].value)


def counter(film: Film, amount: Amount, size: float, **more: object) -> Counter:
    """Set a number in large figures that can count."""
    language = film.language.split("-")[0]
    arabic = film.language.startswith("ar")
    style: dict[str, object] = {
        "decimals": amount.decimals,
        "locale": language if language in LOCALES else "en",
        "prefix": amount.before,
        "suffix": amount.after,
        "font": content.ARABIC_FONTS["body"] if arabic or joined(amount.after) else "display",
        "weight": 800,
        "size": size,
        "line_height": 1,
        "letter_spacing": 0 if arabic else -0.03,
        "features": "tnum",
    }
    return Counter(amount.value, **{**style, **more})


def small(film: Film, words: str, size: float, **more: object) -> object:
    """Set a label of the chart."""
    return letters(film, words, "label", **{"size": size, "weight": 600, "letter_spacing": 0, **more})
