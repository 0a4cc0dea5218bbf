"""A line to those who are greeted, beside an arched window onto the evening."""

import content
from components.look import SETTLE, forward, headline, leave, push, sentence, start
from components.night import crescent_path, lanterns, sky, skyline, stars
from components.pattern import arch_path, girih
from scenes.greeting import uncover

from stage import Column, Film, Gradient, Group, Image, Path, Scene, linear, mix


def build(film: Film, number: int, words: str, below: str, seconds: float) -> Scene:
    """Make the scene of one line; every second one has its window on the other side."""
    scene = Scene(f"wish_{number + 1}", seconds=seconds)
    w, h, u, wide = film.width, film.height, film.unit, film.shape == "wide"
    way = forward(film) * (1 if number % 2 == 0 else -1)
    sky(scene, film, moon=0.5 + way * 0.25)
    stars(scene, film, count=30)
    girih(scene, film, big=h * 1.1, x=-way * w * 0.34, strength=0.13)
    tall = h * {"wide": 0.86, "tall": 0.42, "square": 0.46}[film.shape]
    _window(scene, film, tall, way)
    room = film.safe.width * (0.52 if wide else 0.88)
    side = ("left" if way > 0 else "right") if wide else "bottom"
    align = "start" if wide and side == start(film) else "center" if not wide else "start"
    line = headline(
        film, words, room=room, tall=film.safe.height * (0.6 if wide else 0.3), lines=4, align=align
    )
    line.set(vertical="center" if wide else "top")
    stack = Column(line, gap=26 * u, align="center" if not wide else "start", anchor=side)
    scene.add(stack)
    uncover(scene, line, 0.25)
    if below:
        more = sentence(film, below, room=room, color="accent", align=align)
        stack.add(more)
        uncover(scene, more, 0.7)
    push(scene, 1.05)
    leave(scene, stack, by=0)
    return scene


def _window(scene: Scene, film: Film, tall: float, way: int) -> None:
    """An arch with a gold edge; in it the picture, or domes under the moon."""
    w, h, wide = film.width, film.height, film.shape == "wide"
    across = tall / 1.4
    place = {"inside": "frame", "anchor": "center", "x": way * w * 0.25 if wide else 0}
    place["y"] = 0 if wide else -h * (0.2 if film.shape == "tall" else 0.22)
    view = Group(width=across, height=tall, mask="alpha", depth=0.8, **place)
    cut = Path(arch_path(), width=across, height=tall, fill="#FFFFFF", anchor="center")
    view.add(cut)
    if content.PICTURE:
        face = Image(content.PICTURE, width=across, height=tall, anchor="center")
        view.add(face)
        scene.timeline.to(face, zoom=1.1, duration=scene.seconds, ease="none", at=0)
    else:
        view.add(*_night(scene, film, across, tall))
    edge = Path(
        arch_path(),
        width=across,
        height=tall,
        stroke="accent",
        stroke_width=7 * film.unit,
        depth=0.8,
        **place,
    )
    outer = Path(
        arch_path(), width=across * 1.07, height=tall * 1.05, stroke="accent/0.4", depth=0.8, **place
    )
    scene.add(view, edge, outer.set(stroke_width=2.5 * film.unit))
    tl = scene.timeline
    tl.from_(view, opacity=0, scale=0.92, duration=0.7, ease=SETTLE, at=0)
    tl.from_(edge, draw_end=0, duration=min(1.1, scene.seconds * 0.4), ease="power2.inOut", at=0)
    tl.from_(outer, draw_end=0, duration=min(1.4, scene.seconds * 0.5), ease="power2.inOut", at=0.1)
    if wide:
        lanterns(scene, film, at=0.1, pairs=1, sides=[way])


def _night(scene: Scene, film: Film, across: float, tall: float) -> tuple[Gradient | Path, ...]:
    """Domes near and far under the moon that rises, with a sky behind them."""
    tl, gold, base = scene.timeline, film.theme.color("accent"), film.theme.color("background")
    dusk = mix(film.theme.color("second"), base, 0.35)
    heaven = Gradient(color_1=dusk, color_2=mix(gold, base, 0.2), angle=90, width=across, height=tall)
    moon = Path(crescent_path(), width=across * 0.3, height=across * 0.3, anchor="center", y=-tall * 0.16)
    moon.set(fill=linear(mix(gold, "#FFFFFF", 0.6), gold, angle=60))
    far = Path(
        skyline(1.4, 4), width=across * 1.7, height=tall * 0.34, fill=mix(base, gold, 0.25), anchor="bottom"
    )
    near = Path(skyline(3.1, 3), width=across * 1.9, height=tall * 0.24, fill=mix(base, "#000000", 0.5))
    for domes, way in ((far, across * 0.04), (near, across * 0.12)):
        tl.from_to(domes, {"x": way}, {"x": -way}, duration=scene.seconds, ease="none", at=0)
    tl.from_(moon, y=tall * 0.1, duration=scene.seconds, ease=SETTLE, at=0)
    return heaven.set(anchor="center"), moon, far, near.set(anchor="bottom")
