"""Courses of a property through several values: keyframes, wiggling, shaking."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import cast

from stage import vocabulary as words
from stage.keys import Stop
from stage.manner import LONGEST
from stage.mistakes import Wrong, mistake
from stage.values import number

SHAKES = 16.0
"""Throws of a shake per second: too quick to be followed, slow enough for 24 frames a second."""
TURNS = 8
"""Stops of a wiggle that goes on; it closes in itself, so that it can be repeated."""
HINT = "give values, or (share, value) and (share, value, ease) with shares from 0 to 1 in order"


def read(courses: Mapping[str, object], ease: str) -> dict[str, tuple[Stop, ...]]:
    """Read keyframes as authors write them; mistakes are noted and left out."""
    found: dict[str, tuple[Stop, ...]] = {}
    for name, said in courses.items():
        try:
            found[name] = _stops(name, said, ease)
        except Wrong as wrong:
            mistake("keyframes_wrong", wrong.message, wrong.hint)
    return found


def _stops(name: str, said: object, ease: str) -> tuple[Stop, ...]:
    if not isinstance(said, list | tuple) or not said:
        raise Wrong(f"keyframes of {name} are {said!r}", HINT)
    items = cast(Sequence[object], said)
    last = max(1, len(items) - 1)
    stops: list[Stop] = []
    for at, item in enumerate(items):
        if isinstance(item, tuple | list):
            parts = cast(Sequence[object], item)
            if not 2 <= len(parts) <= 3:
                raise Wrong(f"a keyframe of {name} is {item!r}", HINT)
            share = number(f"the share of a keyframe of {name}", parts[0], 0, 1)
            curve = _curve(name, parts[2]) if len(parts) == 3 else ease
            stops.append(Stop(share, parts[1], curve))
        else:
            stops.append(Stop(at / last if len(items) > 1 else 1.0, item, ease))
        if len(stops) > 1 and stops[-1].share < stops[-2].share:
            raise Wrong(f"the keyframes of {name} are not in order at {item!r}", HINT)
    return tuple(stops)


def _curve(name: str, ease: object) -> str:
    if not isinstance(ease, str):
        raise Wrong(f"the ease of a keyframe of {name} is {ease!r}", "give a name: 'power3.out'")
    try:
        words.parse_ease(ease)
    except ValueError as error:
        raise Wrong(f"the ease of a keyframe of {name} is {ease!r}", str(error)) from None
    return ease.strip().replace(" ", "")


def wiggle(
    amounts: Mapping[str, object], speed: object, duration: object, seed: object
) -> tuple[dict[str, tuple[Stop, ...]], float]:
    """Stray about what holds, from it and back to it; gives the courses and how long one round takes."""
    try:
        pace = number("speed of a wiggle", speed, 0.01, 60)
        lasts = TURNS / pace if duration is None else number("duration", duration, 0, LONGEST)
        turns = TURNS if duration is None else max(2, round(lasts * pace))
        far = {name: number(f"{name} of a wiggle", value) for name, value in amounts.items()}
    except Wrong as wrong:
        mistake("setting_wrong", wrong.message, wrong.hint)
        return {}, 0.0
    return {
        name: _strayed(f"wiggle:{seed}:{name}", amount, turns, "sine.inOut") for name, amount in far.items()
    }, lasts


def _strayed(seed: str, amount: float, turns: int, ease: str) -> tuple[Stop, ...]:
    """Draw offsets, never twice to the same side in a row, that end where they began."""
    draw = random.Random(seed)
    side = draw.choice((-1, 1))
    stops = [Stop(0.0, 0.0, relative=True)]
    for at in range(1, turns):
        side = -side if draw.random() < 0.8 else side
        stops.append(Stop(at / turns, side * amount * draw.uniform(0.4, 1), ease, relative=True))
    return (*stops, Stop(1.0, 0.0, ease, relative=True))


def shake(strength: object, rotation: object, duration: object, seed: object) -> dict[str, tuple[Stop, ...]]:
    """Throw to and fro, ever weaker, and come to rest where it began."""
    try:
        far = number("strength of a shake", strength, 0, 10_000)
        turn = number("rotation of a shake", rotation, 0, 360)
        lasts = number("duration", duration, 0, 60)
    except Wrong as wrong:
        mistake("setting_wrong", wrong.message, wrong.hint)
        return {}
    throws = max(3, round(lasts * SHAKES))
    amounts = {"x": far, "y": far * 0.7, "rotation": turn}
    return {name: _thrown(f"shake:{seed}:{name}", each, throws) for name, each in amounts.items() if each}


def _thrown(seed: str, amount: float, throws: int) -> tuple[Stop, ...]:
    draw = random.Random(seed)
    side = draw.choice((-1, 1))
    stops = [Stop(0.0, 0.0, relative=True)]
    for at in range(1, throws):
        weaker = (1 - at / throws) ** 1.5
        side = -side
        value = side * amount * weaker * draw.uniform(0.6, 1)
        stops.append(Stop(at / throws, value, "power1.out", relative=True))
    return (*stops, Stop(1.0, 0.0, "power1.inOut", relative=True))
