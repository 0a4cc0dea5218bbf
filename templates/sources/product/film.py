"""The film: the product in its light, a scene for each feature, and the end card."""

import content
from components.beats import tempo
from components.pacing import MORE, share, spare
from components.sound import play
from scenes import again, closing, details, features, hero, second

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

has_details = len(content.POINTS) > 1 and 8 + 3.4 * len(content.POINTS) <= content.SECONDS
weights = [4.6, *(2.6 for _ in content.POINTS), *([2.2] if content.SECOND_TITLE else [])]
weights += [1.1 * min(4, len(content.POINTS))] if has_details else []
more = again.lines(spare(content.SECONDS, [*weights, 3.2]))
weights += [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, [*weights, 3.2])

film.add(hero.build(film, lengths.pop(0)))
for number in range(1, len(content.POINTS) + 1):
    film.add(features.build(film, number, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
if has_details:
    film.add(details.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0)))
film.add(closing.build(film, lengths.pop(0)))
play(film, [("hero", "shimmer"), ("details", "impact"), ("closing", "whoosh")])
