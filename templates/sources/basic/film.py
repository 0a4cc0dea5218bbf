"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import MORE, share, spare
from components.sound import play
from scenes import again, closing, opening, points, second

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

weights = [3.2, *([2.4] if content.SECOND_TITLE else []), *(2.5 for _ in content.POINTS), 3.0]
more = again.lines(spare(content.SECONDS, weights))
weights[-1:-1] = [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, weights)

film.add(opening.build(film, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
for number in range(1, len(content.POINTS) + 1):
    film.add(points.build(film, number, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0)))
film.add(closing.build(film, lengths.pop(0)))
play(film, [("closing", "whoosh")])
