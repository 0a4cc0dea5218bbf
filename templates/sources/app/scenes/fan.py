"""Three phones fan out from one point, under what they are good for."""

import content
from components.look import come, forward, headline, leave, push, start
from components.numbers import stars
from components.phone import air, phone

from stage import Column, Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the fan."""
    scene = Scene("fan", seconds=seconds)
    air(scene, film, turn=90)
    wide, w, h, way = film.shape == "wide", film.width, film.height, forward(film)
    tall = h * {"wide": 0.86, "tall": 0.46, "square": 0.56}[film.shape]
    x = way * w * 0.26 if wide else 0
    y = h * {"wide": 0.1, "tall": 0.22, "square": 0.26}[film.shape]
    tl = scene.timeline
    for order, side in enumerate((-1, 1, 0)):
        device, _ = phone(scene, film, tall=tall * (1 if side == 0 else 0.9), kind=order + 1, at=0.4)
        device.set(inside="frame", anchor="center", x=x, y=y, depth=1.4 if side == 0 else 1.1)
        scene.add(device)
        tl.from_(device, y=h * 0.9, scale=0.6, duration=0.55, ease="power3.out", at=0)
        if side:
            apart = {"x": x + side * tall * 0.34, "y": y + tall * 0.03, "rotation": side * 10}
            tl.to(device, **apart, duration=0.7, ease="spring(0.6)", at=0.56)
    room = film.safe.width * (0.44 if wide else 1)
    share = {"wide": 0.6, "tall": 0.26, "square": 0.3}[film.shape]
    line = headline(film, content.SUBTITLE, room=room, tall=film.safe.height * share, lines=5)
    stack = Column(line, gap=26 * film.unit, align="start")
    scene.add(stack.set(anchor=start(film) if wide else f"top-{start(film)}"))
    come(scene, line, 0.15)
    if content.RATING:
        stack.add(stars(scene, film, 0.5))
    push(scene, 1.05)
    leave(scene, stack)
    return scene
