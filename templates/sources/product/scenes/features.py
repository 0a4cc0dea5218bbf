"""One scene a feature: the product glides on, a point on it is marked, a line leads from it to the words."""

import content
from components.look import come, digits, forward, headline, leave, push, rail, sentence, size, start
from components.product import place, stand, studio

from stage import Callout, Column, Film, Scene

SPOTS = ((-0.3, -0.3), (-0.32, 0.0), (-0.26, 0.16), (-0.3, -0.14))
"""Points on the product, against its size, as seen from the side where the words stand."""


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a feature; numbers begin at 1."""
    point = content.POINTS[number - 1]
    scene = Scene(f"feature_{number}", seconds=seconds)
    studio(scene, film, turn=14 * number)
    wide, u = film.shape == "wide", film.unit
    toward = forward(film) * (1 if number % 2 else -1) if wide else forward(film)
    side = ("left" if toward > 0 else "right") if wide else start(film)
    tl = scene.timeline
    x, y, big = stand(film, toward)
    thing = place(scene, film, big=big)
    scene.add(thing)
    thing.set(inside="frame", anchor="center", x=x, y=y)
    came = x if number == 1 or not wide else -x
    glide = min(0.9, seconds * 0.4)
    tl.from_(thing, x=came, scale=1 if wide else 1.18, duration=glide, ease="power3.out", at=0)
    tl.to(thing, scale=1.06, duration=max(seconds - glide, 0.2), ease="sine.inOut", at=glide)
    free = rail(film)
    room = film.safe.width * 0.47 if wide else film.safe.width - free
    stack = Column(anchor=side if wide else f"bottom-{side}", gap=26 * u, align="start")
    stack.set(y=70 * u if wide else 0, x=-free if film.rtl else 0)
    head = headline(film, point["title"], room=room, tall=film.safe.height * (0.38 if wide else 0.2))
    stack.add(head)
    come(scene, head, min(0.3, seconds * 0.12))
    if point.get("text"):
        body = sentence(film, point["text"], room=room, color="muted" if wide else "ink")
        stack.add(body)
        come(scene, body, min(0.7, seconds * 0.3))
    scene.add(stack)
    _mark(film, scene, number, (x, y), big, toward)
    push(scene, 1.04)
    leave(scene, stack, lead=min(0.42, seconds * 0.2))
    return scene


def _mark(
    film: Film, scene: Scene, number: int, middle: tuple[float, float], big: float, toward: int
) -> None:
    """Mark a point of the product; the line that leaves it ends at the feature's number."""
    wide = film.shape == "wide"
    dx, dy = SPOTS[number % len(SPOTS)]
    x, y = middle[0] + toward * big * dx, middle[1] + big * (dy - 0.1)
    across, up = film.width * (0.13 if wide else 0.05), (0.31 if wide else 0.36) * film.height
    mark = Callout(
        digits(film, number),
        to=(-toward * across, min(-up - y, -30 * film.unit)),
        size=size(film, "title"),
        color="accent",
        inside="frame",
        anchor="center",
        x=x,
        y=y,
        allow="overlap",
    )
    if content.PICTURE or film.theme.dark:
        mark.set(glow=3 * film.unit)
    mark.dot.set(fill="#FFFFFF")
    mark.ring.set(stroke="#FFFFFF")
    arabic = film.language.startswith("ar")
    mark.label.set(weight=800, color="ink", font=content.ARABIC_FONTS["body"] if arabic else "display")
    scene.add(mark)
    mark.play(scene.timeline, at=min(0.45, scene.seconds * 0.2))
    tl, left = scene.timeline, scene.seconds - 1.4
    if left > 0.4:
        tl.to(
            mark.ring,
            scale=1.7,
            opacity=0.2,
            duration=left / 2,
            ease="sine.inOut",
            repeat=1,
            yoyo=True,
            at=1.4,
        )
