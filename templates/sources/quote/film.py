"""The film: its scenes in order, and how long each one lasts."""

from itertools import accumulate, pairwise

import content
from components.beats import tempo
from components.light import room
from components.pacing import alone, reading, share, spare
from components.sound import play
from components.voice import again, pace
from scenes import quote, second, signature, together
from scenes.together import groups

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

more = [" ".join(filter(None, point.values())) for point in content.POINTS]
wanted = [reading(words) for words in more]
each_alone = alone(content.SECONDS, reading(content.TITLE) + 2.6, wanted)
said = [content.TITLE, *(more if each_alone else [])]
grouped = [] if each_alone else groups(len(more))
ends = [1.2 + 0.7 * (last - first) for first, last in grouped]
ends += [2.6] if content.SECOND_TITLE else []
weights = [pace(words) for words in said]
said += again(spare(content.SECONDS, [*weights, *ends, 3.0]))
weights = [*(pace(words) for words in said), *ends]
lengths = share(content.SECONDS, content.FPS, [*weights, 3.0], 1.6)
spent = [0, *accumulate(lengths)]
over = [(begin / content.SECONDS, end / content.SECONDS) for begin, end in pairwise(spent)]

for number, words in enumerate(said):
    film.add(quote.build(film, number, words, lengths[number], over[number]))
for place, (first, last) in enumerate(grouped, start=len(said)):
    film.add(together.build(film, first, last, lengths[place], room))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths[-2]))
film.add(signature.build(film, lengths[-1], over[-1]))
play(film)
