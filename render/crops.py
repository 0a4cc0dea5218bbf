"""Pieces of drawn frames around what was found, so that a fault can be seen and not only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw

from domain.composition import Composition
from domain.finding import Finding
from domain.layout import Box
from render.look import Shot
from render.sheet import image_of, jpeg

MOST = 8
"""Pieces of one round of looking."""
LEAST_PX = 160
"""A piece shows at least so much of the looked-at frame in each direction."""
ROOM = 0.35
"""How much around a box is shown, share of its longer side."""
LONGEST = 720
MOST_BYTES = 60_000
MARK = (255, 64, 64)


def cut_out(
    film: Composition, findings: Sequence[Finding], shots: Sequence[Shot]
) -> Iterator[tuple[int, bytes]]:
    """Cut the worst findings out that have a place: the finding's number, and a JPEG with its box marked."""
    seen: set[tuple[str | None, str | None]] = set()
    for number, finding in enumerate(findings):
        shot = _shot(film, finding, shots)
        placed = finding.box is not None and finding.severity != "advice" and not finding.allowed
        if len(seen) >= MOST or not placed or shot is None or (finding.scene, finding.node) in seen:
            continue
        assert finding.box is not None
        piece = _piece(shot, finding.box)
        if piece is not None:
            seen.add((finding.scene, finding.node))
            yield number, piece


def _shot(film: Composition, finding: Finding, shots: Sequence[Shot]) -> Shot | None:
    """Choose the frame on which a finding is seen: one of its time, else one of its scene."""
    times = [(shot, shot.frame / film.fps) for shot in shots]
    if finding.span is not None:
        first, last = finding.span
        within = [shot for shot, time in times if first - 0.01 <= time <= last + 0.01]
        if within:
            return within[len(within) // 2]
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        if scene.id == finding.scene:
            return next((each for each in shots if start <= each.frame < start + scene.frames), None)
    return None


def _piece(shot: Shot, box: Box) -> bytes | None:
    height, width = shot.pixels.shape[:2]
    left, top, right, bottom = (side * shot.scale for side in box)
    room = ROOM * max(right - left, bottom - top)
    across = max(LEAST_PX, right - left + 2 * room) / 2
    down = max(LEAST_PX * 0.6, bottom - top + 2 * room) / 2
    middle, level = (left + right) / 2, (top + bottom) / 2
    edges = (
        round(max(0.0, min(middle - across, width - LEAST_PX))),
        round(max(0.0, min(level - down, height - LEAST_PX * 0.6))),
        round(min(float(width), max(middle + across, LEAST_PX))),
        round(min(float(height), max(level + down, LEAST_PX * 0.6))),
    )
    if edges[2] - edges[0] < 2 or edges[3] - edges[1] < 2:
        return None
    piece = image_of(shot.pixels[edges[1] : edges[3], edges[0] : edges[2]])
    larger = min(3.0, LONGEST / max(piece.size))
    piece = piece.resize(
        (max(1, round(piece.width * larger)), max(1, round(piece.height * larger))), Image.Resampling.BICUBIC
    )
    mark = [
        min(max((side - edge) * larger, 1), most - 2)
        for side, edge, most in (
            (left, edges[0], piece.width), (top, edges[1], piece.height),
            (right, edges[0], piece.width), (bottom, edges[1], piece.height),
        )
    ]  # fmt: skip
    ImageDraw.Draw(piece).rectangle(mark, outline=MARK, width=2)
    return jpeg(piece, MOST_BYTES)
