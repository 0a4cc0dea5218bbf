"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import MORE, reading, share, spare
from components.player import pulled
from components.sound import play
from scenes import again, hook, listen, second, talk

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

phrases = [reading(point["title"], point.get("text", "")) for point in content.POINTS]
spoken = sum(phrases)
weights = [3.0, *([2.4] if content.SECOND_TITLE else []), *([spoken] if content.POINTS else []), 3.4]
more = again.lines(spare(content.SECONDS, [3.0, *phrases, 3.4]))
weights[-1:-1] = [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, weights, 1.4)

film.add(hook.build(film, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
if content.POINTS:
    film.add(talk.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0), pulled))
film.add(listen.build(film, lengths.pop(0)))
play(film)
