"""The finding as a sentence, and its number that counts up to where it stands."""

import content
from components.backdrop import ground, rings
from components.look import aside, come, forward, headline, leave, legible, letters, push, rail, start
from components.numbers import Amount, counter, focus

from stage import Column, Film, Scene


def build(film: Film, amounts: list[Amount], seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("insight", seconds=seconds)
    ground(scene, film)
    rings(scene, film, at=0.1)
    wide, u = film.shape == "wide", film.unit
    room = film.safe.width - rail(film)
    stack = Column(anchor=start(film), gap=30 * u, align="start", x=aside(film))
    scene.add(stack)
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color=legible(film), weight=700)
        stack.add(kicker)
        come(scene, kicker, 0.1)
    share = 0.4 if amounts and wide else 0.35 if amounts else 0.66
    title = headline(
        film, content.TITLE, room=room * (0.92 if wide else 1), tall=film.safe.height * share, lines=3
    )
    stack.add(title)
    come(scene, title, 0.15)
    if amounts:
        amount = amounts[focus(amounts)]
        big = min(film.height * (0.4 if wide else 0.23), room / max(len(amount.shown), 2) / 0.62)
        number = counter(film, amount, big, color="accent")
        stack.add(number)
        tl = scene.timeline
        lasts = min(1.4, seconds * 0.5)
        tl.from_(number, value=0, duration=lasts, ease="power3.out", at=0.3)
        tl.from_(number, x=-forward(film) * 90 * u, opacity=0, duration=0.6, ease="power3.out", at=0.25)
    push(scene, 1.05)
    leave(scene, stack)
    return scene
