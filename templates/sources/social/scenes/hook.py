"""The hook: a few words as large as the frame, moving from the third frame on."""

import content
from components.backdrop import star_path
from components.look import SETTLE, aside, forward, headline, joined, rail, start
from components.stickers import ground, label
from components.wipes import close

from stage import Column, Ellipse, Film, Gradient, Image, Path, Scene, contrast, mix


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("hook", seconds=seconds)
    ink = ground(scene, film, content.GROUND)
    u, way, tall_frame = film.unit, forward(film), film.shape == "tall"
    if content.PICTURE:
        ink = _picture(scene, film)
    else:
        forms(scene, film)
    room = film.safe.width * 0.86 if film.shape == "wide" else film.safe.width - rail(film)
    title = headline(
        film,
        content.TITLE,
        room=room,
        tall=film.safe.height * (0.6 if tall_frame else 0.66),
        lines=5 if tall_frame else 3,
        color=ink,
    )
    stack = Column(title, gap=36 * u, align="start", anchor=start(film), y=film.height * 0.02, x=aside(film))
    scene.add(stack)
    tl = scene.timeline
    if joined(content.TITLE):
        tl.from_(title.words, wipe=1, opacity=0, duration=0.5, ease="power3.out", stagger=0.1, at=0.05)
    else:
        tl.from_(title.words, rise=1.1, duration=0.4, ease=SETTLE, stagger=0.07, at=0.05)
    if content.KICKER:
        tag = label(film, content.KICKER, room=room, fill=other())
        stack.add(tag)
        tl.from_(tag, x=-way * film.width, rotation=-way * 14, duration=0.5, ease="back.out(1.2)", at=0.25)
    tl.to(scene.camera, zoom=1.06, duration=seconds, ease="none", at=0)
    close(scene, film, ("accent", "ink", "background"), down=tall_frame)
    return scene


def other() -> str:
    """Name the role that stands out on the hook's ground."""
    return "accent" if content.GROUND == "second" else "second"


def forms(scene: Scene, film: Film) -> None:
    """A disc and a star that cross the frame's far edges."""
    way, big = forward(film), min(film.width, film.height)
    ground_color = film.theme.color(content.GROUND)
    ink = film.theme.on(ground_color)
    away = "#FFFFFF" if contrast(ink, "#FFFFFF") > contrast(ink, "#000000") else "#000000"
    deep = mix(ground_color, away, 0.3)
    disc = Ellipse(
        width=big * 1.1,
        height=big * 1.1,
        fill=deep,
        inside="frame",
        anchor="bottom",
        x=way * film.width * 0.3,
        y=big * 0.3,
        depth=0.5,
        allow="bleed",
    )
    star = Path(
        star_path(14, 0.76),
        width=big * 0.3,
        height=big * 0.3,
        fill=other(),
        inside="frame",
        anchor="top-left" if film.rtl else "top-right",
        origin="center",
        x=-way * big * 0.03,
        y=big * 0.05,
        depth=1.5,
        allow="bleed",
    )
    scene.add(disc, star)
    scene.timeline.to(disc, x=-way * film.width * 0.1, duration=scene.seconds, ease="none", at=0)
    scene.timeline.to(star, rotation=way * 60, duration=scene.seconds, ease="none", at=0)
    scene.timeline.from_(star, scale=0, duration=0.4, ease="back.out(1.6)", at=0)


def _picture(scene: Scene, film: Film) -> str:
    """The picture over the whole frame, under a veil that lets letters read; gives their color."""
    face = Image(
        content.PICTURE, width=film.width, height=film.height, inside="frame", anchor="center", depth=0
    )
    veil = Gradient(
        color_1="#00000066",
        color_2="#000000B8",
        angle=90,
        width=film.width,
        height=film.height,
        inside="frame",
        anchor="center",
        depth=0,
    )
    scene.add(face, veil)
    scene.timeline.to(face, zoom=1.12, duration=scene.seconds, ease="none", at=0)
    return "#FFFFFF"
