"""The quotation, said in its own rhythm in one warm light, and who says it."""

import content
from components.light import evening
from components.look import SETTLE, aside, come, leave, letters, push, rail, size, start
from components.voice import mark, portrait, say, spoken

from stage import Column, Film, Rect, Row, Scene


def build(film: Film, number: int, words: str, seconds: float, over: tuple[float, float]) -> Scene:
    """Make the scene of a quotation; 0 is the title."""
    scene = Scene(f"quote_{number}", seconds=seconds)
    evening(scene, film, over)
    mark(scene, film, over)
    wide, u = film.shape == "wide", film.unit
    shown = bool(content.PICTURE) and number == 0
    room = film.safe.width * (0.58 if shown and wide else 0.9 if wide else 1) - rail(film)
    if shown:
        face = portrait(scene, film, tall=film.safe.height * (0.9 if wide else 0.36))
        end = "left" if film.rtl else "right"
        scene.add(face.set(anchor=end if wide else "top"))
    tall = film.safe.height * ((0.66 if wide else 0.7) if not shown else 0.6 if wide else 0.38)
    text = spoken(film, words, room=room, tall=tall)
    stack = Column(
        gap=40 * u, align="start", anchor=f"bottom-{start(film)}" if shown and not wide else start(film)
    )
    stack.set(x=aside(film)).add(text)
    scene.add(stack)
    ready = say(scene, text, words, 0.25)
    if seconds - ready > 1:
        text.set(sheen_color="#FFFFFF70", sheen_width=0.3)
        scene.timeline.from_to(
            text, {"sheen": -0.3}, {"sheen": 1.3}, duration=1.3, ease="sine.inOut", at=ready - 0.3
        )
    if number == 0 and content.AUTHOR:
        stack.add(_author(film, scene, min(ready - 0.2, seconds * 0.55)))
    push(scene, 1.04)
    leave(scene, stack, by=-30 * u)
    return scene


def _author(film: Film, scene: Scene, at: float) -> Row:
    """A drawn rule, the name and the role."""
    u = film.unit
    rule = Rect(width=130 * u, height=5 * u, radius=2.5 * u, fill="accent")
    name = letters(film, content.AUTHOR, "title", size=size(film, "body") * 1.12, weight=600)
    who = Column(name, gap=4 * u, align="start")
    come(scene, name, at + 0.15)
    if content.ROLE:
        role = letters(film, content.ROLE, "body", size=size(film, "body") * 0.84, color="muted")
        who.add(role)
        come(scene, role, at + 0.35)
    scene.timeline.from_(rule, width=1, duration=0.8, ease=SETTLE, at=at)
    return Row(rule, who, gap=34 * u, align="center")
