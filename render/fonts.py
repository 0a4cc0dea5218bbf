"""Faces by family, weight and slant: the project's own, then the system's; a replacement is noticed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import skia
import uharfbuzz as hb

from render import fallback

SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
ROLES = {"display": "Inter Display", "body": "Inter", "mono": "JetBrains Mono"}
_STAND_INS = ("Inter", "Noto Sans", "DejaVu Sans", "Liberation Sans")
_SUFFIXES = (".ttf", ".otf", ".ttc")
_manager = lru_cache(maxsize=1)(skia.FontMgr.New_Custom_Empty)


def plain(name: str) -> str:
    """Bring a family's or a file's name to what two spellings of it have in common."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\[.*?\]", "", name).lower())


@dataclass(frozen=True)
class Entry:
    """One face as its file describes it."""

    path: str
    index: int
    family: str
    style: str
    weight: int
    width: int
    italic: bool
    serif: bool
    axis: tuple[float, float] | None
    """Lightest and boldest weight of a variable font."""

    def distance(self, weight: float, italic: bool) -> tuple[float, ...]:
        """Tell how far the face is from a wish; the smallest is taken."""
        low, high = self.axis or (self.weight, self.weight)
        reach = min(max(weight, low), high)
        heavier = (reach > weight) != (weight >= 500)
        return (abs(self.width - 5), self.italic != italic, abs(reach - weight), heavier, self.index)


class Face:
    """One face at one weight, ready for shaping and drawing."""

    def __init__(self, entry: Entry, weight: float, italic: bool) -> None:
        self.entry = entry
        typeface = _manager().makeFromFile(entry.path, entry.index)
        if typeface is None:
            raise OSError(f"{entry.path} holds no font that can be drawn")
        self.hb = hb.Font(_hb_face(entry.path, entry.index))
        if entry.axis:
            low, high = entry.axis
            self.weight = min(max(weight, low), high)
            typeface = _varied(typeface, self.weight)
            self.hb.set_variations({"wght": self.weight})
        else:
            self.weight = entry.weight
        self.typeface = typeface
        self.upem = self.hb.face.upem
        self.embolden = not entry.axis and weight >= 600 and entry.weight <= 500
        self.slanted = italic and not entry.italic
        extents = self.hb.get_font_extents("ltr")
        self.ascent = extents.ascender / self.upem
        self.descent = -extents.descender / self.upem
        self.gap = extents.line_gap / self.upem
        self.color = self.hb.face.has_color_png or self.hb.face.has_color_layers
        self._fonts: dict[float, skia.Font] = {}
        self._outlines: dict[tuple[float, int], skia.Path] = {}

    @property
    def name(self) -> str:
        """Family and style, as reports write them."""
        style = f"{self.weight:g}" if self.entry.axis else self.entry.style
        return f"{self.entry.family} {style}".strip()

    def has(self, letter: str) -> bool:
        """Tell whether the face has a glyph of its own for a letter."""
        return bool(self.hb.get_nominal_glyph(ord(letter)))

    def sized(self, size: float) -> skia.Font:
        """Give the rasterizer's font of a size: unhinted, placed between pixels in both directions."""
        font = self._fonts.get(size)
        if font is None:
            if len(self._fonts) > 64:
                self._fonts.clear()
            font = skia.Font(self.typeface, size)
            font.setSubpixel(True)
            font.setBaselineSnap(False)
            font.setHinting(skia.FontHinting.kNone)
            font.setEdging(skia.Font.Edging.kAntiAlias)
            font.setEmbolden(self.embolden)
            font.setSkewX(-0.21 if self.slanted else 0)
            self._fonts[size] = font
        return font

    def outline(self, size: float, glyph: int) -> skia.Path:
        """Give a glyph as a path, its pen at the origin."""
        key = (size, glyph)
        found = self._outlines.get(key)
        if found is None:
            if len(self._outlines) > 4096:
                self._outlines.clear()
            found = self.sized(size).getPath(glyph) or skia.Path()
            self._outlines[key] = found
        return found


class Fonts:
    """All faces that a film can use."""

    def __init__(
        self,
        folder: Path | None = None,
        theme: Mapping[str, str] | None = None,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self._own = _files([folder / "assets"]) if folder else []
        self._theme = dict(theme or {})
        self._notice: Callable[[str], None] = notice or _unheard
        self._families: dict[str, tuple[Entry, ...]] = {}
        self._faces: dict[tuple[str, int, float, bool], Face] = {}
        self._chosen: dict[tuple[str, float, bool], Face] = {}
        self._stand_in: dict[tuple[str, str, float, bool, str], Face | None] = {}

    def face(self, asked: str, weight: float, italic: bool) -> Face:
        """Give the face nearest to a wish; a family that is not there is replaced, with a notice.

        Raises LookupError when the system has no usable face at all.
        """
        key = (asked, weight, italic)
        if key not in self._chosen:
            self._chosen[key] = self._open(self._entries(asked), weight, italic)
        return self._chosen[key]

    def for_letters(self, letters: str, script: str, first: Face, asked: str, language: str) -> Face | None:
        """Give a face that has some letters which the wanted one has not, by their script; or nothing."""
        weight, italic = first.weight, first.entry.italic
        key = (letters, asked, weight, italic, language)
        if key not in self._stand_in:
            self._stand_in[key] = self._search(letters, script, first, language, weight, italic)
            found = self._stand_in[key]
            if found and script != "Zsye" and self._named(asked):
                self._notice(
                    f"font {first.entry.family!r} has no {fallback.script_name(script)} letters: "
                    f"{found.entry.family!r} draws them"
                )
        return self._stand_in[key]

    def _search(
        self, letters: str, script: str, first: Face, language: str, weight: float, italic: bool
    ) -> Face | None:
        for family in fallback.families(script, serif=first.entry.serif, language=language):
            entries = self._family(family)
            if entries:
                found = self._open(entries, weight, italic)
                if all(found.has(letter) for letter in letters):
                    return found
        return None

    def _named(self, asked: str) -> bool:
        return asked not in ROLES or asked in self._theme

    def _entries(self, asked: str) -> tuple[Entry, ...]:
        wanted = self._theme.get(asked) or ROLES.get(asked, asked)
        entries = self._family(wanted)
        if entries:
            return entries
        for family in (ROLES.get(asked, ROLES["body"]), *_STAND_INS):
            entries = self._family(family)
            if entries:
                self._notice(f"font {wanted!r} is not there: {family!r} draws its letters")
                return entries
        raise LookupError("no font can be found: install fonts-inter or fonts-noto-core")

    def _family(self, family: str) -> tuple[Entry, ...]:
        key = plain(family)
        if key not in self._families:
            found = [entry for path in self._own for entry in _described(path) if plain(entry.family) == key]
            self._families[key] = tuple(found) or _system_family(key)
        return self._families[key]

    def _open(self, entries: tuple[Entry, ...], weight: float, italic: bool) -> Face:
        best = min(entries, key=lambda entry: entry.distance(weight, italic))
        key = (best.path, best.index, weight if best.axis else weight >= 600, italic)
        if key not in self._faces:
            self._faces[key] = Face(best, weight, italic)
        return self._faces[key]


@lru_cache(maxsize=256)
def _system_family(key: str) -> tuple[Entry, ...]:
    """Find a family among the system's faces; file names tell which are worth opening."""
    near: list[str] = []
    for path in _system_files():
        stem = plain(Path(path).stem.split("-")[0])
        if stem and (stem == key or key.startswith(stem) or stem.startswith(key)):
            near.append(path)
    found = tuple(e for path in near for e in _described(path) if plain(e.family) == key)
    if found:
        return found
    return tuple(e for path in _system_files() for e in _described(path) if plain(e.family) == key)


@lru_cache(maxsize=1)
def _system_files() -> tuple[str, ...]:
    return tuple(_files(SYSTEM))


def _files(folders: Iterable[Path]) -> list[str]:
    return sorted(
        os.path.join(where, name)  # noqa: PTH118 - thousands of files on the way to the first frame
        for folder in folders
        for where, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(_SUFFIXES)
    )


@lru_cache(maxsize=64)
def _hb_face(path: str, index: int) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(path), index)


@lru_cache(maxsize=8192)
def _described(path: str) -> tuple[Entry, ...]:
    """Describe all faces of a file; a file that is none has none."""
    try:
        blob = hb.Blob.from_file_path(path)
    except hb.HarfBuzzError:
        return ()
    found: list[Entry] = []
    for index in range(hb.Face(blob).count):
        face = hb.Face(blob, index)
        family = face.get_name(16, "en") or face.get_name(1, "en")
        if not family or not face.glyph_count:
            continue
        table = face.reference_table("OS/2").data or b""
        number = [int.from_bytes(table[at : at + 2], "big") for at in range(0, 64, 2)]
        axis = next(
            ((a.min_value, a.max_value) for a in face.axis_infos if a.tag == "wght"), None
        ) if face.has_var_data else None  # fmt: skip
        style = face.get_name(17, "en") or face.get_name(2, "en") or ""
        whole = len(number) > 31 and len(table) >= 64
        found.append(
            Entry(
                path=path,
                index=index,
                family=family,
                style=style,
                weight=number[2] if whole else 400,
                width=number[3] if whole else 5,
                italic=bool(whole and number[31] & 1) or "Italic" in style,
                serif=bool(whole and table[32] == 2 and 2 <= table[33] <= 10) or "Serif" in family,
                axis=axis,
            )
        )
    return tuple(found)


def _unheard(text: str) -> None:
    """Drop a notice that nobody asked for."""


def _varied(typeface: skia.Typeface, weight: float) -> skia.Typeface:
    arguments = skia.FontArguments()
    tag = int.from_bytes(b"wght", "big")
    place = skia.FontArguments.VariationPosition(
        skia.FontArguments.VariationPosition.Coordinates(
            [skia.FontArguments.VariationPosition.Coordinate(tag, weight)]
        )
    )
    arguments.setVariationDesignPosition(place)
    return typeface.makeClone(arguments) or typeface
