"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.night import calm
from components.pacing import MORE, alone, reading, share, spare
from components.sound import play
from scenes import again, farewell, greeting, together, wish
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

lines = [(content.SUBTITLE, "")] if content.SUBTITLE else []
said = [(point["title"], point.get("text", "")) for point in content.POINTS]
wanted = [reading(*words) + 0.6 for words in said]
each_alone = alone(content.SECONDS, 5.0 + 3.2 * len(lines) + 3.4, wanted)
lines += said if each_alone else []
grouped = [] if each_alone else groups(len(said))
weights = [4.6, *(reading(*words) + 0.6 for words in lines)]
weights += [1.4 + 0.8 * (last - first) for first, last in grouped]
more = again.lines(spare(content.SECONDS, [*weights, 3.6]))
weights += [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, [*weights, 3.6], 1.4)

film.add(greeting.build(film, lengths.pop(0)))
for number, (words, below) in enumerate(lines):
    film.add(wish.build(film, number, words, below, lengths.pop(0)))
for first, last in grouped:
    film.add(together.build(film, first, last, lengths.pop(0), calm))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0), calm))
film.add(farewell.build(film, lengths.pop(0)))
play(film, [("greeting", "shimmer"), ("farewell", "chime")])
