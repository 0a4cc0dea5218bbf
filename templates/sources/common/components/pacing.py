"""How long each scene lasts: shares of the film's whole length, exact to the frame."""


def share(total: float, fps: int, weights: list[float], shortest: float = 1.0) -> list[float]:
    """Divide seconds among scenes by weight; the parts are whole frames and add up to the whole film."""
    frames = round(total * fps)
    least = min(round(shortest * fps), frames // max(len(weights), 1))
    free = frames - least * len(weights)
    counts = [least + int(free * weight / sum(weights)) for weight in weights]
    for index in range(frames - sum(counts)):
        counts[index % len(counts)] += 1
    return [count / fps for count in counts]
