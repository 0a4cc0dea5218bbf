"""Signs over a picture: who speaks, what a thing is, whose film it is."""

from __future__ import annotations

from stage.mistakes import mistake
from stage.node import Node
from stage.nodes import Column, Ellipse, Group, Image, Rect, Svg, Text
from stage.nodes import Line as Stroke
from stage.pieces.piece import Line, Piece
from stage.timeline import Timeline


class LowerThird(Line):
    """A name and a role on a slab behind an edge: `LowerThird("Lena Groß", "Head of research")`."""

    edge: Rect
    slab: Column
    name: Text
    role: Text

    def __init__(
        self,
        name: str,
        role: str = "",
        *,
        size: float = 60,
        color: str = "accent",
        fill: str = "surface",
        rtl: bool = False,
        id: str | None = None,
        **properties: object,
    ) -> None:
        letters = self.measured("size", size, 1)
        side = "bottom-right" if rtl else "bottom-left"
        super().__init__(id, {"anchor": side, "align": "stretch", **properties})
        first = Text(name, size=letters, weight=700, font="display")
        second = Text(role, size=letters * 0.58, color="muted")
        edge = Rect(width=letters * 0.18, fill=color, origin="bottom")
        slab = Column(first, gap=letters * 0.06, padding_x=letters * 0.6, padding_y=letters * 0.4, fill=fill)
        if role:
            slab.add(second)
        self.keep(edge=edge, slab=slab, name=first, role=second, mirrored=rtl)
        self.add(edge, slab)

    mirrored: bool

    def play(self, timeline: Timeline, at: float | str | None = None, hold: float = 3) -> None:
        """Build it up, hold it so many seconds, and take it away again."""
        hidden = {"wipe_left" if self.mirrored else "wipe_right": 1.0}
        clear = dict.fromkeys(hidden, 0.0)
        timeline.from_(self.edge, scale_y=0, duration=0.2, ease="power3.out", at=at)
        timeline.from_to(self.slab, hidden, clear, duration=0.35, ease="power3.out", at="<0.1")
        timeline.from_(self.name.lines, rise=1.1, duration=0.45, ease="power3.out", at="<0.12")
        timeline.from_(self.role.lines, rise=1.1, duration=0.4, ease="power3.out", at="<0.12")
        timeline.from_to(
            self.slab, clear, hidden, duration=0.25, ease="power2.in", at=f"+={max(0.1, hold):g}"
        )
        timeline.to(self.edge, scale_y=0, duration=0.15, ease="power2.in", at=">")


class Callout(Piece):
    """A point at x and y, a leader and a label: `Callout("Hand-picked", to=(220, -140), x=600, y=500)`."""

    dot: Ellipse
    ring: Ellipse
    leader: Stroke
    label: Text

    def __init__(
        self,
        text: str,
        *,
        to: tuple[float, float] = (220, -140),
        size: float = 44,
        color: str = "accent",
        ink: str = "ink",
        id: str | None = None,
        **properties: object,
    ) -> None:
        letters = self.measured("size", size, 1)
        dx, dy = self.measured("to", to[0], -20_000), self.measured("to", to[1], -20_000)
        super().__init__(id, {"width": 1, "height": 1, **properties})
        right = dx >= 0
        end = dx + letters * (1.2 if right else -1.2)
        dot = Ellipse(anchor="center", width=letters * 0.4, fill=color)
        ring = Ellipse(anchor="center", width=letters * 1.1, stroke=color, stroke_width=letters * 0.09)
        leader = Stroke([(0, 0), (dx, dy), (end, dy)], stroke=color, stroke_width=letters * 0.09)
        side = "left" if right else "right"
        label = Text(text, anchor=side, size=letters, weight=600, color=ink)
        # a room of its own: the point has no width in which the label could stand
        room = Group(label, anchor="center", origin=side, width=letters * 40, height=letters * 2)
        room.set(x=end + letters * (0.4 if right else -0.4), y=dy)
        self.keep(dot=dot, ring=ring, leader=leader, label=label)
        self.add(leader, ring, dot, room)

    def play(self, timeline: Timeline, at: float | str | None = None) -> None:
        """Let the point appear, draw the leader, bring the label."""
        timeline.from_(self.dot, scale=0, duration=0.35, ease="back.out(2)", at=at)
        timeline.from_to(
            self.ring,
            {"scale": 0.4, "opacity": 1},
            {"scale": 1, "opacity": 0.4},
            duration=0.6,
            ease="power2.out",
            at="<",
        )
        timeline.from_(self.leader, draw_end=0, duration=0.35, ease="power2.inOut", at="<0.1")
        timeline.from_(self.label.lines, rise=1.1, duration=0.45, ease="power3.out", at=">-0.1")


class Watermark(Piece):
    """A name or a logo in a corner, through the whole scene: `Watermark("Noor", corner="top-right")`."""

    mark: Node

    def __init__(
        self,
        text: str = "",
        *,
        src: str = "",
        corner: str = "top-right",
        height: float = 48,
        id: str | None = None,
        **properties: object,
    ) -> None:
        high = self.measured("height", height, 1)
        if not text and not src:
            mistake("node_empty", "a watermark has no text or src", "give a name, or src='assets/logo.svg'")
        super().__init__(id, {"anchor": corner, "opacity": 0.55, "depth": 0, **properties})
        if src.lower().endswith(".svg"):
            mark: Node = Svg(src, height=high)
        elif src:
            mark = Image(src, height=high)
        else:
            mark = Text(text, size=high * 0.8, weight=600)
        self.keep(mark=mark)
        self.add(mark)
