"""The product in its light, in front of its own name."""

import content
from components.look import come, forward, headline, joined, leave, letters, push, sentence, start
from components.product import place, studio

from stage import Column, Film, Scene, Text


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("hero", seconds=seconds)
    studio(scene, film)
    wide, way = film.shape == "wide", forward(film)
    tl = scene.timeline
    name = content.BRAND or content.TITLE
    arabic = joined(name)
    behind = Text(name, font=content.ARABIC_FONTS["display"] if arabic else "display",
                  weight=content.WEIGHT, size=film.height * (0.3 if wide else 0.13), line_height=1,
                  width=film.width * 0.96, fit="shrink", min_size=60 * film.unit, max_lines=1, align="center",
                  letter_spacing=0 if arabic else -0.03, color="ink/0.10", inside="frame", anchor="top",
                  y=film.height * (0.05 if wide else 0.06), depth=0.4, allow="overlap,bleed")  # fmt: skip
    scene.add(behind)
    tl.from_(behind, x=way * film.width * 0.06, duration=seconds, ease="sine.out", at=0)
    thing = place(scene, film, big=film.height * (0.62 if wide else 0.34))
    thing.set(inside="frame", anchor="center", x=way * film.width * (0.22 if wide else 0),
              y=film.height * (0.02 if wide else -0.2))  # fmt: skip
    tl.from_(thing, scale=1.7, rotation=-8 * way, duration=1.5, ease="bezier(.16,1,.3,1)", at=0)
    tl.to(thing, rotation=4 * way, duration=max(seconds - 1.6, 0.4), ease="sine.inOut", at=1.5)
    room = film.safe.width * (0.5 if wide else 1)
    stack = Column(anchor=start(film) if wide else f"bottom-{start(film)}", gap=28 * film.unit, align="start")
    scene.add(stack)
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color="accent")
        stack.add(kicker)
        come(scene, kicker, 0.12)
    title = headline(film, content.TITLE, room=room, tall=film.safe.height * (0.52 if wide else 0.28))
    stack.add(title)
    come(scene, title, 0.2)
    if content.SUBTITLE:
        subtitle = sentence(film, content.SUBTITLE, room=room)
        stack.add(subtitle)
        come(scene, subtitle, 0.6)
    push(scene, 1.05)
    leave(scene, stack)
    return scene
