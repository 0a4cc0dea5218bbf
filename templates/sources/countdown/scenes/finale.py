"""The end card: a burst, the date as large as a headline, where to get in."""

import content
from components.light import shade
from components.logo import logo
from components.look import come, fitted, headline, letters, push, rail, size
from components.stage_lights import beams, burst, night

from stage import Column, Film, Group, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("finale", seconds=seconds)
    night(scene, film, warm=True)
    beams(scene, film, count=6, strength=0.26)
    shade(scene, film)
    flash = Rect(
        inside="frame", anchor="center", width=film.width * 1.1, height=film.height * 1.1, fill="#FFFFFF"
    )
    burst(scene, film)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width * 0.94 if wide else film.safe.width - 2 * rail(film)
    stack = Column(anchor="center", gap=32 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.16))
    name = fitted(film, content.TITLE, "title", room=room, weight=700, color="second", align="center")
    stack.add(name)
    come(scene, name, 0.15)
    tall = film.safe.height * (0.36 if wide else 0.26)
    date = headline(
        film, content.DATE or content.BRAND or content.TITLE, room=room, tall=tall, lines=3, align="center"
    )
    stack.add(date)
    scene.timeline.from_(date, scale=0.6, opacity=0, duration=0.6, ease="back.out(1.4)", at=0.05)
    date.set(sheen_color="#FFFFFFC0", sheen_width=0.3)
    sweep = {"duration": min(1.4, seconds * 0.5), "ease": "sine.inOut", "at": seconds * 0.42}
    scene.timeline.from_to(date, {"sheen": -0.4}, {"sheen": 1.4}, **sweep)
    if content.CALL:
        stack.add(_ticket(scene, film, room))
    for place, words in enumerate((content.BRAND if content.DATE else "", content.LINK)):
        if words and words != content.TITLE:
            foot = fitted(
                film, words, "title", room=room, size=size(film, "body"), align="center", max_lines=2
            )
            stack.add(foot)
            come(scene, foot, min(0.6 + 0.15 * place, seconds * 0.3))
    push(scene, 1.04)
    flash.set(depth=0, allow="overlap")
    scene.add(flash)
    scene.timeline.to(flash, opacity=0, duration=0.35, ease="power2.out", at=0)
    return scene


def _ticket(scene: Scene, film: Film, room: float) -> Group:
    """The call on a pill in accent."""
    pill = Group(padding_x=60 * film.unit, padding_y=30 * film.unit, fill="accent", radius=90 * film.unit)
    pill.set(glow=22 * film.unit, glow_strength=0.5)
    words = letters(
        film, content.CALL, "title", size=size(film, "body") * 1.15, color=film.theme.on("accent")
    )
    if len(content.CALL) >= 24:
        words.set(width=room * 0.8, max_lines=3, balance=True, align="center")
    pill.add(words)
    scene.timeline.from_(pill, scale=0.5, opacity=0, duration=0.5, ease="back.out(1.5)", at=0.45)
    if scene.seconds > 2.4:
        scene.timeline.to(pill, scale=1.04, duration=0.5, ease="sine.inOut", repeat=-1, yoyo=True, at=1.1)
    return pill
