"""Which families draw a script that the wanted font lacks, best first."""

from __future__ import annotations

_SANS = {
    "Arab": ("Noto Sans Arabic", "Noto Kufi Arabic", "Noto Naskh Arabic", "Amiri"),
    "Hebr": ("Noto Sans Hebrew",),
    "Deva": ("Noto Sans Devanagari",),
    "Beng": ("Noto Sans Bengali",),
    "Taml": ("Noto Sans Tamil",),
    "Telu": ("Noto Sans Telugu",),
    "Thai": ("Noto Sans Thai",),
    "Geor": ("Noto Sans Georgian",),
    "Armn": ("Noto Sans Armenian",),
    "Ethi": ("Noto Sans Ethiopic",),
    "Khmr": ("Noto Sans Khmer",),
    "Mymr": ("Noto Sans Myanmar",),
    "Sinh": ("Noto Sans Sinhala",),
    "Laoo": ("Noto Sans Lao", "Noto Looped Lao"),
    "Gujr": ("Noto Sans Gujarati",),
    "Guru": ("Noto Sans Gurmukhi",),
    "Knda": ("Noto Sans Kannada",),
    "Mlym": ("Noto Sans Malayalam",),
    "Latn": ("Noto Sans", "DejaVu Sans"),
    "Grek": ("Noto Sans", "DejaVu Sans"),
    "Cyrl": ("Noto Sans", "DejaVu Sans"),
    "Syrc": ("Noto Sans Syriac",),
    "Nkoo": ("Noto Sans NKo",),
    "Zsye": ("Noto Color Emoji",),
}
_SERIF = {
    "Arab": ("Amiri", "Noto Naskh Arabic", "Noto Sans Arabic"),
    "Hebr": ("Noto Serif Hebrew", "Noto Rashi Hebrew", "Noto Sans Hebrew"),
    "Latn": ("Noto Serif", "DejaVu Serif"),
    "Grek": ("Noto Serif", "DejaVu Serif"),
    "Cyrl": ("Noto Serif", "DejaVu Serif"),
}
_SYMBOLS = (
    "Noto Sans",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Color Emoji",
    "Noto Sans Arabic",
)
_HAN = ("Hani", "Hira", "Kana", "Hang", "Bopo")
_NAMES = {
    "Arab": "Arabic", "Hebr": "Hebrew", "Hani": "Chinese", "Hira": "Japanese", "Kana": "Japanese",
    "Hang": "Korean", "Deva": "Devanagari", "Thai": "Thai", "Grek": "Greek", "Cyrl": "Cyrillic",
    "Latn": "Latin", "Zyyy": "symbol", "Zinh": "mark",
}  # fmt: skip


def script_name(script: str) -> str:
    """Name a script for people."""
    return _NAMES.get(script, script)


def families(script: str, *, serif: bool, language: str) -> tuple[str, ...]:
    """List families for a script, best first."""
    if script in _HAN:
        kind = "Noto Serif CJK" if serif else "Noto Sans CJK"
        first = _region(script, language)
        return tuple(f"{kind} {region}" for region in dict.fromkeys((first, "SC", "JP", "TC", "KR")))
    own = _SANS.get(script, ())
    if serif:
        own = (*_SERIF.get(script, ()), *(f"Noto Serif {script_name(script)}",), *own)
    return tuple(dict.fromkeys((*own, *_SYMBOLS)))


def _region(script: str, language: str) -> str:
    language = language.lower()
    if script in ("Hira", "Kana") or language.startswith("ja"):
        return "JP"
    if script == "Hang" or language.startswith("ko"):
        return "KR"
    if language.startswith("zh") and any(part in language for part in ("hant", "tw", "hk", "mo")):
        return "TC"
    return "SC"
