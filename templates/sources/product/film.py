"""The film: the product in its light, a scene for each feature, and the end card."""

import content
from components.beats import tempo
from components.pacing import share
from components.sound import play
from scenes import closing, features, hero, second

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

weights = [3.4, *(2.6 for _ in content.POINTS), *([2.2] if content.SECOND_TITLE else []), 3.0]
lengths = share(content.SECONDS, content.FPS, weights)

film.add(hero.build(film, lengths.pop(0)))
for number in range(1, len(content.POINTS) + 1):
    film.add(features.build(film, number, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
film.add(closing.build(film, lengths.pop(0)))
play(film, [("hero", "shimmer"), ("closing", "whoosh")])
