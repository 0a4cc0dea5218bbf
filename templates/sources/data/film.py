"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.numbers import compared, read
from components.pacing import MORE, share, spare
from components.sound import play
from scenes import again, chart, closing, insight, second, together, versus
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

counted = compared()
content.POINTS = [point for point in content.POINTS if len(counted) < 2 or read(point) is None]
told = groups(len(content.POINTS))
has_chart = len(counted) > 1
has_pair = has_chart and content.SECONDS >= 10
weights = [3.4, *([5.4] if has_chart else []), *([3.0] if has_pair else [])]
weights += [1.4 + 0.9 * (last - first) for first, last in told]
weights += [2.2] if content.SECOND_TITLE else []
more = again.lines(spare(content.SECONDS, [*weights, 2.8]))
weights += [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, [*weights, 2.8], 1.2)

film.add(insight.build(film, counted, lengths.pop(0)))
if has_chart:
    film.add(chart.build(film, counted, lengths.pop(0)))
if has_pair:
    film.add(versus.build(film, counted, lengths.pop(0)))
for first, last in told:
    film.add(together.build(film, first, last, lengths.pop(0)))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0)))
film.add(closing.build(film, lengths.pop(0)))
play(film, [("insight", "tick"), *([("chart", "rise")] if has_chart else []), ("closing", "chime")])
