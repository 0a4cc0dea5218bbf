"""The highlighter behind spans, and the line through what is struck: drawn on along the reading direction."""

from __future__ import annotations

from collections.abc import Sequence

from domain.composition import Span
from render.text.block import Line
from render.text.underline import Bar, Underline, stretches

_ABOVE, _BELOW, _ASIDE = 0.86, 0.26, 0.1
"""How far a highlighter reaches from the baseline and beyond the words, em."""
_THROUGH, _THICK = 0.28, 0.07
"""Height and thickness of a strike, em."""


def markers(spans: Sequence[Span], lines: Sequence[Line], factor: float) -> list[Underline]:
    """Find what the highlighter covers: the spans that have a `mark`."""
    chosen = {at for at, span in enumerate(spans) if span.mark is not None}
    return _bars(lines, factor, chosen, _ABOVE, _ABOVE + _BELOW, _ASIDE) if chosen else []


def strikes(spans: Sequence[Span], lines: Sequence[Line], factor: float) -> list[Underline]:
    """Find what is struck through: the spans that ask for it, or all when none does."""
    chosen = {at for at, span in enumerate(spans) if span.strike}
    return _bars(lines, factor, chosen or None, _THROUGH, _THICK, 0.05)


def _bars(
    lines: Sequence[Line], factor: float, chosen: set[int] | None, above: float, thick: float, aside: float
) -> list[Underline]:
    found: list[Underline] = []
    for line in lines:
        runs = [
            (run, line.left + x * factor)
            for run, x in line.row.runs
            if chosen is None or run.item.style.span in chosen
        ]
        if not runs:
            continue
        size = max(run.item.style.size for run, _ in runs) * factor
        pieces = [(x, x + run.width * factor, run.item.style.span) for run, x in runs]
        bars = [
            Bar(left - size * aside, right + size * aside, line.baseline - size * above, size * thick, span)
            for left, right, span in stretches(pieces)
        ]
        edges = (min(bar.left for bar in bars), max(bar.right for bar in bars))
        found.append(Underline(bars, *edges, line.row.rtl))
    return found
