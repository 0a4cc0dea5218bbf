"""The film: its scenes in order, and how long each one lasts."""

from itertools import accumulate, pairwise

import content
from components.pacing import share
from scenes import quote, second, signature

from stage import Film, Sound, Theme

film = Film(
    content.TITLE,
    width=content.WIDTH,
    height=content.HEIGHT,
    fps=content.FPS,
    language=content.LANGUAGE,
    theme=Theme(**content.COLORS, **content.FONTS),
)

said = [content.TITLE, *(" ".join(filter(None, point.values())) for point in content.POINTS)]
weights = [1.8 + 0.34 * len(words.split()) for words in said]
if content.SECOND_TITLE:
    weights.append(2.6)
lengths = share(content.SECONDS, content.FPS, [*weights, 3.0], 1.6)
spent = [0, *accumulate(lengths)]
over = [(begin / content.SECONDS, end / content.SECONDS) for begin, end in pairwise(spent)]

for number, words in enumerate(said):
    film.add(quote.build(film, number, words, lengths[number], over[number]))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths[-2]))
film.add(signature.build(film, lengths[-1], over[-1]))
if content.SOUND:
    film.add(Sound(content.SOUND, loop=True, fade_in=0.3, fade_out=1.2))
