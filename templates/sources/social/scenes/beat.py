"""One beat: a figure as wide as the frame, the line said large, its words on a label."""

import content
from components.look import SETTLE, aside, forward, headline, joined, rail, start
from components.stickers import GROUNDS, figure, ground, label, ticks
from components.wipes import close, open_up

from stage import Column, Film, Scene


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a beat; numbers begin at 1."""
    point = content.POINTS[number - 1]
    scene = Scene(f"beat_{number}", seconds=seconds)
    name = GROUNDS[(number - 1) % len(GROUNDS)]
    ink = ground(scene, film, name)
    wide, tall, u, way = film.shape == "wide", film.shape == "tall", film.unit, forward(film)
    color = "accent" if name != "accent" else "second"
    other = "second" if name in ("background", "surface") else "background"
    big = film.height * {"wide": 0.72, "tall": 0.33, "square": 0.38}[film.shape]
    art = figure(scene, film, number, big, film.theme.color(color), film.theme.color(other))
    side = "left" if film.rtl else "right"
    art.set(inside="frame", anchor=side if wide else "top", x=-way * film.width * 0.06 if wide else 0)
    art.set(origin="center")
    art.set(
        x=-way * (film.width * 0.05 + big / 2) if wide else 0,
        y=0 if wide else film.height * {"tall": 0.325, "square": 0.33}[film.shape],
    )
    scene.add(art)
    scene.timeline.from_to(
        art, {"rotation": -way * 7}, {"rotation": way * 7}, duration=seconds, ease="sine.inOut", at=0
    )
    room = film.safe.width * 0.54 if wide else film.safe.width - rail(film)
    head = headline(
        film, point["title"], room=room, tall=film.safe.height * (0.58 if wide else 0.3), lines=3, color=ink
    )
    stack = Column(head, gap=28 * u, align="start", anchor=start(film) if wide else f"bottom-{start(film)}")
    stack.set(x=aside(film))
    scene.add(stack)
    if joined(point["title"]):
        scene.timeline.from_(
            head.words, wipe=1, opacity=0, duration=0.5, ease="power3.out", stagger=0.1, at=0.2
        )
    else:
        scene.timeline.from_(head.words, rise=1.1, duration=0.4, ease=SETTLE, stagger=0.08, at=0.2)
    if point.get("text"):
        tag = label(film, point["text"], room=room, fill=other if color == "accent" else color)
        stack.add(tag)
        scene.timeline.from_(tag, scale=0, rotation=-way * 12, duration=0.45, ease="back.out(1.5)", at=0.55)
    ticks(scene, film, number, ink)
    scene.timeline.to(scene.camera, zoom=1.05, duration=seconds, ease="none", at=0)
    open_up(scene, film, ("background", "ink", "accent"), down=tall)
    close(scene, film, ("accent", "ink", "background"), down=tall)
    return scene
