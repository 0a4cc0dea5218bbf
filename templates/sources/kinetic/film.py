"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import on_beats
from components.pacing import share
from components.posters import GROUNDS, phrases
from scenes import lockup, poster, punch, rows, second, slam

from stage import Film, Sound, Theme

film = Film(
    content.TITLE,
    width=content.WIDTH,
    height=content.HEIGHT,
    fps=content.FPS,
    language=content.LANGUAGE,
    theme=Theme(**content.COLORS, **content.FONTS),
    tempo=content.TEMPO,
)

slams = phrases(content.TITLE) if content.SECONDS >= 7 else []
points = content.POINTS
weights = [0.01 for _ in slams] + [2.0] + [1.6 for _ in points] + ([2.0] if content.SECOND_TITLE else [])
weights += [1.5, 1.5, 2.6]
lengths = on_beats(share(content.SECONDS, content.FPS, weights, 0.5), content.FPS, content.TEMPO)

for number, words in enumerate(slams, start=1):
    film.add(slam.build(film, number, words, lengths.pop(0)))
film.add(
    poster.build(film, "statement", content.TITLE, content.SUBTITLE, lengths.pop(0), GROUNDS[len(slams) % 3])
)
for number, point in enumerate(points, start=1):
    ground = GROUNDS[(len(slams) + number) % 3]
    film.add(
        poster.build(
            film, f"point_{number}", point["title"], point.get("text", ""), lengths.pop(0), ground, number
        )
    )
if content.SECOND_TITLE:
    film.add(second.build(film, lengths.pop(0)))
film.add(rows.build(film, lengths.pop(0)))
film.add(punch.build(film, lengths.pop(0)))
film.add(lockup.build(film, lengths.pop(0)))
if content.SOUND:
    film.add(Sound(content.SOUND, loop=True, fade_in=0.3, fade_out=1.2))
