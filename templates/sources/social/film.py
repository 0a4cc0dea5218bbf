"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import MORE, alone, share, spare
from components.sound import play
from scenes import again, beat, call, hook, payoff, second, together
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

wanted = [2.2 for _ in content.POINTS]
each_alone = alone(content.SECONDS, 4.4, wanted)
grouped = [] if each_alone else groups(len(content.POINTS))
payoff_fits = bool(content.SUBTITLE) and each_alone and 6 + 1.9 * len(content.POINTS) <= content.SECONDS
weights = [1.8, *(wanted if each_alone else [1.2 + 0.7 * (last - first) for first, last in grouped])]
weights += [2.0] if content.SECOND_TITLE else []
weights += [1.9] if payoff_fits else []
more = again.lines(spare(content.SECONDS, [*weights, 2.6]))
weights += [*(MORE for _ in more), 2.6]
lengths = share(content.SECONDS, content.FPS, weights, 1.2)

film.add(hook.build(film, lengths.pop(0)))
if each_alone:
    for number in range(1, len(content.POINTS) + 1):
        film.add(beat.build(film, number, lengths.pop(0)))
for first, last in grouped:
    film.add(together.build(film, first, last, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
if payoff_fits:
    film.add(payoff.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0)))
film.add(call.build(film, lengths.pop(0)))
play(film, [("call", "pop")])
