"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import reading, share
from components.sound import play
from scenes import hook, listen, second, talk

from stage import Film, Theme

film = Film(
    content.TITLE,
    width=content.WIDTH,
    height=content.HEIGHT,
    fps=content.FPS,
    language=content.LANGUAGE,
    theme=Theme(**content.COLORS, **content.FONTS),
    tempo=tempo(),
)

spoken = sum(reading(point["title"], point.get("text", "")) for point in content.POINTS)
weights = [3.0, *([2.4] if content.SECOND_TITLE else []), *([spoken] if content.POINTS else []), 3.4]
lengths = share(content.SECONDS, content.FPS, weights, 1.4)

film.add(hook.build(film, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
if content.POINTS:
    film.add(talk.build(film, lengths.pop(0)))
film.add(listen.build(film, lengths.pop(0)))
play(film)
