"""What is wrong with a film's decoded pictures, told from their measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.checks import limit
from domain.composition import Composition
from domain.finding import Finding
from render.watch.stretch import CELLS, Stretch

BLACK_S = limit("film_black", "seconds")
FREEZE_S = limit("film_freeze", "seconds")
SWING, AREA = limit("film_flashes", "swing"), limit("film_flashes", "area")
DARK, FLASHES = limit("film_flashes", "dark"), int(limit("film_flashes", "flashes"))
Flags = NDArray[np.bool_]


def black(seen: Stretch, fps: float, planned: Flags | None) -> Iterable[Finding]:
    """Find black that lasts, unless the plan is as dark there."""
    flat = seen.spread < limit("film_black", "deviation")
    dark = flat & (seen.luma < limit("film_black", "luma"))
    for first, last in runs(dark, round(BLACK_S * fps)):
        if planned is None or planned[first:last].mean() < limit("film_black", "planned"):
            yield over(
                "film_black", first, last, fps, f"the film is black for {(last - first) / fps:.1f} s",
                "render again; when it comes back, look at what covers the scene", BLACK_S,
            )  # fmt: skip


def freezes(seen: Stretch, fps: float, planned: Flags | None, moves: Sequence[float]) -> Iterable[Finding]:
    """Find standstills; what the plan holds still itself is a warning.

    `moves` are the frames' planned changes as stills show them, where they are known.
    """
    still = seen.moved <= limit("film_freeze", "moved")
    still[0] = False
    for first, last in runs(still, round(FREEZE_S * fps)):
        meant = planned is not None and planned[first:last].mean() >= 0.5
        seconds = (last - first + 1) / fps
        faint = not meant and planned is not None and (not moves or max(moves[first:last], default=0) < 1)
        finding = over(
            "film_freeze", first - 1, last, fps, f"the picture stands still for {seconds:.1f} s",
            "let something drift, breathe or sweep, or make the scene shorter", FREEZE_S,
        )  # fmt: skip
        yield finding.model_copy(update={"severity": "warning"}) if meant or faint else finding


def nothing(seen: Stretch) -> Iterable[Finding]:
    """Find a film that is blank from end to end, or one single picture."""
    blank = (seen.spread < limit("frame_blank", "deviation")) & (seen.edges < limit("frame_blank", "edges"))
    if blank.all():
        yield Finding(
            code="film_blank", severity="error", message="the finished film shows nothing from end to end",
            fix_hint="check the background and the nodes of every scene", value=0,
        )  # fmt: skip
        return
    different = 1 + int((seen.moved[1:] > limit("film_freeze", "moved")).sum())
    least = max(limit("film_frozen", "least"), limit("film_frozen", "unique") * len(seen))
    if len(seen) > 1 and different < least:
        yield Finding(
            code="film_frozen", severity="error", value=different, limit=round(least, 1),
            message=f"of the film's {len(seen)} frames only {different} differ: it is a still picture",
            fix_hint="give the nodes of its scenes tweens on the timeline",
        )  # fmt: skip


def flashes(cells: NDArray[np.uint8], fps: float) -> Iterable[Finding]:
    """Find more flashes in one second than are safe, pairs of opposing changes over a quarter of it."""
    up, down = swings(cells)
    turns = [("up", frame) for frame in np.flatnonzero(up)]
    turns += [("down", frame) for frame in np.flatnonzero(down)]
    order: list[tuple[str, int]] = []
    for way, frame in sorted(turns, key=lambda each: each[1]):
        if not order or order[-1][0] != way:
            order.append((way, int(frame)))
    window = 2 * FLASHES + 1
    for place in range(len(order) - window + 1):
        begin, end = order[place][1], order[place + window - 1][1]
        if end - begin <= fps:
            yield over(
                "film_flashes", begin, end + 1, fps,
                f"the picture flashes {window // 2 + 1} times within {(end - begin) / fps:.1f} s",
                "change large bright areas more slowly or less: it can harm viewers", FLASHES,
            )  # fmt: skip
            return


def swings(cells: NDArray[np.uint8]) -> tuple[Flags, Flags]:
    """Tell on which frames a quarter of the picture has just become a tenth lighter, and darker."""
    light = (cells.reshape(len(cells), -1).astype(np.float32) / 255) ** 2.2
    low: NDArray[np.float32] = light[0].copy()
    high: NDArray[np.float32] = light[0].copy()
    up = np.zeros((len(light), CELLS * CELLS), np.bool_)
    down = np.zeros_like(up)
    for frame, now in enumerate(light):
        up[frame] = (now - low >= SWING) & (low < DARK)
        down[frame] = (high - now >= SWING) & (now < DARK)
        low = np.where(up[frame], now, np.minimum(low, now))
        high = np.where(down[frame], now, np.maximum(high, now))
        low = np.where(down[frame], now, low)
        high = np.where(up[frame], now, high)
    return up.mean(axis=1) >= AREA, down.mean(axis=1) >= AREA


def runs(flags: Flags, least: int) -> list[tuple[int, int]]:
    """List the stretches of at least so many frames on which a flag is up, from and to."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2) if b - a >= max(1, least)]


def over(
    code: str, first: int, last: int, fps: float, message: str, hint: str, most: float, **more: Any
) -> Finding:
    """Write down what lasts from one frame to another."""
    begin, end = first / fps, last / fps
    return Finding(
        code=code, severity="error", message=f"{message}, from {begin:.1f} s on", fix_hint=hint,
        span=(round(begin, 3), round(end, 3)), value=round(end - begin, 2), limit=most, **more,
    )  # fmt: skip


def placed(findings: Iterable[Finding], film: Composition, first: int) -> list[Finding]:
    """Name the scene in which a fault begins, with its place in the source."""
    found: list[Finding] = []
    for each in findings:
        if each.span is None or each.scene is not None:
            found.append(each)
            continue
        frame = first + round(each.span[0] * film.fps) + 1
        scene = next(
            (one for one, start in zip(film.scenes, film.starts(), strict=True)
             if start <= frame < start + one.frames), film.scenes[-1])  # fmt: skip
        source = scene.source
        place = {"file": source.file, "line": source.line} if source else {}
        found.append(each.model_copy(update={"scene": scene.id, **place}))
    return found
