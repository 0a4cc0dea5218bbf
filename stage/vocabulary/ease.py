"""The eases: names of curves, and reading them from text."""

from __future__ import annotations

import re
from dataclasses import dataclass

EASE_NAMES = ("none", "linear", "sine", "power1", "power2", "power3", "power4", "quad", "cubic", "quart", "quint",
              "expo", "circ", "back", "elastic", "bounce", "steps", "spring", "bezier")  # fmt: skip
EASE_FORMS = ("in", "out", "inOut")
_EASE = re.compile(r"^([A-Za-z]+\d?)(?:\.(inOut|in|out))?(?:\(([^()]*)\))?$")
_ARGUMENTS = {"back": (0, 1), "elastic": (0, 2), "steps": (1, 1), "spring": (0, 2), "bezier": (4, 4)}


@dataclass(frozen=True)
class Ease:
    """A named curve from 0 to 1: GSAP's names, and `spring(damping, settle)` and `bezier(x1,y1,x2,y2)`."""

    name: str
    form: str
    arguments: tuple[float, ...]


def parse_ease(text: str) -> Ease:
    """Read `power3.out`, `back.inOut(1.7)`, `steps(5)`, `spring(0.55)`, `bezier(.16,1,.3,1)` or `none`.

    Raises ValueError with the way out when the words are not of that form.
    """
    match = _EASE.match(text.strip().replace(" ", ""))
    name = match[1] if match else text
    if match is None or name not in EASE_NAMES:
        raise ValueError(f"{text!r} is no ease; it starts with one of {', '.join(EASE_NAMES)}")
    try:
        numbers = tuple(float(part) for part in (match[3] or "").split(",") if part)
    except ValueError:
        raise ValueError(f"the arguments of ease {text!r} are not numbers") from None
    fewest, most = _ARGUMENTS.get(name, (0, 0))
    if not fewest <= len(numbers) <= most:
        raise ValueError(f"ease {name!r} takes {fewest} to {most} arguments, not {len(numbers)}")
    return Ease(name, match[2] or "out", numbers)
