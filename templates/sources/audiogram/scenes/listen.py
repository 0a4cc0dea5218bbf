"""The end card: the cover in the middle, where to listen."""

import content
from components.button import button
from components.logo import logo
from components.look import come, headline, letters, push, rail, size
from components.player import air, bars, cover, episode, progress

from stage import Column, Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("listen", seconds=seconds)
    air(scene, film)
    wide, h, u = film.shape == "wide", film.height, film.unit
    room = film.safe.width - 2 * rail(film)
    sound = bars(scene, film, wide=film.width * 1.04, tall=h * 0.24, count=64 if wide else 40)
    scene.add(sound.set(inside="frame", anchor="bottom", y=h * 0.12, opacity=0.5, allow="bleed"))
    if content.LOGO:
        art = logo(scene, film, room=room, tall=h * {"wide": 0.2, "tall": 0.13, "square": 0.18}[film.shape])
    else:
        art = cover(scene, film, h * {"wide": 0.27, "tall": 0.22, "square": 0.3}[film.shape])
        scene.timeline.from_(art, scale=0.7, opacity=0, duration=0.6, ease="spring(0.65)", at=0)
    stack = Column(art, gap=26 * u, align="center", anchor="center", y=-h * (0.045 if wide else 0.02))
    scene.add(stack)
    name = content.BRAND or content.TITLE
    share = {"wide": 0.22, "tall": 0.16, "square": 0.18}[film.shape]
    title = headline(film, name, room=room * 0.8, tall=film.safe.height * share, lines=2, align="center")
    stack.add(title)
    come(scene, title, 0.12)
    if content.EPISODE:
        stack.add(episode(film))
    if content.CALL:
        stack.add(button(scene, film, content.CALL, room=room, fill="ink", at=0.4, big=1))
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color="accent")
        stack.add(link)
        come(scene, link, min(0.6, seconds * 0.25))
    line = progress(scene, film, 0.94, 1.0, wide=room)
    scene.add(line.set(anchor="bottom"))
    push(scene, 1.03)
    return scene
