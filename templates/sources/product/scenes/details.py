"""Quick cuts on the beat: the product from close by, and words on a field of color, for each feature."""

import content
from components.look import SETTLE, forward, headline
from components.product import place

from stage import Ellipse, Film, Group, Rect, Scene, Text, linear, mix

GROUNDS = ("accent", "ink", "second", "accent")
VIEWS = {
    "wide": ((0.3, 0.2, 1.75), (-0.3, 0.05, 1.9), (0.3, -0.02, 1.6), (-0.31, 0.18, 1.8)),
    "tall": ((0.12, 0.2, 1.6), (-0.14, -0.2, 1.4), (-0.1, 0.18, 1.6), (0.14, -0.2, 1.4)),
    "square": ((0.14, 0.22, 1.15), (-0.14, -0.2, 1.1), (-0.1, 0.22, 1.2), (0.14, -0.2, 1.1)),
}
"""Where the product stands against the frame's middle, shares of the frame, and how much larger."""


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of all details, each as long as the others."""
    scene = Scene("details", seconds=seconds)
    told = content.POINTS[:4]
    cuts = [round(seconds * film.fps * place / len(told)) / film.fps for place in range(len(told) + 1)]
    for number, point in enumerate(told):
        _shot(film, scene, number, point["title"], cuts[number], cuts[number + 1])
    return scene


def _shot(film: Film, scene: Scene, number: int, words: str, begin: float, end: float) -> None:
    """One view: it is there for its time only, and moves all the while."""
    w, h, way, tl = film.width, film.height, forward(film), scene.timeline
    span = {"start": begin} | ({"end": end} if end < scene.seconds else {})
    color = film.theme.color(GROUNDS[number % 4])
    ink = film.theme.on(color)
    shot = Group(width=w, height=h, inside="frame", anchor="center", clip=True, depth=0, **span)
    shot.set(fill=linear(mix(color, "#FFFFFF", 0.1), mix(color, "#000000", 0.24), angle=60))
    scene.add(shot)
    x, y, scale = VIEWS[film.shape][number % 4]
    big = min(w, h) * 0.5
    ring = Ellipse(
        width=big * 2.2, height=big * 2.2, anchor="center", stroke=f"{ink}30", stroke_width=10 * film.unit
    )
    ring.set(x=way * x * w, y=y * h)
    shot.add(ring)
    thing = place(scene, film, big=big, pale=number % 2 == 0)
    shot.add(thing.set(anchor="center", x=way * x * w, y=y * h, rotation=way * (6 if number % 2 else -8)))
    lasts = end - begin
    tl.from_to(thing, {"scale": scale * 0.94}, {"scale": scale * 1.06}, duration=lasts, ease="none", at=begin)
    head, late = _words(film, words, (x * way, y), ink), min(0.3, lasts * 0.4)
    shot.add(head)
    tl.from_(head, x=float(head.x or 0) - way * 120 * film.unit, duration=late, ease=SETTLE, at=begin)
    bar = Rect(width=w, height=14 * film.unit, anchor="bottom", fill=f"{ink}66")
    shot.add(bar)
    tl.from_(bar, width=1, duration=lasts, ease="none", at=begin)


def _words(film: Film, words: str, away: tuple[float, float], ink: str) -> Text:
    """Set a feature's name on the side where the product is not."""
    if film.shape == "wide":
        side = "left" if away[0] > 0 else "right"
        head = headline(film, words, room=film.safe.width * 0.44, tall=film.height * 0.4, color=ink)
        return head.set(anchor=side, x=film.safe.left * (1 if side == "left" else -1), allow="overlap")
    side = "top" if away[1] >= 0 else "bottom"
    head = headline(
        film, words, room=film.safe.width * 0.96, tall=film.height * 0.2, color=ink, align="center"
    )
    margin = film.safe.top if side == "top" else film.safe.bottom - film.height
    return head.set(anchor=side, y=margin, allow="overlap")
