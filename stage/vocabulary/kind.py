"""What one kind of node is: its properties, its summary, and what may be said without a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from stage.vocabulary.property import Property


@dataclass(frozen=True)
class Kind:
    """A kind of node, drawn by `render/layers/<kind>.py`."""

    summary: str
    """What it is, in one sentence."""
    table: dict[str, Property]
    first: str = ""
    """The property that may be said without its name."""
    holds: bool = False
    """Whether it holds children."""
    takes: str = ""
    """The one kind that it holds."""
    parts: bool = False
    """Whether it is a text whose lines, words and characters may move on their own."""
    roles: dict[str, object] = field(default_factory=dict[str, object])
    """What it takes from the theme unless it says otherwise, by property."""
