"""Eases as functions of numpy arrays: GSAP's curves, springs and cubic beziers."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from stage import eases
from stage.vocabulary import Ease, parse_ease

Array = NDArray[np.float64]
Curve = Callable[[Array], Array]

_POWERS = {"power1": 2, "power2": 3, "power3": 4, "power4": 5, "quad": 2, "cubic": 3, "quart": 4, "quint": 5}
_RESIDUE = math.log(1000)
"""A spring has settled when it stays within a thousandth of its goal."""


@lru_cache(maxsize=512)
def curve(text: str) -> Curve:
    """Give the curve of an ease as `stage.vocabulary.parse_ease` reads it; raises ValueError."""
    ease = parse_ease(text)
    if ease.name in ("none", "linear"):
        return lambda p: p
    if ease.name == "steps":
        return _steps(max(1, round(ease.arguments[0])))
    if ease.name in ("slow", "rough", "expoScale") or len(ease.arguments) > 4:
        one = eases.curve(text)
        return lambda p: np.array([one(share) for share in p.ravel().tolist()]).reshape(p.shape)
    if ease.name == "bezier":
        return _bezier(*ease.arguments)
    return _in_form(_rising(ease), ease.form)


def _in_form(out: Curve, form: str) -> Curve:
    """Turn a curve that starts fast into its `in` or `inOut` form."""
    if form == "out":
        return out
    if form == "in":
        return lambda p: 1 - out(1 - p)
    return lambda p: np.where(
        p < 0.5, (1 - out(1 - np.minimum(p * 2, 1))) / 2, 0.5 + out(np.maximum(p - 0.5, 0) * 2) / 2
    )


def _rising(ease: Ease) -> Curve:
    """Give the `out` form of a named ease."""
    name, arguments = ease.name, ease.arguments
    if name in _POWERS:
        power = _POWERS[name]
        return lambda p: 1 - (1 - p) ** power
    if name == "sine":
        return lambda p: np.sin(p * (math.pi / 2))
    if name == "expo":
        return _expo
    if name == "circ":
        return lambda p: np.sqrt(np.maximum(0, 1 - (p - 1) ** 2))
    if name == "back":
        return _back(arguments[0] if arguments else 1.70158)
    if name == "elastic":
        default = 0.45 if ease.form == "inOut" else 0.3
        period = arguments[1] if len(arguments) > 1 and arguments[1] else default
        return _elastic(arguments[0] if arguments else 1, period)
    if name == "bounce":
        return _bounce
    damping = arguments[0] if arguments else 0.6
    return _spring(damping, arguments[1] if len(arguments) > 1 else 1)


def _expo(p: Array) -> Array:
    q = 1 - p
    return 1 - (2.0 ** (10 * (q - 1)) * q + q**6 * (1 - q))


def _back(overshoot: float) -> Curve:
    def out(p: Array) -> Array:
        q = p - 1
        return q * q * ((overshoot + 1) * q + overshoot) + 1

    return out


def _elastic(amplitude: float, period: float) -> Curve:
    reach = max(amplitude, 1)
    period = period / (amplitude if 0 < amplitude < 1 else 1)
    shift = period / math.tau * math.asin(1 / reach)

    def out(p: Array) -> Array:
        swing = reach * 2.0 ** (-10 * p) * np.sin((p - shift) * (math.tau / period)) + 1
        return np.where(p >= 1, 1.0, swing)

    return out


def _bounce(p: Array) -> Array:
    steep, span = 7.5625, 2.75
    falls = [
        steep * p**2,
        steep * (p - 1.5 / span) ** 2 + 0.75,
        steep * (p - 2.25 / span) ** 2 + 0.9375,
        steep * (p - 2.625 / span) ** 2 + 0.984375,
    ]
    return np.select([p < 1 / span, p < 2 / span, p < 2.5 / span], falls[:3], falls[3])


def _spring(damping: float, settle: float) -> Curve:
    """Let go of a spring at 0 with its goal at 1; it has come to rest at `settle` of the time."""
    damping, settle = max(damping, 0.05), min(max(settle, 0.05), 1)
    if damping < 1:
        speed = _RESIDUE / (damping * settle)
        turn = speed * math.sqrt(1 - damping**2)
        lag = damping / math.sqrt(1 - damping**2)

        def swing(p: Array) -> Array:
            return np.exp(-damping * speed * p) * (np.cos(turn * p) + lag * np.sin(turn * p))
    else:
        speed = (_RESIDUE + 2.2) * (2 * damping - 1) / settle

        def swing(p: Array) -> Array:
            if damping == 1:
                return np.exp(-speed * p) * (1 + speed * p)
            root = math.sqrt(damping**2 - 1)
            slow, fast = speed * (damping - root), speed * (damping + root)
            return (fast * np.exp(-slow * p) - slow * np.exp(-fast * p)) / (fast - slow)

    rest = float(swing(np.array(1.0)))
    return lambda p: 1 - swing(p) + rest * p


def _steps(count: int) -> Curve:
    return lambda p: np.floor((count + 1) * np.clip(p, 0, 1 - 1e-8)) / count


def _bezier(x1: float, y1: float, x2: float, y2: float) -> Curve:
    t = np.linspace(0, 1, 2049)
    x1, x2 = min(max(x1, 0), 1), min(max(x2, 0), 1)
    across = 3 * (1 - t) ** 2 * t * x1 + 3 * (1 - t) * t**2 * x2 + t**3
    up = 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t**2 * y2 + t**3
    return lambda p: np.interp(p, across, up)
