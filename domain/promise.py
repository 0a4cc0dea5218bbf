"""What a run has promised to deliver, what it delivered, and both held against each other line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from domain.nouns import Noun

What = Literal["length", "format", "scenes", "text", "language", "asset", "beat-sync"]
HEADING = "Promise"
"""The line above a promise that is written in a text."""
OFF_FRAMES = 1
"""So many frames a film may be longer or shorter than promised."""
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "ar": ("ARABIC",), "fa": ("ARABIC",), "ur": ("ARABIC",), "he": ("HEBREW",), "ru": ("CYRILLIC",),
    "uk": ("CYRILLIC",), "bg": ("CYRILLIC",), "el": ("GREEK",), "hi": ("DEVANAGARI",), "th": ("THAI",),
    "ko": ("HANGUL",), "zh": ("CJK",), "ja": ("HIRAGANA", "KATAKANA", "CJK"),
}  # fmt: skip
"""How the Unicode names of a language's letters begin; every other language is written in Latin letters."""


class Promise(Noun):
    """What a film is going to be; what is left open was not promised."""

    seconds: float | None = None
    format: str = ""
    """`16:9`, `9:16`, `1:1`."""
    scenes: int | None = None
    """At least so many."""
    texts: tuple[str, ...] = ()
    """Each appears word for word."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, the film's own first."""
    assets: tuple[str, ...] = ()
    """Ids of what the user gave, or paths in the project."""
    beat_sync: bool = False
    """Cuts fall on beats."""


class Delivery(Noun):
    """What a finished film is."""

    seconds: float
    fps: float
    width: int
    height: int
    scenes: int
    texts: tuple[str, ...] = ()
    """Everything that is written and seen, in the order of the film."""
    language: str = ""
    assets: tuple[str, ...] = ()
    """Names of what is shown or heard: ids and paths."""
    on_beats: bool = False
    """Whether cuts on beats were declared and found in the file."""


class PromiseLine(Noun):
    """One thing that was promised, and what came of it."""

    what: What
    promised: str
    delivered: str
    kept: bool


def held(promise: Promise, film: Delivery) -> tuple[PromiseLine, ...]:
    """Hold a film against its promise, line by line."""
    lines: list[PromiseLine] = []
    if promise.seconds is not None:
        near = abs(film.seconds - promise.seconds) <= (OFF_FRAMES + 0.5) / film.fps
        lines.append(_line("length", f"{promise.seconds:g} s", f"{film.seconds:g} s", near))
    if promise.format:
        made = shape(film.width, film.height)
        lines.append(_line("format", promise.format, made, made == promise.format))
    if promise.scenes is not None:
        enough = film.scenes >= promise.scenes
        lines.append(_line("scenes", str(promise.scenes), str(film.scenes), enough))
    said = [plain(text) for text in film.texts]
    whole = " ".join(said)
    for text in promise.texts:
        seen = any(plain(text) in each for each in said) or plain(text) in whole
        lines.append(_line("text", text, text if seen else "not seen", seen))
    for place, language in enumerate(promise.languages):
        lines.append(_language(language, film, leads=place == 0))
    for asset in promise.assets:
        there = asset in film.assets
        lines.append(_line("asset", asset, asset if there else "not used", there))
    if promise.beat_sync:
        on = film.on_beats
        lines.append(_line("beat-sync", "cuts on beats", "cuts on beats" if on else "none declared", on))
    return tuple(lines)


def weaker(old: Promise, new: Promise) -> tuple[str, ...]:
    """Say what a new promise no longer promises, or promises less of."""
    lost: list[str] = []
    if old.seconds is not None and new.seconds != old.seconds:
        now = "no length" if new.seconds is None else f"{new.seconds:g} s"
        lost.append(f"{now} in place of {old.seconds:g} s")
    if old.format and new.format != old.format:
        lost.append(f"{new.format or 'no format'} in place of {old.format}")
    if old.scenes and (new.scenes or 0) < old.scenes:
        lost.append(f"{new.scenes or 'any number of'} scenes in place of {old.scenes}")
    kept = {plain(text) for text in new.texts}
    lost += [f"without the text {text!r}" for text in old.texts if plain(text) not in kept]
    lost += [f"not in {each}" for each in old.languages if each not in new.languages]
    lost += [f"without {each}" for each in old.assets if each not in new.assets]
    if old.beat_sync and not new.beat_sync:
        lost.append("cuts not on beats")
    return tuple(lost)


def written(promise: Promise) -> str:
    """Write a promise as a block that can be read again."""
    lines = [HEADING]
    if promise.seconds is not None:
        lines.append(f"- Length: {promise.seconds:g} s")
    if promise.format:
        lines.append(f"- Format: {promise.format}")
    if promise.scenes is not None:
        lines.append(f"- Scenes: {promise.scenes}")
    lines += [f"- Text: {text}" for text in promise.texts]
    if promise.languages:
        lines.append(f"- Languages: {', '.join(promise.languages)}")
    lines += [f"- Asset: {each}" for each in promise.assets]
    if promise.beat_sync:
        lines.append("- Beat-sync: yes")
    return "\n".join(lines)


def shape(width: int, height: int) -> str:
    """Name a frame's proportions."""
    for name, across, down in (("16:9", 16, 9), ("9:16", 9, 16), ("1:1", 1, 1)):
        if abs(width * down - height * across) <= 0.01 * width * down:
            return name
    return f"{width}x{height}"


def plain(text: str) -> str:
    """Write a text as it is compared: without case, marks of direction, and breaks."""
    letters = (each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return " ".join("".join(letters).split()).casefold()


def _language(code: str, film: Delivery, *, leads: bool) -> PromiseLine:
    own = film.language.split("-")[0].lower()
    seen = own == code or (not leads and _written(film.texts, code))
    return _line("language", code, code if seen else own or "not said", seen)


def _written(texts: Iterable[str], code: str) -> bool:
    scripts = _SCRIPTS.get(code, ("LATIN",))
    return any(
        unicodedata.name(letter, "").startswith(scripts)
        for text in texts
        for letter in text
        if letter.isalpha()
    )


def _line(what: What, promised: str, delivered: str, kept: bool) -> PromiseLine:
    return PromiseLine(what=what, promised=promised, delivered=delivered, kept=kept)
