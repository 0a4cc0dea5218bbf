"""Lengths that fall on beats, so that every cut lands on one."""

from collections.abc import Sequence


def on_beats(lengths: Sequence[float], fps: int, tempo: float) -> list[float]:
    """Move the ends of scenes to the nearest beats; the whole stays as long."""
    frames = [round(length * fps) for length in lengths]
    beat = 60 * fps / tempo
    if sum(frames) < beat * len(frames) * 1.5:
        return list(lengths)
    ends: list[int] = []
    clock = 0
    for index, count in enumerate(frames[:-1]):
        clock += count
        least = (ends[-1] if ends else 0) + beat
        most = sum(frames) - beat * (len(frames) - 1 - index)
        ends.append(round(round(min(max(clock, least), most) / beat) * beat))
    ends.append(sum(frames))
    begins = [0, *ends[:-1]]
    return [(end - begin) / fps for begin, end in zip(begins, ends, strict=True)]
