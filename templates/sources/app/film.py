"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import MORE, alone, share, spare
from components.sound import play
from scenes import again, closing, fan, flow, promise, second, together
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

wanted = [3.0 for _ in content.POINTS]
each_alone = alone(content.SECONDS, 5.6, wanted)
grouped = [] if each_alone else groups(len(content.POINTS))
has_fan = bool(content.SUBTITLE) and 6.4 + 2.6 * len(content.POINTS) <= content.SECONDS
weights = [3.0, *(wanted if each_alone else [1.2 + 0.8 * (last - first) for first, last in grouped])]
weights += [2.2] if content.SECOND_TITLE else []
weights += [2.6] if has_fan else []
more = again.lines(spare(content.SECONDS, [*weights, 2.8]))
weights += [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, [*weights, 2.8], 1.2)

film.add(promise.build(film, lengths.pop(0)))
if each_alone:
    for number in range(1, len(content.POINTS) + 1):
        film.add(flow.build(film, number, lengths.pop(0)))
for first, last in grouped:
    film.add(together.build(film, first, last, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
if has_fan:
    film.add(fan.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0)))
film.add(closing.build(film, lengths.pop(0)))
taps = [(f"flow_{number + 1}+0.8", "click") for number in range(len(wanted))] if each_alone else []
play(film, [*taps, ("closing", "pop")])
