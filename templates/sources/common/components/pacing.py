"""How long each scene lasts: shares of the film's whole length, exact to the frame, cut on beats."""

import math

from components.beats import on_beats, tempo

TIGHT = 0.8
"""How much shorter than they want to be scenes may become before points share one."""

LONGEST = 9.0
"""Seconds after which a scene that has said its words wants to be followed by another one."""
MORE, MOST_MORE = 2.4, 14
"""Weight of a scene that says something once more, and how many of them a film takes."""


def share(total: float, fps: int, weights: list[float], shortest: float = 1.0) -> list[float]:
    """Divide seconds among scenes by weight: whole frames that end on beats and add up to the whole film."""
    frames = round(total * fps)
    least = min(round(shortest * fps), frames // max(len(weights), 1))
    free = frames - least * len(weights)
    counts = [least + int(free * weight / sum(weights)) for weight in weights]
    for index in range(frames - sum(counts)):
        counts[index % len(counts)] += 1
    lengths, bpm = [count / fps for count in counts], tempo()
    return on_beats(lengths, fps, bpm) if bpm else lengths


def alone(total: float, rest: float, wanted: list[float]) -> bool:
    """Tell whether a film has time to give every point a scene of its own, seconds."""
    return total >= rest + TIGHT * sum(wanted)


def reading(*texts: str) -> float:
    """Seconds that a scene needs for its words, with their coming and going."""
    words = sum(len(text.split()) for text in texts)
    return max(1.6, 0.9 + 0.28 * words) + 0.8


def spare(total: float, weights: list[float]) -> int:
    """How many more scenes a film takes before none of its own is held longer than scenes should be."""
    held = max(weights) * total / LONGEST
    return min(MOST_MORE, max(0, math.ceil((held - sum(weights)) / MORE)))
