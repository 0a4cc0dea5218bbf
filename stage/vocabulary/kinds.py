"""Every kind of node, joined from the files that tell of them."""

from __future__ import annotations

from stage.vocabulary import boxes, charts, fields, pictures, shapes, speech, texts
from stage.vocabulary.kind import Kind

FILES: dict[str, dict[str, Kind]] = {
    "boxes": boxes.KINDS,
    "texts": texts.KINDS,
    "shapes": shapes.KINDS,
    "pictures": pictures.KINDS,
    "charts": charts.KINDS,
    "speech": speech.KINDS,
    "fields": fields.KINDS,
}
"""The kinds of each file."""
ALL = {name: kind for kinds in FILES.values() for name, kind in kinds.items()}
"""Every kind of node; each is drawn by `render/layers/<kind>.py`."""

KINDS = {name: kind.table for name, kind in ALL.items()}
"""Every kind of node and all its properties."""
SUMMARIES = {name: kind.summary for name, kind in ALL.items()}
"""What each kind is, in one sentence."""
FIRST_WORDS = {name: kind.first for name, kind in ALL.items() if kind.first}
"""The property that may be said without its name."""
CONTAINERS = frozenset(name for name, kind in ALL.items() if kind.holds)
"""Kinds that hold children."""
TAKES = {name: kind.takes for name, kind in ALL.items() if kind.takes}
"""Kinds that hold children of one kind, which stand nowhere else."""
LETTERED = frozenset(name for name, kind in ALL.items() if kind.parts)
"""Kinds whose lines, words and characters may move on their own."""
ROLES = {name: kind.roles for name, kind in ALL.items() if kind.roles}
"""What each kind takes from the theme unless it says otherwise."""
