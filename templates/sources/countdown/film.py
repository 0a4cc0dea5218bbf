"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import MORE, alone, share, spare
from components.sound import play
from components.stage_lights import dark
from scenes import again, count, facts, finale, opening, second, together
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

wanted = [2.4 for _ in content.POINTS]
each_alone = alone(content.SECONDS, 7.4, wanted)
grouped = [] if each_alone else groups(len(content.POINTS))
weights = [2.2, *(wanted if each_alone else [1.2 + 0.7 * (last - first) for first, last in grouped])]
weights += [2.0] if content.SECOND_TITLE else []
weights += [3.0, 2.8]
more = again.lines(spare(content.SECONDS, weights))
weights[-2:-2] = [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, weights, 1.0)

film.add(opening.build(film, lengths.pop(0)))
if each_alone:
    for number in range(1, len(content.POINTS) + 1):
        film.add(facts.build(film, number, lengths.pop(0)))
for first, last in grouped:
    film.add(together.build(film, first, last, lengths.pop(0), dark))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0), dark))
film.add(count.build(film, lengths.pop(0)))
film.add(finale.build(film, lengths.pop(0)))
play(film, [("count", "rise"), ("finale", "impact")])
