"""How far something is: a bar, or a ring."""

from __future__ import annotations

from stage.mistakes import Wrong, mistake
from stage.nodes import Counter, Ellipse, Rect
from stage.pieces.piece import Piece
from stage.timeline import Timeline
from stage.values import number


def share_of(value: object) -> float:
    """Hold a share against 0 and 1; a wrong one is noted."""
    try:
        return number("share of progress", value, 0, 1)
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return 0.0


class Progress(Piece):
    """A bar that is filled to a share: `Progress(0.6, width=800)`."""

    bar: Rect

    def __init__(
        self,
        share: float = 0,
        *,
        width: float = 800,
        height: float = 24,
        color: str = "accent",
        track: str = "ink/0.16",
        rtl: bool = False,
        id: str | None = None,
        **properties: object,
    ) -> None:
        wide, high = self.measured("width", width, 1), self.measured("height", height, 1)
        own = {"width": wide, "height": high, "radius": high / 2, "fill": track, "clip": True}
        super().__init__(id, {**own, **properties})
        side = "right" if rtl else "left"
        bar = Rect(anchor=side, width=wide * share_of(share), height=high, radius=high / 2, fill=color)
        self.keep(bar=bar, whole=wide)
        self.add(bar)

    whole: float

    def play(
        self, timeline: Timeline, share: float, *, duration: float = 1, ease: str = "power2.out",
        at: float | str | None = None,
    ) -> None:  # fmt: skip
        """Fill it to a share."""
        timeline.to(self.bar, width=self.whole * share_of(share), duration=duration, ease=ease, at=at)


class Ring(Piece):
    """A ring that is drawn to a share, its number within: `Ring(0.75, width=300)`."""

    arc: Ellipse
    value: Counter

    def __init__(
        self,
        share: float = 0,
        *,
        width: float = 300,
        stroke_width: float | None = None,
        color: str = "accent",
        track: str = "ink/0.16",
        suffix: str = "%",
        locale: str = "en",
        id: str | None = None,
        **properties: object,
    ) -> None:
        wide = self.measured("width", width, 8)
        thick = wide * 0.09 if stroke_width is None else self.measured("stroke_width", stroke_width, 0.5)
        super().__init__(id, {"width": wide, "height": wide, **properties})
        inner = max(1.0, wide - thick)
        held = share_of(share)
        ground = Ellipse(anchor="center", width=inner, height=inner, stroke=track, stroke_width=thick)
        arc = Ellipse(anchor="center", width=inner, height=inner, stroke=color, stroke_width=thick)
        arc.set(draw_end=held)
        shown = Counter(held * 100, anchor="center", size=wide * 0.26, weight=700, suffix=suffix)
        shown.set(locale=locale)
        self.keep(arc=arc, value=shown)
        self.add(ground, arc, shown)

    def play(
        self, timeline: Timeline, share: float, *, duration: float = 1.2, ease: str = "power2.out",
        at: float | str | None = None,
    ) -> None:  # fmt: skip
        """Draw it to a share, its number counting along."""
        held = share_of(share)
        timeline.to(self.arc, draw_end=held, duration=duration, ease=ease, at=at)
        timeline.to(self.value, value=held * 100, duration=duration, ease=ease, at="<")
