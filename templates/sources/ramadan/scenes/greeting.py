"""Night falls, the crescent draws itself, the camera passes an arch, and the greeting is uncovered."""

import content
from components.look import SETTLE, headline, joined, leave, letters, push, rail
from components.night import crescent, domes, lanterns, sky, stars
from components.pattern import gate, girih

from stage import Column, Film, Scene, Text, linear, mix, shadow


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("greeting", seconds=seconds)
    w, h, wide = film.width, film.height, film.shape == "wide"
    small = min(w, h)
    sky(scene, film)
    stars(scene, film)
    girih(scene, film, big=small * (0.98 if wide else 0.9), y=-h * 0.02, strength=0.24)
    moon_y = -h * {"wide": 0.31, "tall": 0.24, "square": 0.31}[film.shape]
    crescent(scene, film, big=small * (0.15 if wide else 0.17), x=0, y=moon_y)
    domes(scene, film)
    lanterns(scene, film, pairs=2)
    stack = Column(anchor="center", gap=10 * film.unit, align="center", y=h * (0.03 if wide else 0.02))
    scene.add(stack)
    title = golden(
        film, content.TITLE, room=w * (0.58 if wide else 0.84) - rail(film), tall=h * (0.36 if wide else 0.24)
    )
    stack.add(title)
    begin = min(0.7, seconds * 0.16)
    uncover(scene, title, begin)
    if content.SECOND_TITLE:
        second = letters(
            film,
            content.SECOND_TITLE,
            "headline",
            size=title_step(film),
            weight=500,
            color="ink",
            language=content.SECOND_LANGUAGE,
            width=w * (0.6 if wide else 0.84),
            fit="shrink",
            max_lines=1,
            align="center",
        )
        stack.add(second)
        uncover(scene, second, begin + 0.9)
    push(scene, 1.05)
    gate(scene, film, through=min(1.5, seconds * 0.36))
    leave(scene, stack, by=-20 * film.unit)
    return scene


def title_step(film: Film) -> float:
    """How large the second greeting is, px."""
    return {"wide": 84, "tall": 92, "square": 78}[film.shape] * film.unit


def golden(film: Film, words: str, *, room: float, tall: float) -> Text:
    """Set words in gold that runs from light to deep, with a soft shadow under them."""
    gold, u = film.theme.color("accent"), film.unit
    if film.theme.dark:
        fill = linear(mix(gold, "#FFFFFF", 0.55), gold, mix(gold, "#000000", 0.12), angle=90)
        fall = [shadow(0, 3 * u, 5 * u, "#00000066"), shadow(0, 16 * u, 26 * u, "#00000052")]
    else:
        fill = linear(gold, mix(gold, "#000000", 0.3), angle=90)
        fall = [shadow(0, 10 * u, 18 * u, "#0000001C")]
    text = headline(film, words, room=room, tall=tall, lines=2, align="center", color=fill, shadow=fall)
    return text.set(sheen_color="#FFFFFFA0", sheen_width=0.25)


def uncover(scene: Scene, text: Text, at: float) -> None:
    """Let light uncover words from where reading begins, and pass over them once more later."""
    tl = scene.timeline
    left = max(scene.seconds - at, 0.5)
    lasts = min(0.9, left * 0.4)
    tl.from_(
        text.words,
        wipe=1,
        opacity=0,
        duration=lasts,
        ease="power2.inOut",
        stagger={"each": lasts * 0.4, "total": left * 0.5},
        at=at,
    )
    tl.from_(text, y=18, duration=min(1.4, left * 0.6), ease=SETTLE, at=at)
    if left > 3:
        first, last = (1.3, -0.3) if joined(str(text.text)) else (-0.3, 1.3)
        tl.from_to(text, {"sheen": first}, {"sheen": last}, duration=1.5, ease="sine.inOut", at=at + 1.4)
