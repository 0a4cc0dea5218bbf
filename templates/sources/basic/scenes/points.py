"""One scene for each point, in three arrangements that take turns: numeral, split and field."""

import content
from components.backdrop import field as paint
from components.backdrop import ground
from components.look import SETTLE, aside, come, digits, forward, headline, leave, push, rail, sentence, start

from stage import Column, Ellipse, Film, Group, Rect, Scene, Text


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a point; numbers begin at 1."""
    point = content.POINTS[number - 1]
    layout = point.get("layout") or ("numeral", "split", "field")[(number - 1) % 3]
    return {"numeral": numeral, "split": split, "field": field}[layout](film, number, point, seconds)


def words(
    film: Film,
    scene: Scene,
    point: dict,
    *,
    room: float,
    color: str = "ink",
    at: float,
    center: bool = False,
    tall: float = 0.46,
) -> Column:
    """Set a point's headline and, below it, its sentence."""
    align = "center" if center else "start"
    stack = Column(gap=30 * film.unit, align=align)
    head = headline(film, point["title"], room=room, tall=film.safe.height * tall, color=color, align=align)
    stack.add(head)
    come(scene, head, at)
    if point.get("text"):
        body = sentence(film, point["text"], room=room, color=color, align=align)
        stack.add(body)
        come(scene, body, at + 0.4)
    return stack


def numeral(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """A numeral as tall as the frame, and the words beside it."""
    scene = Scene(f"point_{number}", seconds=seconds)
    ground(scene, film, angle=120)
    side, way, wide = start(film), forward(film), film.shape == "wide"
    figure = Text(digits(film, number),
                  font=content.ARABIC_FONTS["body"] if film.language.startswith("ar") else "body",
                  weight=800, size=film.height * {"wide": 0.92, "tall": 0.5,
                                                  "square": 0.54}[film.shape], line_height=1,
                  color="accent", inside="frame", depth=0.6, allow="bleed,overlap",
                  anchor=side if wide else f"top-{side}", x=way * film.width * 0.02, y=0)  # fmt: skip
    scene.add(figure)
    scene.timeline.from_(figure, y=film.height * 0.7, rotation=way * 7, duration=1.0, ease=SETTLE, at=0)
    room = film.safe.width * 0.6 if wide else film.safe.width - rail(film)
    stack = words(film, scene, point, room=room, at=0.3, tall=0.46 if wide else 0.28)
    holder = Group(anchor=("left" if side == "right" else "right") if wide else f"bottom-{side}", width=room)
    holder.set(x=0 if wide else aside(film))
    holder.add(stack.set(anchor=side if wide else f"bottom-{side}"))
    holder.height = film.safe.height if wide else None
    scene.add(holder)
    push(scene)
    leave(scene, holder, figure)
    return scene


def split(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """A panel of accent with circles in it, and the words on the other side."""
    scene = Scene(f"point_{number}", seconds=seconds)
    ground(scene, film, angle=30)
    side, wide = start(film), film.shape == "wide"
    end = "left" if side == "right" else "right"
    across = film.width * 0.4 if wide else film.width
    tall = film.height if wide else film.height * 0.42
    panel = Group(inside="frame", anchor=f"top-{end}" if wide else "top", width=across, height=tall,
                  fill="accent",
                  clip=True, depth=0)  # fmt: skip
    scene.add(panel)
    ink = film.theme.on("accent")
    big = min(across, tall)
    for index in range(4):
        ring = Ellipse(anchor="center", width=big * (0.34 + 0.3 * index), height=big * (0.34 + 0.3 * index),
                       stroke=f"{ink}{('E6', '99', '55', '2A')[index]}",
                       stroke_width=(12 - 2.4 * index) * film.unit)  # fmt: skip
        panel.add(ring)
        scene.timeline.from_(
            ring, scale=0.2, opacity=0, duration=0.9, ease="spring(0.7)", at=0.25 + 0.08 * index
        )
        scene.timeline.to(ring, rotation=40, duration=max(seconds - 1.2, 0.3), ease="sine.inOut", at=1.2)
    dot = Ellipse(anchor="center", width=big * 0.15, height=big * 0.15, fill=ink)
    panel.add(dot)
    scene.timeline.from_(dot, scale=0, duration=0.6, ease="spring(0.5)", at=0.3)
    scene.timeline.from_(panel, **({"width": 1} if wide else {"height": 1}), duration=0.8, ease=SETTLE, at=0)
    room = film.safe.width * 0.54 if wide else film.safe.width - rail(film)
    stack = words(film, scene, point, room=room, at=0.35, tall=0.46 if wide else 0.24)
    scene.add(stack.set(anchor=side if wide else f"bottom-{side}", x=0 if wide else aside(film)))
    push(scene, 1.03)
    leave(scene, stack)
    return scene


def field(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """The words alone on a full field of color."""
    scene = Scene(f"point_{number}", seconds=seconds, background="accent")
    ink = paint(scene, film, corner="start" if number % 2 else "end")
    room = film.safe.width * 0.9 - 2 * rail(film) * 0.7
    stack = words(film, scene, point, room=room, color=ink, at=0.2, center=True,
                  tall=0.46 if film.shape == "wide" else 0.4)  # fmt: skip
    scene.add(stack.set(anchor="center"))
    bar = Rect(
        inside="frame", anchor="bottom", width=film.width, height=14 * film.unit, fill=f"{ink}55", depth=0
    )
    scene.add(bar)
    scene.timeline.from_(bar, width=1, duration=seconds, ease="none", at=0)
    push(scene, 1.05)
    leave(scene, stack)
    return scene
