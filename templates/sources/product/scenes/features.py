"""One scene a feature: the product stays, turns a little, and a line leads from it to the words."""

import content
from components.look import SETTLE, come, digits, forward, headline, leave, letters, push, sentence, start
from components.product import place, studio

from stage import Column, Ellipse, Film, Group, Rect, Scene


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a feature; numbers begin at 1."""
    point = content.POINTS[number - 1]
    scene = Scene(f"feature_{number}", seconds=seconds)
    studio(scene, film, turn=14 * number)
    wide, u = film.shape == "wide", film.unit
    way = forward(film) * (1 if number % 2 else -1) if wide else forward(film)
    side = ("left" if way > 0 else "right") if wide else start(film)
    tl = scene.timeline
    big = film.height * (0.66 if wide else 0.4)
    thing = place(scene, film, big=big)
    thing.set(inside="frame", anchor="center", x=way * film.width * (0.24 if wide else 0),
              y=0 if wide else -film.height * 0.16)  # fmt: skip
    tl.from_(
        thing, x=float(thing.x) + way * film.width * 0.18, rotation=14 * way, duration=1.0, ease=SETTLE, at=0
    )
    tl.to(thing, rotation=-5 * way, duration=max(seconds - 1.0, 0.4), ease="sine.inOut", at=1.0)
    room = film.safe.width * (0.5 if wide else 1)
    stack = Column(anchor=side if wide else f"bottom-{side}", gap=26 * u, align="start")
    tag = letters(film, digits(film, number), "title", color="accent", weight=800)
    line = Rect(width=room * 0.3, height=6 * u, radius=3 * u, fill="accent")
    head = headline(film, point["title"], room=room, tall=film.safe.height * (0.46 if wide else 0.24))
    stack.add(tag, line, head)
    come(scene, tag, 0.2)
    tl.from_(line, width=1, duration=0.7, ease=SETTLE, at=0.25)
    come(scene, head, 0.35)
    if point.get("text"):
        body = sentence(film, point["text"], room=room, color="muted")
        stack.add(body)
        come(scene, body, 0.7)
    scene.add(stack)
    _pulse(film, scene, thing, big, number)
    push(scene, 1.05)
    leave(scene, stack)
    return scene


def _pulse(film: Film, scene: Scene, thing: Group, big: float, number: int) -> None:
    """A point of light on the product, and a ring that leaves it twice."""
    x, y = ((-0.22, 0.1), (0.2, -0.3), (0.12, 0.3), (-0.2, -0.28))[number % 4]
    spot = {"anchor": "center", "origin": "center", "x": big * x, "y": big * y}
    core = Ellipse(width=26 * film.unit, height=26 * film.unit, fill="#FFFFFF", **spot)
    ring = Ellipse(
        width=120 * film.unit, height=120 * film.unit, stroke="#FFFFFF", stroke_width=4 * film.unit, **spot
    )
    thing.add(core, ring)
    tl = scene.timeline
    tl.from_(core, scale=0, duration=0.4, ease="spring(0.5)", at=0.7)
    wave = max(min(1.0, (scene.seconds - 0.85) / 2), 0.1)
    tl.from_to(ring, {"scale": 0.2, "opacity": 0.9}, {"scale": 1.3, "opacity": 0}, duration=wave,
               ease="power2.out",
               repeat=1, at=0.8)  # fmt: skip
