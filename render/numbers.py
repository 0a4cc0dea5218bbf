"""Numbers as people write them, by locale."""

from __future__ import annotations

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MARKS = {"en": (",", "."), "de": (".", ","), "fr": ("\u202f", ","), "ar": ("٬", "٫"), "in": (",", ".")}


def write(value: float, decimals: int, *, grouping: bool, locale: str) -> str:
    """Write a number with the digits and separators of a locale."""
    group, point = _MARKS[locale]
    text = f"{abs(value):.{decimals}f}"
    whole, _, rest = text.partition(".")
    if grouping:
        whole = group.join(_grouped(whole, 2 if locale == "in" else 3))
    negative = value < 0 and any(digit in "123456789" for digit in text)
    written = f"{whole}{point}{rest}" if rest else whole
    if locale == "ar":
        return ("\u061c-" if negative else "") + written.translate(_ARABIC)
    return ("−" if negative else "") + written


def _grouped(digits: str, size: int) -> list[str]:
    """Split digits into a last group of three and others of a size."""
    head, tail = digits[:-3], digits[-3:]
    first = len(head) % size
    groups = [head[:first]] if first else []
    groups.extend(head[at : at + size] for at in range(first, len(head), size))
    return [*groups, tail]
