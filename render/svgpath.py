"""SVG path data, read into the rasterizer's paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

import skia

_TOKEN = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)", re.DOTALL)
_FLAG = re.compile(r"(?!)(.)|([01])|([\s,]+)|(.)", re.DOTALL)
"""The two flags of an arc may stand without anything between them."""
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FAR = 1e7


def parse(data: str) -> skia.Path:
    """Read path data; raises ValueError that says what is wrong and where."""
    path = skia.Path()
    x = y = start_x = start_y = 0.0
    handle: tuple[str, float, float] = ("", 0, 0)
    for command, values in _commands(data):
        upper = command.upper()
        dx, dy = (x, y) if command.islower() else (0.0, 0.0)
        if upper == "Z":
            path.close()
            x, y = start_x, start_y
        elif upper in "ML":
            x, y = values[0] + dx, values[1] + dy
            if upper == "M":
                path.moveTo(x, y)
                start_x, start_y = x, y
            else:
                path.lineTo(x, y)
        elif upper in "HV":
            x, y = (values[0] + dx, y) if upper == "H" else (x, values[0] + dy)
            path.lineTo(x, y)
        elif upper == "A":
            large = skia.Path.kLarge_ArcSize if values[3] else skia.Path.kSmall_ArcSize
            sweep = skia.PathDirection.kCW if values[4] else skia.PathDirection.kCCW
            end = (values[5] + dx, values[6] + dy)
            path.arcTo(values[0], values[1], values[2], large, sweep, *end)
            x, y = end
        else:
            points = [value + (dx if at % 2 == 0 else dy) for at, value in enumerate(values)]
            handle = _curve(path, upper, points, (x, y), handle)
            x, y = points[-2], points[-1]
            continue
        handle = ("", 0, 0)
    return path


def _curve(
    path: skia.Path,
    command: str,
    points: list[float],
    pen: tuple[float, float],
    handle: tuple[str, float, float],
) -> tuple[str, float, float]:
    """Add one curve; returns its last handle, which a smooth curve after it mirrors."""
    x, y = pen
    if command in "ST":
        kind = "C" if command == "S" else "Q"
        mirrored = (2 * x - handle[1], 2 * y - handle[2]) if handle[0] == kind else (x, y)
        points = [*mirrored, *points]
        command = kind
    if command == "C":
        path.cubicTo(*points)
        return ("C", points[2], points[3])
    path.quadTo(*points)
    return ("Q", points[0], points[1])


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Split path data into commands with their numbers; numbers left over begin the command anew."""
    command: str = ""
    values: list[float] = []
    first, place = True, 0
    while place < len(data):
        pattern = _FLAG if command in ("A", "a") and len(values) in (3, 4) else _TOKEN
        match = pattern.match(data, place)
        assert match is not None
        letter, number, other = match[1], match[2], match[4]
        if other:
            raise ValueError(f"path data has {other!r} at {place}")
        if letter:
            yield from _done(command, values, place)
            command, values = _command(letter, first=first), []
            first = False
            if command in "Zz":
                yield command, values
                command = ""
        elif number:
            if not command:
                raise ValueError(f"path data has the number {number} without a command")
            values.append(min(max(float(number), -_FAR), _FAR))
            if len(values) == _COUNTS[command.upper()]:
                yield command, values
                values = []
                command = {"M": "L", "m": "l"}.get(command) or command
        place = match.end()
    yield from _done(command, values, len(data))


def _command(letter: str, *, first: bool) -> str:
    if letter.upper() not in _COUNTS:
        raise ValueError(f"path data has no command {letter!r}; it has {', '.join(_COUNTS)}")
    if first and letter.upper() != "M":
        raise ValueError(f"path data begins with {letter!r}; begin with M")
    return letter


def _done(command: str, values: list[float], place: int) -> Iterator[tuple[str, list[float]]]:
    if command and values:
        raise ValueError(
            f"path data ends {command!r} with {len(values)} of {_COUNTS[command.upper()]} numbers at {place}"
        )
    yield from ()
