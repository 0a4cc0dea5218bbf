"""What comes out of it all, on a field of accent."""

import content
from components.look import SETTLE, forward, headline, joined, rail
from components.stickers import ground
from components.wipes import close, open_up

from stage import Ellipse, Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the payoff."""
    scene = Scene("payoff", seconds=seconds)
    ink = ground(scene, film, "accent")
    big = max(film.width, film.height)
    tl = scene.timeline
    for index in range(4):
        ring = Ellipse(
            width=big * 0.3,
            height=big * 0.3,
            stroke=f"{ink[:7]}30",
            stroke_width=26 * film.unit,
            inside="frame",
            anchor="center",
            depth=0.5,
            allow="bleed",
        )
        scene.add(ring)
        tl.from_to(
            ring,
            {"scale": 0.2 + 0.9 * index},
            {"scale": 1.1 + 0.9 * index},
            duration=seconds,
            ease="none",
            at=0,
        )
    line = headline(
        film,
        content.SUBTITLE,
        room=film.safe.width * 0.86 if film.shape == "wide" else film.safe.width - 2 * rail(film),
        tall=film.safe.height * 0.7,
        lines=6 if film.shape == "tall" else 4,
        color=ink,
        align="center",
    )
    scene.add(line.set(anchor="center"))
    if joined(content.SUBTITLE):
        tl.from_(line.words, wipe=1, opacity=0, duration=0.5, ease="power3.out", stagger=0.08, at=0.15)
    else:
        tl.from_(line.words, scale=0.3, opacity=0, duration=0.35, ease="back.out(1.8)", stagger=0.06, at=0.15)
        tl.from_(line, rotation=-forward(film) * 3, duration=seconds, ease=SETTLE, at=0)
    tl.to(scene.camera, zoom=1.06, duration=seconds, ease="none", at=0)
    open_up(scene, film, ("background", "ink", "accent"), down=film.shape == "tall")
    close(scene, film, ("accent", "ink", "background"), down=film.shape == "tall")
    return scene
