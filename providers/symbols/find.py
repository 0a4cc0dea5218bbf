"""Finding symbols for words: by the names of Lucide, and by words for them in three languages."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final, cast
from xml.etree.ElementTree import Element, fromstring  # nosec: our own package's files
from zipfile import ZipFile

_WORDS: Final = re.compile(r"[^\W_]+", re.UNICODE)
_ENDINGS: Final = ("es", "en", "s", "n", "e", "ات", "ين")
_SILENT: Final = frozenset(
    "a an and at by for from in into line of off on open or plus the to up with down minus small big "
    "large icon icons logo symbol symbols drawing illustration simple minimal flat style outline round "
    "square circle two three four one modern elegant calm nice beautiful text type section group frame "
    "background ein eine einen und mit für von der die das im am zum über zwei drei einfach einfaches "
    "kleines großes في من على مع و أو شعار أيقونة رمز رسم".split()
)
"""Words that say how, not what, though some of them are names of symbols."""
_PREFIXES: Final = ("وال", "بال", "ال", "و")


@cache
def _archive() -> ZipFile:
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@cache
def names() -> frozenset[str]:
    """Every symbol there is."""
    return frozenset(name.removesuffix(".svg") for name in _archive().namelist() if name.endswith(".svg"))


def parts(name: str) -> list[Element]:
    """The shapes of a symbol, on a square of 24 by 24, to be stroked."""
    root = fromstring(_archive().read(f"{name}.svg"))  # noqa: S314 - our own package's files
    return list(root)


@cache
def _index() -> dict[str, str]:
    """Every word to its symbol; what was chosen by hand comes before names and their parts."""
    found: dict[str, str] = {}
    text = files("providers.symbols").joinpath("words.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            symbol, *words = (part.strip() for part in line.split("|"))
            for word in (symbol, *words):
                found.setdefault(word, symbol)
    for name in sorted(names(), key=lambda each: (each.count("-"), len(each))):
        for word in (name, name.partition("-")[0]):
            found.setdefault(word, name)
    return found


def find(description: str, most: int = 3) -> list[str]:
    """List the symbols for a description, in the order of its words, no two alike; none for unknown words."""
    words = [word for word in _WORDS.findall(description.lower())]
    found: list[str] = []
    at = 0
    while at < len(words) and len(found) < most:
        two = words[at : at + 2]
        pairs = ("-".join(two), "-".join(reversed(two))) if len(two) == 2 and _SILENT.isdisjoint(two) else ()
        symbol = next((_index()[pair] for pair in pairs if pair in _index()), None)
        at += 2 if symbol else 1
        symbol = symbol or _of(words[at - 1])
        if symbol and symbol.partition("-")[0] not in {each.partition("-")[0] for each in found}:
            found.append(symbol)
    return found


def near(description: str) -> list[str]:
    """Words that are spelled like those of a description."""
    words = [word for word in _WORDS.findall(description.lower()) if word not in _SILENT]
    known = list(_index())
    close: dict[str, None] = {}
    for word in words:
        close |= dict.fromkeys(cast("list[str]", difflib.get_close_matches(word, known, n=2, cutoff=0.75)))
    return list(close)[:6]


def _of(word: str) -> str | None:
    if word in _SILENT or len(word) < 2:
        return None
    for bare in _bare(word):
        if bare in _index() and bare not in _SILENT:
            return _index()[bare]
    return None


def _bare(word: str) -> list[str]:
    """A word as it stands, without an Arabic article, and without a plural's ending."""
    stems = [word]
    stems += [
        word.removeprefix(each) for each in _PREFIXES if word.startswith(each) and len(word) > len(each) + 2
    ]
    stems += [
        stem[: -len(each)]
        for stem in list(stems)
        for each in _ENDINGS
        if stem.endswith(each) and len(stem) > len(each) + 2
    ]
    return stems
