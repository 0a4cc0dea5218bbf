"""One scene for each point, in three arrangements that take turns: numeral, split and field."""

import content
from components.backdrop import ground, rings
from components.look import SETTLE, come, forward, leave, letters, push, size, start

from stage import Column, Ellipse, Film, Group, Rect, Scene, Text


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a point; numbers begin at 1."""
    point = content.POINTS[number - 1]
    layout = point.get("layout") or ("numeral", "split", "field")[(number - 1) % 3]
    return {"numeral": numeral, "split": split, "field": field}[layout](film, number, point, seconds)


def words(
    film: Film, scene: Scene, point: dict, *, room: float, color: str = "ink", at: float, center: bool = False
) -> Column:
    """Set a point's headline and, below it, its sentence."""
    align = "center" if center else "start"
    stack = Column(gap=30 * film.unit, align=align)
    head = letters(film, point["title"], "headline", width=room, fit="shrink", min_size=size(film, "body") * 0.75,
                   balance=True, max_lines=3, color=color, align=align)  # fmt: skip
    stack.add(head)
    come(scene, head, at)
    if point.get("text"):
        body = letters(
            film, point["text"], "body", width=room, max_lines=3, balance=True, color=color, align=align
        )
        stack.add(body)
        come(scene, body, at + 0.4)
    return stack


def numeral(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """A numeral as tall as the frame, and the words beside it."""
    scene = Scene(f"point_{number}", seconds=seconds)
    ground(scene, film, angle=120)
    side, way, wide = start(film), forward(film), film.shape == "wide"
    digits = Text(str(number), font="display", weight=800, size=film.height * (0.92 if wide else 0.5), line_height=1,
                  color="accent", inside="frame", depth=0.6, allow="bleed,overlap",
                  anchor=side if wide else f"top-{side}", x=way * film.width * 0.02, y=0)  # fmt: skip
    scene.add(digits)
    scene.timeline.from_(digits, y=film.height * 0.7, rotation=way * 7, duration=1.0, ease=SETTLE, at=0)
    room = film.safe.width * (0.6 if wide else 1)
    stack = words(film, scene, point, room=room, at=0.3)
    holder = Group(anchor=("left" if side == "right" else "right") if wide else f"bottom-{side}", width=room)
    holder.add(stack.set(anchor=side if wide else f"bottom-{side}"))
    holder.height = film.safe.height if wide else None
    scene.add(holder)
    push(scene)
    leave(scene, holder, digits)
    return scene


def split(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """A panel of accent with circles in it, and the words on the other side."""
    scene = Scene(f"point_{number}", seconds=seconds)
    ground(scene, film, angle=30)
    side, wide = start(film), film.shape == "wide"
    end = "left" if side == "right" else "right"
    across = film.width * 0.4 if wide else film.width
    tall = film.height if wide else film.height * 0.44
    panel = Group(inside="frame", anchor=f"top-{end}" if wide else "top", width=across, height=tall, fill="accent",
                  clip=True, depth=0)  # fmt: skip
    scene.add(panel)
    ink = film.theme.on("accent")
    big = min(across, tall)
    for index in range(4):
        ring = Ellipse(anchor="center", width=big * (0.34 + 0.3 * index), height=big * (0.34 + 0.3 * index),
                       stroke=f"{ink}{('E6', '99', '55', '2A')[index]}", stroke_width=(12 - 2.4 * index) * film.unit)  # fmt: skip
        panel.add(ring)
        scene.timeline.from_(
            ring, scale=0.2, opacity=0, duration=0.9, ease="spring(0.7)", at=0.25 + 0.08 * index
        )
        scene.timeline.to(ring, scale=1.12, duration=seconds, ease="sine.inOut", at=1.2)
    dot = Ellipse(anchor="center", width=big * 0.15, height=big * 0.15, fill=ink)
    panel.add(dot)
    scene.timeline.from_(dot, scale=0, duration=0.6, ease="spring(0.5)", at=0.3)
    scene.timeline.from_(panel, **({"width": 1} if wide else {"height": 1}), duration=0.8, ease=SETTLE, at=0)
    room = film.safe.width * (0.56 if wide else 1)
    stack = words(film, scene, point, room=room, at=0.35)
    scene.add(stack.set(anchor=side if wide else f"bottom-{side}"))
    push(scene, 1.03)
    leave(scene, stack)
    return scene


def field(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """The words alone on a full field of color."""
    scene = Scene(f"point_{number}", seconds=seconds, background="accent")
    ink = film.theme.on("accent")
    rings(scene, film, at=0, color=ink, corner="start" if number % 2 else "end")
    room = film.safe.width * 0.9
    stack = words(film, scene, point, room=room, color=ink, at=0.2, center=True)
    scene.add(stack.set(anchor="center"))
    bar = Rect(
        inside="frame", anchor="bottom", width=film.width, height=14 * film.unit, fill=f"{ink}55", depth=0
    )
    scene.add(bar)
    scene.timeline.from_(bar, width=1, duration=seconds, ease="none", at=0)
    push(scene, 1.05)
    leave(scene, stack)
    return scene
