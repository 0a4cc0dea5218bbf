"""The end card: the name, what to do, where; it holds, and its last frame is a poster."""

import content
from components.backdrop import field
from components.logo import logo
from components.look import SETTLE, come, headline, letters, push, rail, sentence, size

from stage import Column, Film, Group, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("closing", seconds=seconds, background="accent")
    u, wide = film.unit, film.shape == "wide"
    ink = field(scene, film, deep=0.3 if content.SECOND_TITLE else 0)
    room = film.safe.width - rail(film)
    stack = Column(anchor="center", gap=34 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.26))
    name = content.BRAND or content.TITLE
    also = bool(content.SECOND_TITLE) and name == content.TITLE
    below = sum(map(bool, (content.CALL, content.LINK, also, content.LOGO,
                           content.SUBTITLE and not content.CALL)))  # fmt: skip
    share = (0.5, 0.42, 0.36, 0.3)[min(below, 3)] if wide else (0.5, 0.42, 0.34, 0.26)[min(below, 3)]
    narrow = 0.68 if len(name) <= 8 and wide else 1 if max(map(len, name.split())) > 14 else 0.88
    title = headline(film, name, room=room * narrow, tall=film.safe.height * share, color=ink, align="center")
    stack.add(title)
    come(scene, title, 0.08)
    if also:
        second = headline(film, content.SECOND_TITLE, room=room * 0.6, tall=film.safe.height * 0.24, lines=2,
                          color=ink, align="center", language=content.SECOND_LANGUAGE)  # fmt: skip
        stack.add(second)
        come(scene, second, 0.45)
    if content.SUBTITLE and not (also or content.CALL):
        subtitle = sentence(film, content.SUBTITLE, room=room * 0.86, color=ink, align="center")  # fmt: skip
        stack.add(subtitle)
        come(scene, subtitle, min(0.35, seconds * 0.15))
    line = Rect(width=room * 0.16, height=8 * u, radius=4 * u, fill=ink)
    stack.add(line)
    scene.timeline.from_(line, width=1, duration=0.9, ease=SETTLE, at=0.4)
    if content.CALL:
        stack.add(_call(scene, film, ink, room))
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        stack.add(link)
        come(scene, link, min(0.7, seconds * 0.25))
    _sheen(scene, film)
    scene.timeline.from_(stack, scale=0.97, duration=seconds, ease=SETTLE, at=0)
    push(scene, 1.03)
    return scene


def _call(scene: Scene, film: Film, ink: str, room: float) -> Group:
    """What to do next, on a pill that springs up."""
    pill = Group(padding_x=60 * film.unit, padding_y=30 * film.unit, fill=ink, radius=90 * film.unit)
    words = letters(film, content.CALL, "title", size=size(film, "body") * 1.15, color=film.theme.on(ink),
                    width=None if len(content.CALL) < 24 else room * 0.8, max_lines=3,
                    balance=True, align="center")  # fmt: skip
    pill.add(words)
    scene.timeline.from_(pill, scale=0.6, opacity=0, duration=0.6, ease="spring(0.6)",
                         at=min(0.5, scene.seconds * 0.2))  # fmt: skip
    return pill


def _sheen(scene: Scene, film: Film) -> None:
    """A band of light that passes over the card once."""
    sheen = Rect(inside="frame", anchor="left", origin="center", width=film.width * 0.12,
                 height=film.height * 2,
                 x=-film.width * 0.3, rotation=18, fill="#FFFFFF12", depth=0,
                 allow="bleed,overlap")  # fmt: skip
    scene.add(sheen)
    scene.timeline.to(sheen, x=film.width * 1.3, duration=min(1.6, scene.seconds * 0.5),
                      ease="sine.inOut", at=scene.seconds * 0.35)  # fmt: skip
