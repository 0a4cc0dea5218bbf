"""The end card: the block shrinks into a lockup between two bands that keep running."""

import content
from components.block import block, lines_of
from components.logo import logo
from components.look import SETTLE, aside, come, fitted, forward, letters, rail, size, start
from components.posters import marquee, paint

from stage import Column, Film, Group, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("lockup", seconds=seconds)
    name = content.BRAND or content.TITLE
    ink = paint(scene, film, "accent", name.split()[0])
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width * 0.8 if wide else film.safe.width - rail(film)
    stack = Column(anchor=start(film), gap=34 * u, align="start", x=aside(film))
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * (0.14 if wide else 0.2)))
    tall = film.safe.height * (0.42 if wide else 0.34) * (0.7 if content.LOGO else 1)
    column, _ = block(film, lines_of(name, room, tall, 3), room=room, tall=tall, color=ink)
    stack.add(column)
    scene.timeline.from_(column, scale=1.5, duration=0.6, ease="power4.out", at=0)
    if name != content.TITLE:
        told = fitted(film, content.TITLE, "title", room=room, size=size(film, "body") * 1.1, color=ink)
        stack.add(told)
        come(scene, told, 0.25)
    foot = Column(gap=24 * u, align="start") if content.CALL or content.LINK else stack
    if content.CALL:
        pill = Group(padding_x=48 * u, padding_y=24 * u, fill=ink)
        pill.add(
            letters(
                film,
                content.CALL,
                "title",
                size=size(film, "body") * 1.1,
                color=film.theme.on(ink),
                width=None if len(content.CALL) < 26 else room * 0.8,
                max_lines=2,
            )
        )
        foot.add(pill)
        scene.timeline.from_(pill, scale_x=0, duration=0.4, ease=SETTLE, at=0.4)
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        foot.add(link)
        come(scene, link, 0.6)
    if foot is not stack:
        stack.add(foot)
    _bands(scene, film, name, ink)
    scene.timeline.to(scene.camera, zoom=1.03, duration=seconds, ease="sine.inOut", at=0)
    return scene


def _bands(scene: Scene, film: Film, word: str, ink: str) -> None:
    """Run the name along the upper and the lower edge."""
    tall = film.height * (0.09 if film.shape == "wide" else 0.06)
    for edge, way in (("top", 1), ("bottom", -1)):
        scene.add(
            Rect(
                inside="frame",
                anchor=edge,
                width=film.width * 1.1,
                height=tall,
                fill=ink,
                depth=0,
                allow="bleed",
            )
        )
        line = marquee(film, word, size=tall * 0.62, color=film.theme.on(ink), outlined=False)
        line.set(
            anchor=edge, origin=edge, y=(tall * 0.2) * way, x=way * forward(film) * film.width * 0.1, depth=0
        )
        scene.add(line)
        scene.timeline.to(
            line, x=-way * forward(film) * film.width * 0.1, duration=scene.seconds, ease="none", at=0
        )
