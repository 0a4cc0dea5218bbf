"""The eases: names of curves, and reading them from text."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

EASE_NAMES = ("none", "linear", "sine", "power1", "power2", "power3", "power4", "quad", "cubic", "quart", "quint",
              "expo", "circ", "back", "elastic", "bounce", "steps", "spring", "bezier", "slow", "rough", "expoScale")  # fmt: skip
EASE_FORMS = ("in", "out", "inOut")
_EASE = re.compile(r"^([A-Za-z]+\d?)(?:\.(inOut|in|out))?(?:\(([^()]*)\))?$")
_ARGUMENTS = {"back": (0, 1), "elastic": (0, 2), "steps": (1, 1), "spring": (0, 2), "bezier": (4, 40),
              "slow": (0, 2), "rough": (0, 2), "expoScale": (0, 2)}  # fmt: skip


@dataclass(frozen=True)
class Ease:
    """A named curve from 0 to 1: GSAP's names, and `spring(damping, settle)` and `bezier(x1,y1,x2,y2)`.

    A bezier goes through more points with six numbers more for each: the point, and its two handles.
    """

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
    if not all(-1_000 <= each <= 1_000 for each in numbers):
        raise ValueError(f"an argument of ease {text!r} is beyond -1000 to 1000")
    if name == "bezier":
        _check_path(text, numbers)
    if name == "expoScale" and min(numbers, default=1) <= 0:
        raise ValueError(f"the sizes of ease {text!r} are not above 0")
    return Ease(name, match[2] or "out", numbers)


def _check_path(text: str, numbers: tuple[float, ...]) -> None:
    """Hold a path of curves against its form: points go to the right."""
    if (len(numbers) - 4) % 6:
        raise ValueError(
            f"ease {text!r} takes 4 numbers, and 6 more for each point between; not {len(numbers)}"
        )
    across = (0.0, *numbers[4::6], 1.0)
    if any(one >= other for one, other in itertools.pairwise(across)):
        raise ValueError(f"the points of ease {text!r} do not go from left to right between 0 and 1")
