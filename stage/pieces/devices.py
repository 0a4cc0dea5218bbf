"""Frames of devices: what is put into them stands on their screen."""

from __future__ import annotations

from stage.node import Node
from stage.nodes import Ellipse, Group, Rect, Text
from stage.paint import Shadow, linear, shadow
from stage.pieces.piece import Piece

BODY = "#14171C"
EDGE = linear("#4A515C", "#1B1F25", "#3A414B", angle=60)


class Device(Piece):
    """A device; `screen` holds what it shows, and is what tweens move to scroll."""

    screen: Group
    """The lit part; put nodes into it."""

    def show(self, nodes: tuple[Node, ...]) -> None:
        """Put nodes onto the screen."""
        for node in nodes:
            self.screen.add(node)


class Phone(Device):
    """A phone, upright: `Phone(Image("assets/app.png"), width=420)`."""

    def __init__(
        self,
        *children: Node,
        width: float = 420,
        screen: str = "surface",
        id: str | None = None,
        **properties: object,
    ) -> None:
        wide = self.measured("width", width, 40)
        high, edge = wide * 2.06, wide * 0.032
        body: dict[str, object] = {"fill": BODY, "stroke": EDGE, "stroke_width": wide * 0.012}
        body["shadow"] = _shadows(wide)
        place = {"width": wide, "height": high, "radius": wide * 0.15}
        super().__init__(id, {**place, **body, **properties})
        face = Group(anchor="center", width=wide - 2 * edge, height=high - 2 * edge, fill=screen)
        face.set(radius=wide * 0.12, clip=True)
        island = Rect(anchor="top", y=edge + wide * 0.035, width=wide * 0.26, height=wide * 0.065)
        island.set(radius=wide, fill="#000000")
        self.keep(screen=face)
        self.add(face, island)
        self.show(children)


class Browser(Device):
    """A window of a browser: `Browser(Image("assets/site.png"), url="noor.tea")`."""

    def __init__(
        self,
        *children: Node,
        width: float = 1200,
        height: float = 760,
        url: str = "",
        screen: str = "surface",
        id: str | None = None,
        **properties: object,
    ) -> None:
        wide, high = self.measured("width", width, 120), self.measured("height", height, 100)
        bar = max(44.0, wide * 0.046)
        place = {"width": wide, "height": high, "radius": bar * 0.4, "fill": "#E7E9EE", "clip": True}
        super().__init__(id, {**place, "shadow": _shadows(wide * 0.3), **properties})
        face = Group(y=bar, width=wide, height=high - bar, fill=screen, clip=True)
        self.keep(screen=face)
        for at, color in enumerate(("#FF5F57", "#FEBC2E", "#28C840")):
            self.add(Ellipse(x=bar * (0.42 + at * 0.5), y=bar * 0.36, width=bar * 0.28, fill=color))
        field = Rect(anchor="top", y=bar * 0.18, width=wide * 0.5, height=bar * 0.64, radius=bar)
        self.add(field.set(fill="#FFFFFF"), face)
        if url:
            self.add(Text(url, anchor="top", y=bar * 0.26, size=bar * 0.38, color="#3A4150", allow="small"))
        self.show(children)


class Laptop(Device):
    """A laptop, open: `Laptop(Image("assets/desk.png"), width=1200)`."""

    def __init__(
        self,
        *children: Node,
        width: float = 1200,
        screen: str = "surface",
        id: str | None = None,
        **properties: object,
    ) -> None:
        wide = self.measured("width", width, 120)
        lid, high = wide * 0.82, wide * 0.82 * 0.645
        edge, base = lid * 0.02, wide * 0.026
        super().__init__(id, {"width": wide, "height": high + base, **properties})
        back = Group(anchor="top", width=lid, height=high, radius=lid * 0.022, fill=BODY)
        back.set(stroke=EDGE, stroke_width=lid * 0.003)
        face = Group(anchor="center", width=lid - 2 * edge, height=high - 2 * edge, fill=screen)
        face.set(radius=lid * 0.006, clip=True)
        foot = Rect(anchor="bottom", width=wide, height=base, radius=base * 0.6)
        foot.set(fill=linear("#C9CED6", "#8A919C"), shadow=_shadows(base * 12))
        notch = Rect(anchor="bottom", y=-base * 0.62, width=wide * 0.14, height=base * 0.38)
        notch.set(radius=base * 0.19, fill="#7C838E")
        self.keep(screen=face)
        back.add(face)
        self.add(back, foot, notch)
        self.show(children)


def _shadows(size: float) -> list[Shadow]:
    """Cast a contact shadow and an ambient one."""
    blur = min(size * 0.16, 400)
    return [shadow(y=size * 0.02, blur=size * 0.03), shadow(y=size * 0.12, blur=blur, color="#0000004D")]
