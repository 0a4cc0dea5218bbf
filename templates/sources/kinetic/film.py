"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import MORE, alone, share, spare
from components.posters import GROUNDS, flat, phrases
from components.sound import play
from scenes import again, lockup, poster, punch, rows, second, slam, together
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

wanted = [1.9 for _ in content.POINTS]
each_alone = alone(content.SECONDS, 5.6, wanted)
grouped = [] if each_alone else groups(len(content.POINTS))
left = content.SECONDS - 5.6 - sum(wanted)
slams = phrases(content.TITLE) if left > 1.5 else []
weights = [0.01 for _ in slams] + [2.2]
weights += wanted if each_alone else [1.2 + 0.7 * (last - first) for first, last in grouped]
weights += [2.0] if content.SECOND_TITLE else []
weights += [1.5, 1.5] if left > 0 else []
more = again.lines(spare(content.SECONDS, [*weights, 2.6]))
weights += [*(MORE for _ in more), 2.6]
lengths = share(content.SECONDS, content.FPS, weights, 0.5)

for number, words in enumerate(slams, start=1):
    film.add(slam.build(film, number, words, lengths.pop(0)))
grounds = [GROUNDS[(len(slams) + number) % 3] for number in range(len(content.POINTS) + 1)]
film.add(poster.build(film, "statement", content.TITLE, content.SUBTITLE, lengths.pop(0), grounds[0]))
if each_alone:
    for number, point in enumerate(content.POINTS, start=1):
        words, below = point["title"], point.get("text", "")
        film.add(poster.build(film, f"point_{number}", words, below, lengths.pop(0), grounds[number], number))
for first, last in grouped:
    film.add(together.build(film, first, last, lengths.pop(0), flat))
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
if left > 0:
    film.add(rows.build(film, lengths.pop(0)))
    film.add(punch.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0), flat))
film.add(lockup.build(film, lengths.pop(0)))
play(
    film,
    [("statement", "impact"), ("rows", "whoosh"), ("punch", "impact")]
    if left > 0
    else [("statement", "impact")],
)
