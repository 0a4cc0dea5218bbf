"""The curves behind the names of eases: share of the time in, share of the way out."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from stage.vocabulary import Ease, parse_ease

Curve = Callable[[float], float]
POWERS = {"power1": 2, "quad": 2, "power2": 3, "cubic": 3, "power3": 4, "quart": 4, "power4": 5, "quint": 5}
SETTLED = math.log(1000)
"""A spring has come to rest when it swings by less than a thousandth."""


def curve(text: str) -> Curve:
    """Give the curve of a named ease; raises ValueError when the name is none."""
    ease = parse_ease(text)
    match ease.name:
        case "none" | "linear":
            return float
        case "bezier":
            return _path(ease.arguments)
        case "steps":
            count = max(1, round(ease.arguments[0]))
            return lambda u: math.floor((count + 1) * min(u, 1 - 1e-8)) / count
        case _:
            return _formed(ease.form, _settling(ease))


def turned(text: str) -> str:
    """Name the ease that runs the same curve backwards, for the way back of a yoyo."""
    ease = parse_ease(text)
    if ease.name in ("none", "linear", "steps"):
        return text
    if ease.name == "bezier":
        points = list(zip(ease.arguments[::2], ease.arguments[1::2], strict=True))
        return f"bezier({','.join(f'{1 - x:.6g},{1 - y:.6g}' for x, y in reversed(points))})"
    form = {"in": "out", "out": "in", "inOut": "inOut"}[ease.form]
    arguments = f"({','.join(f'{each:g}' for each in ease.arguments)})" if ease.arguments else ""
    return f"{ease.name}.{form}{arguments}"


def _formed(form: str, out: Curve) -> Curve:
    if form == "out":
        return out
    if form == "in":
        return lambda u: 1 - out(1 - u)
    return lambda u: (1 - out(1 - 2 * u)) / 2 if u < 0.5 else 0.5 + out(2 * u - 1) / 2


def _settling(ease: Ease) -> Curve:
    """The `out` form of a curve that has three forms."""
    if ease.name in POWERS:
        power = POWERS[ease.name]
        return lambda u: 1 - (1 - u) ** power
    match ease.name:
        case "sine":
            return lambda u: math.sin(u * math.pi / 2)
        case "expo":
            return lambda u: 1 - (2.0 ** (-10 * u) * (1 - u) + (1 - u) ** 6 * u)
        case "circ":
            return lambda u: math.sqrt(max(0.0, 1 - (1 - u) ** 2))
        case "back":
            over = ease.arguments[0] if ease.arguments else 1.70158
            return lambda u: (u - 1) ** 2 * ((over + 1) * (u - 1) + over) + 1
        case "elastic":
            usual = (1.0, 0.45 if ease.form == "inOut" else 0.3)
            amplitude, period = ease.arguments + usual[len(ease.arguments) :]
            return _elastic(amplitude, period or usual[1])
        case "spring":
            return _spring(*ease.arguments)
        case "slow":
            return _slow(*ease.arguments)
        case "rough":
            return _rough(*ease.arguments)
        case "expoScale":
            return _scaling(*ease.arguments)
        case _:
            return _bounce


def _elastic(amplitude: float, period: float) -> Curve:
    reach = max(1.0, amplitude)
    wide = period / (amplitude if 0 < amplitude < 1 else 1)
    shift = wide / math.tau * math.asin(1 / reach)

    def out(u: float) -> float:
        return 1.0 if u >= 1 else reach * 2.0 ** (-10 * u) * math.sin((u - shift) * math.tau / wide) + 1

    return out


def _spring(damping: float = 0.6, settle: float = 1.0) -> Curve:
    """A mass on a spring: damping below 1 overshoots; after `settle` of the time it rests."""
    ratio, settle = max(damping, 0.05), min(max(settle, 0.05), 1.0)
    swing = _swinging(ratio, settle) if ratio < 1 else _creeping(ratio, settle)
    rest = swing(1.0)
    return lambda u: 1 - swing(u) + rest * u


def _swinging(ratio: float, settle: float) -> Curve:
    pace = SETTLED / (ratio * settle)
    turn, lag = pace * math.sqrt(1 - ratio**2), ratio / math.sqrt(1 - ratio**2)
    return lambda u: math.exp(-ratio * pace * u) * (math.cos(turn * u) + lag * math.sin(turn * u))


def _creeping(ratio: float, settle: float) -> Curve:
    pace = (SETTLED + 2.2) * (2 * ratio - 1) / settle
    if ratio == 1:
        return lambda u: math.exp(-pace * u) * (1 + pace * u)
    root = math.sqrt(ratio**2 - 1)
    slow, fast = pace * (ratio - root), pace * (ratio + root)
    return lambda u: (fast * math.exp(-slow * u) - slow * math.exp(-fast * u)) / (fast - slow)


def _bounce(u: float) -> float:
    for start, middle, floor in ((1, 0, 0), (2, 1.5, 0.75), (2.5, 2.25, 0.9375), (2.75, 2.625, 0.984375)):
        if u < start / 2.75 or start == 2.75:
            return 7.5625 * (u - middle / 2.75) ** 2 + floor
    return 1.0


def _slow(ratio: float = 0.7, power: float = 0.7) -> Curve:
    """Quick in and out, and nearly still between: GSAP's SlowMo; `ratio` is the share of the middle."""
    ratio = min(max(ratio, 0.0), 1.0)
    power = power if ratio < 1 else 0.0
    edge = (1 - ratio) / 2

    def out(u: float) -> float:
        even = u + (0.5 - u) * power
        if edge and u < edge:
            return even - (1 - u / edge) ** 4 * even
        if edge and u > 1 - edge:
            return even + (u - even) * ((u - 1 + edge) / edge) ** 4
        return even

    return out


def _rough(strength: float = 1, points: float = 20) -> Curve:
    """A straight way with jolts: GSAP's RoughEase, with the same jolts in every run."""
    count = min(max(round(points), 2), 200)
    draw = random.Random(count)
    jolts = [(draw.random() - 0.5) * 0.4 * strength for _ in range(count - 1)]
    places = [0.0, *(at / count + jolt for at, jolt in enumerate(jolts, 1)), 1.0]

    def out(u: float) -> float:
        at = min(max(int(u * count), 0), count - 1)
        return places[at] + (places[at + 1] - places[at]) * (u * count - at)

    return out


def _scaling(start: float = 1, end: float = 2) -> Curve:
    """Even growth in proportion from one size to another: GSAP's ExpoScaleEase."""
    if abs(end / start - 1) < 1e-6:
        return float
    return lambda u: (start * (end / start) ** u - start) / (end - start)


def _path(numbers: tuple[float, ...]) -> Curve:
    """One curve after another from 0 to 1; the last one holds beyond its end."""
    points = [(0.0, 0.0), *zip(numbers[::2], numbers[1::2], strict=True), (1.0, 1.0)]
    parts = [points[at : at + 4] for at in range(0, len(points) - 1, 3)]
    if len(parts) == 1:
        return _bezier(*numbers)

    def out(u: float) -> float:
        found = next((part for part in parts if u <= part[3][0]), parts[-1])
        (x0, y0), one, two, (x3, y3) = found
        wide, high = x3 - x0, y3 - y0
        shares = [((x - x0) / wide, (y - y0) / high if high else y - y0) for x, y in (one, two)]
        inner = _bezier(*shares[0], *shares[1]) if high else _swing(shares[0], shares[1])
        return y0 + inner((u - x0) / wide) * (high or 1)

    return out


def _swing(one: tuple[float, float], two: tuple[float, float]) -> Curve:
    """A curve that ends at the height at which it began."""
    there = _bezier(one[0], one[1], two[0], two[1])
    straight = _bezier(one[0], 0, two[0], 0)
    return lambda u: there(u) - straight(u)


def _bezier(x1: float, y1: float, x2: float, y2: float) -> Curve:
    x1, x2 = min(max(x1, 0.0), 1.0), min(max(x2, 0.0), 1.0)

    def at(t: float, a: float, b: float) -> float:
        return 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t * t * b + t**3

    def out(u: float) -> float:
        if u <= 0 or u >= 1:
            return float(u >= 1)
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            if at(middle, x1, x2) < u:
                low = middle
            else:
                high = middle
        return at((low + high) / 2, y1, y2)

    return out
