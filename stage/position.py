"""Where on a timeline something begins: GSAP's position words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from stage.mistakes import Wrong
from stage.values import number

Base = Literal["zero", "end", "previous start", "previous end", "label", "beat", "mark"]
HINT = (
    "give seconds, '<', '>', '<0.2', '<40%', '+=0.5', '-=0.3', 'label', 'label+0.3', 'beat:4' or 'mark:drop'"
)
_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_NEIGHBOUR = re.compile(rf"^([<>])(?:([+-]?)=?({_NUMBER})(%?))?$")
_AFTER = re.compile(rf"^([+-])=({_NUMBER})$")
_BEAT = re.compile(rf"^beat:({_NUMBER})(?:([+-])=?({_NUMBER}))?$")
_MARK = re.compile(rf"^mark:([^+]+?)(?:([+-])=?({_NUMBER}))?$")
_LABEL = re.compile(rf"^([A-Za-z_][\w.]*(?:-[A-Za-z_][\w.]*)*)(?:([+-])=?({_NUMBER}))?$")


@dataclass(frozen=True)
class Position:
    """A point in time that is known once the timeline is laid out."""

    base: Base
    offset: float = 0
    """Seconds after the base."""
    share: float = 0
    """Of the previous tween's length after the base."""
    label: str = ""
    beat: float = 0


END = Position("end")


def position(at: object) -> Position:
    """Read a position; raises Wrong with the forms there are."""
    if at is None:
        return END
    if isinstance(at, Position):
        return at
    if not isinstance(at, str):
        return Position("zero", number("at", at, 0, 7_200))
    text = at.strip().replace(" ", "")
    if re.fullmatch(_NUMBER, text):
        return Position("zero", number("at", float(text), 0, 7_200))
    if match := _NEIGHBOUR.match(text):
        base: Base = "previous start" if match[1] == "<" else "previous end"
        amount = _signed(match[2], match[3])
        return Position(base, share=amount / 100) if match[4] else Position(base, amount)
    if match := _AFTER.match(text):
        return Position("end", _signed(match[1], match[2]))
    if match := _BEAT.match(text):
        return Position("beat", _signed(match[2], match[3]), beat=float(match[1]))
    if match := _MARK.match(text):
        return Position("mark", _signed(match[2], match[3]), label=match[1])
    if match := _LABEL.match(text):
        return Position("label", _signed(match[2], match[3]), label=match[1])
    raise Wrong(f"at is {at!r}, which is no position", HINT)


def _signed(sign: str | None, amount: str | None) -> float:
    return float(amount or 0) * (-1 if sign == "-" else 1)
