"""The title in the film's other language, on a full field of accent."""

import content
from components.backdrop import field
from components.look import come, headline, leave, letters, push

from stage import Column, Film, Rect, Scene, mix


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the second title."""
    accent = film.theme.color("accent")
    scene = Scene("second", seconds=seconds, background=accent)
    ink = field(scene, film, corner="start")
    room = film.safe.width * 0.82
    stack = Column(anchor="center", gap=36 * film.unit, align="center")
    scene.add(stack)
    title = headline(film, content.SECOND_TITLE, room=room, tall=film.safe.height * 0.56, color=ink,
                     align="center",
                     language=content.SECOND_LANGUAGE)  # fmt: skip
    stack.add(title)
    come(scene, title, 0.15, slow=1.15)
    line = Rect(width=room * 0.3, height=8 * film.unit, radius=4 * film.unit, fill=mix(accent, ink, 0.55))
    stack.add(line)
    scene.timeline.from_(
        line, width=1, duration=min(0.9, seconds * 0.5), ease="power3.out", at=min(0.7, seconds * 0.3)
    )
    below = letters(film, content.TITLE, "title", color=ink, align="center", width=room, max_lines=2)
    stack.add(below)
    come(scene, below, min(0.8, seconds * 0.35))
    push(scene, 1.05)
    leave(scene, stack)
    return scene
