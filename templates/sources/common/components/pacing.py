"""How long each scene lasts: shares of the film's whole length, exact to the frame, cut on beats."""

from components.beats import on_beats, tempo

TIGHT = 0.8
"""How much shorter than they want to be scenes may become before points share one."""


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
