"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.pacing import share
from components.sound import play
from scenes import bulletin, opener, person, second, signoff

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

clear = content.GROUND == "clear"
people = [point for point in content.POINTS if point.get("text")]
lines = [point["title"] for point in content.POINTS if not point.get("text")]
people = people if 5.5 + 2.2 * len(people) <= content.SECONDS else []
if not people:
    lines = [" – ".join(filter(None, (point["title"], point.get("text", "")))) for point in content.POINTS]
has_bulletin = bool(lines) or clear
weights = [] if clear else [3.0]
weights += [2.6 for _ in people] + ([3.2 + 0.8 * len(lines)] if has_bulletin else [])
weights += [2.2] if content.SECOND_TITLE and not clear else []
weights += [] if clear else [2.6]
lengths = share(content.SECONDS, content.FPS, weights, 1.2)

if not clear:
    film.add(opener.build(film, lengths.pop(0)))
for number, point in enumerate(people, start=1):
    film.add(person.build(film, number, point, lengths.pop(0)))
if has_bulletin:
    film.add(bulletin.build(film, lines, lengths.pop(0)))
if content.SECOND_TITLE and not clear:
    film.add(second.build(film, lengths.pop(0)))
if not clear:
    film.add(signoff.build(film, lengths.pop(0)))
play(film, [] if clear else [("opener", "impact"), ("signoff", "whoosh")])
