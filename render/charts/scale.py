"""Round numbers for an axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """An axis from one number to another."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a number stands, 0 at the low end and 1 at the high end."""
        return (value - self.low) / (self.high - self.low)


def scale(values: list[float], low: float | None, high: float | None, steps: int, *, zero: bool) -> Scale:
    """Find the axis that holds all values on round numbers; with `zero` it holds 0 too."""
    least, most = min(values, default=0.0), max(values, default=1.0)
    if zero:
        least, most = min(least, 0.0), max(most, 0.0)
    least = low if low is not None and not (zero and low > 0) else least
    most = high if high is not None else most
    if not most - least > abs(most) * 1e-9:
        most = least + max(abs(least), 1.0)
    step = _step((most - least) / max(1, steps))
    first = least if low is not None else math.floor(least / step + 1e-9) * step
    last = most if high is not None else math.ceil(most / step - 1e-9) * step
    count = math.floor((last - first) / step + 1e-6)
    return Scale(first, last, tuple(first + step * at for at in range(min(count, 100) + 1)))


def _step(rough: float) -> float:
    """Round a step up to 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(rough, 1e-12)))
    return next(step * power for step in _ROUND if step * power >= rough * 0.999)


def digits(ticks: tuple[float, ...], most: int) -> int:
    """Tell how many digits after the point the ticks need, up to so many."""
    for places in range(most + 4):
        if all(abs(tick * 10**places - round(tick * 10**places)) < 1e-6 * 10**places for tick in ticks):
            return places
    return most
