"""What the gallery shows: every kind, piece, effect, motion, transition, curve and template, as source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from domain import plugins
from domain.template import Shape, Template
from stage import transition_examples
from stage import vocabulary as words
from stage.effect_examples import EFFECTS
from stage.examples import KINDS, WORDS, source
from stage.motion_examples import MOTION
from stage.pieces.examples import PIECES
from stage.reuse_examples import REUSE

SEEN = ("to", "from_", "from_to", "set", "add", "follow", "camera", "film.random")
"""Words of the timeline that have something to look at."""
LATE = {"duotone": 2.1, "adjust": 1.9, "vignette": 2.1, "glow": 1.0}
"""When effects that come in are there, seconds."""
MIDDLE = {"cut": 2.1, "dip": 2.2, "whip": 1.75, "zoom": 1.63, "morph": 1.55}
"""When transitions are half way, seconds."""
CURVES = """from stage import *

film = Film("Curves", theme="navy")
scene = film.add(Scene("curves", seconds=3))
grid = Grid(columns=8, gap=36, row_gap=24, anchor="center", width=1780)
dots = []
for name, ease in EASES.items():
    cell = Group(height=138)
    cell.add(Rect(width=190, height=90, anchor="top", radius=12, fill="surface"))
    dot = Ellipse(width=26, height=26, fill="accent", anchor="top-left", x=14, y=32)
    cell.add(dot, Text(name, size=26, color="muted", anchor="bottom", features="tnum"))
    grid.add(cell)
    scene.timeline.to(dot, x=154, duration=2.2, ease=ease, at=0.3)
scene.add(grid)
"""
_ARGUMENTS = {"steps": "(5)", "bezier": "(.16,1,.3,1)", "expoScale": "(0.2,4)"}


@dataclass(frozen=True)
class Entry:
    """One picture of the gallery."""

    group: str
    name: str
    about: str
    files: dict[str, str] = field(repr=False)
    first: float = 0.0
    """Second of the film on which the clip begins."""
    seconds: float = 2.4
    still: float | None = None
    """Second of the film that the still shows; the richest of the clip unless said."""

    @property
    def slug(self) -> str:
        """The name of its files."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.group}-{self.name}".lower()).strip("-")


def entries() -> list[Entry]:
    """List everything, group by group."""
    found = [Entry("Nodes", kind, words.SUMMARIES[kind], _film(text)) for kind, text in KINDS.items()]
    found += [Entry("Pieces", name, about, _film(text)) for name, (about, text) in PIECES.items()]
    found += [
        Entry("Effects", name, about, _film(text), still=LATE.get(name))
        for name, (about, text) in EFFECTS.items()
    ]
    found += [
        Entry("Transitions", kind, transition_examples.about(kind) + ".",
              {"film.py": transition_examples.source(kind)}, 0.8, 1.8, MIDDLE.get(kind, 1.6))
        for kind in words.TRANSITIONS
    ]  # fmt: skip
    timeline = {name: WORDS[name] for name in SEEN}
    found += [
        Entry("Motion", name, about, _film(text))
        for name, (about, text) in (timeline | MOTION | REUSE).items()
    ]
    found.append(Entry("Motion", "eases", "Every curve: " + ", ".join(words.EASE_NAMES) + ".", _curves()))
    return found + [_template(name) for name in plugins.names("templates.gallery")]


def _film(snippet: str) -> dict[str, str]:
    return {"film.py": source(snippet)}


def _curves() -> dict[str, str]:
    forms = {"steps", "none", "linear", "bezier"}
    eases = {
        f"{name}{form}": f"{name}{form}{_ARGUMENTS.get(name, '')}"
        for name in words.EASE_NAMES
        for form in (("",) if name in forms else (".out", ".inOut"))
    }
    return {"film.py": f"EASES = {eases!r}\n{CURVES}"}


def _template(name: str) -> Entry:
    template = cast(Template, plugins.load("templates.gallery", name))
    card = template.CARD
    about = f"{card.title}: {card.description}"
    return Entry(
        "Templates", name, about, template.files(Shape(), card.title), min(1.0, card.seconds / 8), 4.5
    )
