"""Holding decoded frames against the frames that were to be: alike in structure and light, cuts in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from domain.checks import limit
from domain.composition import Composition
from domain.finding import Finding
from render.picture import Pixels
from render.watch.decode import Luma
from render.watch.stretch import Stretch

WINDOW = 8
"""Sides of the squares that SSIM is averaged over, px."""
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
SEEN_CHANGE = 2.0
"""A cut between frames that differ less, of 255, cannot be seen."""
SHARP = 2.5
"""So many times the change of its neighbours has a cut that nothing moves over."""
AROUND = 1
"""Frames to both sides in which a planned cut is looked for: what a slab does further off is no cut."""
NOTHING = np.zeros((0, 0), np.uint8)
MOST_SAMPLES = 8
MOST_CUTS = 8


def samples(film: Composition, stretches: Sequence[tuple[int, int]]) -> list[int]:
    """Choose frames of freshly decoded stretches to compare: the middles, at most eight."""
    middles = [first + count // 2 for first, count in stretches if count]
    step = -(-len(middles) // MOST_SAMPLES) or 1
    return [min(frame, film.frames - 1) for frame in middles[::step]]


def cuts(film: Composition, first: int, last: int) -> list[int]:
    """List the frames on which a scene cuts in, within a stretch of the film."""
    starts = zip(film.starts(), film.scenes, strict=True)
    found = [start for start, scene in starts if scene.enter.frames == 0]
    return [frame for frame in found if first < frame < last]


def still(pixels: Pixels, width: int, height: int) -> Luma:
    """Bring a drawn frame to the size of a decoded one: BT.709 luma, full range."""
    size = (pixels.shape[1], pixels.shape[0])
    image = Image.frombuffer("RGB", size, np.ascontiguousarray(pixels), "raw", "BGRX", 0, 1)
    fitted = np.asarray(image.resize((width, height), Image.Resampling.BOX), np.float32)
    return fitted @ np.array([0.2126, 0.7152, 0.0722], np.float32)


def ssim(one: Luma, other: Luma) -> float:
    """Structural similarity (Wang and others, 2004) over squares, 1 for equal pictures."""
    a, b = one.astype(np.float64), other.astype(np.float64)
    mean_a, mean_b = averaged(a), averaged(b)
    var_a = averaged(a * a) - mean_a**2
    var_b = averaged(b * b) - mean_b**2
    both = averaged(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + _C1) * (2 * both + _C2)
    return float((top / ((mean_a**2 + mean_b**2 + _C1) * (var_a + var_b + _C2))).mean())


def averaged(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of every square."""
    sums = np.pad(values, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    side = min(WINDOW, *values.shape)
    whole = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return whole / side**2


def compared(meant: Luma, seen: Luma) -> tuple[float, float]:
    """How alike a decoded frame is to what was drawn, and how much too light, of 255."""
    return ssim(meant, seen), float(seen.mean() - meant.mean())


def parity(held: Iterable[tuple[int, float, float]], fps: float, *, draft: bool = False) -> Iterable[Finding]:
    """Find decoded frames that are not as drawn: frame of the film, likeness, and how much too light."""
    least = limit("film_parity", "draft" if draft else "ssim")
    for frame, alike, off in held:
        if alike < least or abs(off) > limit("film_parity", "luma"):
            lighter = f", {abs(off):.0f} of 255 {'lighter' if off > 0 else 'darker'}" if abs(off) > 1 else ""
            yield Finding(
                code="film_parity", severity="error", value=round(alike, 3),
                limit=least,
                message=f"frame {frame} of the file is not as it was drawn (likeness {alike:.2f}{lighter})",
                span=(frame / fps, frame / fps), fix_owner="operator",
                fix_hint="render again; tell the operator if it comes back",
            )  # fmt: skip


def cut_size(width: int, height: int) -> tuple[int, int]:
    """Give the size at which the two sides of a cut are compared."""
    return (240, max(2, round(240 * height / width)))


def cut_changes(film: Composition, wanted: Iterable[int], draw: Callable[[int], Pixels]) -> dict[int, float]:
    """How much the picture is to change on each of some frames, of 255."""
    found: dict[int, float] = {}
    size = cut_size(film.width, film.height)
    for frame in wanted:
        before = still(draw(frame - 1), *size)
        found[frame] = float(np.abs(still(draw(frame), *size) - before).mean())
    return found


def known_changes(stretches: Iterable[Stretch]) -> dict[int, float]:
    """How much the picture is to change, of 255, where stretches meet whose ends were kept as drawn."""
    found: dict[int, float] = {}
    begin, closed = 0, NOTHING
    for stretch in stretches:
        if closed.size and closed.shape == stretch.opens.shape:
            found[begin] = float(np.abs(stretch.opens.astype(np.int16) - closed).mean())
        begin, closed = begin + len(stretch), stretch.closes
    return found


def missed_cuts(changes: Mapping[int, float], seen: NDArray[np.float32], fps: float) -> Iterable[Finding]:
    """Find planned cuts that the file has not on their frame; `changes` are those of the plan."""
    off = int(limit("film_cuts", "off"))
    for frame, planned in changes.items():
        if planned < SEEN_CHANGE or not 0 < frame < len(seen):
            continue
        found = float(seen[max(1, frame - off) : frame + off + 1].max())
        if found < planned * limit("film_cuts", "sharp"):
            yield Finding(
                code="film_cuts", severity="error", value=round(found, 1), limit=round(planned, 1),
                message=f"the cut at {frame / fps:.2f} s (frame {frame}) is not in the file",
                span=(frame / fps, frame / fps), fix_owner="operator",
                fix_hint="render again; tell the operator if it comes back",
            )  # fmt: skip


def beside(changes: NDArray[np.float32], at: int) -> float:
    """The larger of the changes right before and right behind a frame."""
    return float(max([*changes[max(1, at - 1) : at], *changes[at + 1 : at + 2]], default=0.0))


def off_beat(film: Composition, seen: NDArray[np.float32], first: int) -> Iterable[Finding]:
    """Find hard cuts of the file that do not fall on the beats that the film declares."""
    beats = np.array(film.cut_beats) * film.fps
    most = limit("beat_missed", "off")
    for frame in cuts(film, first, first + len(seen)):
        sharp = [
            at
            for at in range(max(1, frame - first - AROUND), min(len(seen), frame - first + AROUND + 1))
            if seen[at] > max(SEEN_CHANGE, SHARP * beside(seen, at))
        ]
        if not sharp:
            continue  # a wipe or a fade lies over the cut
        real = min(sharp, key=lambda at: abs(at + first - frame)) + first
        off = float(np.abs(beats - real).min())
        if off > most + 0.5:
            yield Finding(
                code="beat_missed", severity="error", value=round(off, 1), limit=most,
                message=f"the cut at {real / film.fps:.2f} s is {off:.0f} frames off the nearest beat",
                span=(real / film.fps, real / film.fps),
                fix_hint="begin the scene on a beat: seconds=film.beat * n",
            )  # fmt: skip
