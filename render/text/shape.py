"""Words with their styles, shaped by HarfBuzz into glyphs that know which letters they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import uharfbuzz as hb

from render.fonts import Face, Fonts
from render.text import bidi
from render.text.script import EMOJI, JOINED, is_visible, script_of, scripts

_CONTEXT = 8
"""Letters on either side of a run that its shapes may depend on; HarfBuzz looks at five."""


@dataclass(frozen=True)
class Style:
    """How a stretch of text is written; sizes and spacing before any fitting."""

    font: str
    size: float
    weight: float = 400
    italic: bool = False
    features: str = ""
    language: str = ""
    spacing: float = 0
    """Extra space between letters, em."""
    span: int = 0
    """Which span it belongs to; 0 when the text has none."""


@dataclass(frozen=True)
class Item:
    """Neighbouring letters with one direction, script, face and style."""

    start: int
    end: int
    level: int
    script: str
    face: Face
    style: Style


@dataclass
class Run:
    """Shaped glyphs of one item, left to right; lengths for an unfitted size."""

    item: Item
    start: int
    end: int
    glyphs: list[int]
    clusters: list[int]
    advances: list[float]
    offsets: list[tuple[float, float]]
    missing: int = 0

    @property
    def width(self) -> float:
        """The pen's way over the whole run."""
        return sum(self.advances)


@dataclass
class Source:
    """One paragraph: its letters, their styles, and the items that they fall into."""

    text: str
    styles: tuple[tuple[int, Style], ...]
    """The end of each stretch and its style, in order."""
    base: int
    fonts: Fonts
    notice: Callable[[str], None]
    levels: list[int] = field(default_factory=list[int])
    items: list[Item] = field(default_factory=list[Item])

    def __post_init__(self) -> None:
        names = {script_of(letter) for letter in self.text}
        self.hint = "ja" if names & {"Hira", "Kana"} else "ko" if "Hang" in names else ""
        self.levels = bidi.levels(self.text, self.base)
        self.items = _items(self)
        self._runs: dict[tuple[int, int, int], Run] = {}

    def style_at(self, place: int) -> Style:
        """Give the style of one letter."""
        return next((style for end, style in self.styles if place < end), self.styles[-1][1])

    def run(self, item: Item, start: int, end: int) -> Run:
        """Shape the part of an item that falls between two places."""
        key = (item.start, start, end)
        if key not in self._runs:
            self._runs[key] = _shape(self, item, start, end)
        return self._runs[key]

    def widths(self) -> list[float]:
        """Give every letter its advance; the letters of a cluster share its first one's."""
        found = [0.0] * (len(self.text) + 1)
        for item in self.items:
            run = self.run(item, item.start, item.end)
            for cluster, advance in zip(run.clusters, run.advances, strict=True):
                found[cluster] += advance
        return found

    def clusters(self) -> list[int]:
        """List the places where a cluster of letters begins."""
        found: set[int] = set()
        for item in self.items:
            found.update(self.run(item, item.start, item.end).clusters)
        return sorted(found)

    def cut(self, start: int, end: int, tail: str) -> Source:
        """Make a paragraph of a part of this one with a mark behind it."""
        body = self.text[start:end].rstrip()
        styles = tuple(
            (min(stop, start + len(body)) - start, style) for stop, style in self.styles if stop > start
        )
        inside = [
            (stop, style)
            for at, (stop, style) in enumerate(styles)
            if at == 0 or styles[at - 1][0] < len(body)
        ]
        inside[-1] = (len(body) + len(tail), inside[-1][1])
        return Source(body + tail, tuple(inside), self.base, self.fonts, self.notice)


def _items(source: Source) -> list[Item]:
    found: list[Item] = []
    text, names = source.text, scripts(source.text)
    previous: Face | None = None
    start = 0
    key: tuple[int, str, int, Style] | None = None
    for at, letter in enumerate(text):
        style = source.style_at(at)
        same = at > 0 and names[at - 1] == names[at] and source.style_at(at - 1) == style
        face = _face(source, letter, names[at], style, previous if same else None)
        now = (source.levels[at], names[at], id(face), style)
        if key is not None and now != key and previous is not None:
            found.append(Item(start, at, key[0], key[1], previous, key[3]))
            start = at
        key, previous = now, face
    if key is not None and previous is not None:
        found.append(Item(start, len(text), key[0], key[1], previous, key[3]))
    return found


def _face(source: Source, letter: str, script: str, style: Style, previous: Face | None) -> Face:
    """Choose the face of one letter: the wanted one, the neighbour's, or one that has it."""
    wanted = source.fonts.face(style.font, style.weight, style.italic and script not in JOINED)
    if script == EMOJI:
        found = source.fonts.for_letters("😀", EMOJI, wanted, style.font, style.language)
        return found or wanted
    loose = not letter.isalnum()
    if loose and previous is not None and (previous.has(letter) or not is_visible(letter)):
        return previous
    if wanted.has(letter):
        return wanted
    if not is_visible(letter) or letter in "\ufe0e\ufe0f":
        return previous or wanted
    if previous is not None and previous.has(letter):
        return previous
    language = style.language or source.hint
    found = source.fonts.for_letters(letter, script, wanted, style.font, language)
    if found is None and not wanted.has(letter):
        source.notice(f"no font has U+{ord(letter):04X} {letter!r}")
    return found or wanted


def _features(style: Style, joined: bool) -> dict[str, bool | int]:
    found: dict[str, bool | int] = {}
    if style.spacing and not joined:
        found.update(liga=False, clig=False)
    for part in style.features.replace(" ", "").split(","):
        name, _, value = part.lstrip("+-").partition("=")
        if len(name) == 4:
            found[name] = int(value) if value.isdigit() else not part.startswith("-")
    return found


def _shape(source: Source, item: Item, start: int, end: int) -> Run:
    buffer = hb.Buffer()
    near = max(0, start - _CONTEXT)
    buffer.add_codepoints(
        [ord(letter) for letter in source.text[near : end + _CONTEXT]], start - near, end - start
    )
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = "Zyyy" if item.script == EMOJI else item.script
    if item.style.language:
        buffer.language = item.style.language
    buffer.guess_segment_properties()
    joined = item.script in JOINED
    hb.shape(item.face.hb, buffer, _features(item.style, joined))
    unit = item.style.size / item.face.upem
    spacing = 0 if joined else item.style.spacing * item.style.size
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    clusters = [info.cluster + near for info in infos]
    advances = [place.x_advance * unit for place in places]
    for at, info in enumerate(infos):
        last = at + 1 == len(infos) or infos[at + 1].cluster != info.cluster
        if last and spacing and source.text[clusters[at]] not in "\u200b\u00ad":
            advances[at] += spacing
    missing = sum(
        1
        for info, cluster in zip(infos, clusters, strict=True)
        if info.codepoint == 0 and is_visible(source.text[cluster])
    )
    return Run(
        item=item,
        start=start,
        end=end,
        glyphs=[info.codepoint for info in infos],
        clusters=clusters,
        advances=advances,
        offsets=[(place.x_offset * unit, -place.y_offset * unit) for place in places],
        missing=missing,
    )


def paragraphs(
    stretches: Sequence[tuple[str, Style]],
    direction: str,
    fallback: int,
    fonts: Fonts,
    notice: Callable[[str], None],
) -> list[Source]:
    """Split styled stretches at line breaks into paragraphs."""
    found: list[list[tuple[str, Style]]] = [[]]
    for text, style in stretches:
        for at, part in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if at:
                found.append([])
            found[-1].append((_clean(part), style))
    made: list[Source] = []
    whole = "".join(text for text, _ in stretches)
    common = bidi.base_level(whole, fallback)
    for parts in found:
        text = "".join(part for part, _ in parts)
        styles: list[tuple[int, Style]] = []
        end = 0
        for part, style in parts:
            end += len(part)
            styles.append((end, style))
        base = {"ltr": 0, "rtl": 1}.get(direction, bidi.base_level(text, common))
        made.append(Source(text, tuple(styles), base, fonts, notice))
    return made


def _clean(text: str) -> str:
    """Leave out control letters that no font draws; a tab is a space."""
    return "".join(
        " " if letter == "\t" else letter for letter in text if letter == "\t" or ord(letter) >= 32
    )
