"""The film: its scenes in order, and how long each one lasts."""

import content
from components.beats import tempo
from components.kinds import kind
from components.pacing import MORE, reading, share, spare
from components.set import wall
from components.sound import play
from scenes import again, bulletin, opener, person, quote, score, second, signoff

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
kinds = [kind(point) for point in content.POINTS]
shown = [point for point, each in zip(content.POINTS, kinds, strict=True) if each != "line"]
lines = [point["title"] for point, each in zip(content.POINTS, kinds, strict=True) if each == "line"]
shown = shown if 5.5 + 2.2 * len(shown) <= content.SECONDS else []
if not shown:
    lines = [" – ".join(filter(None, (point["title"], point.get("text", "")))) for point in content.POINTS]
has_bulletin = bool(lines) or clear
weights = [] if clear else [3.0]
weights += [2.6 if kind(point) != "quote" else reading(point["title"]) for point in shown]
weights += [3.2 + 0.8 * len(lines)] if has_bulletin else []
weights += [2.2] if content.SECOND_TITLE and not clear else []
weights += [] if clear else [2.6]
more = [] if clear else again.lines(spare(content.SECONDS, weights))
weights[-1:-1] = [MORE for _ in more]
lengths = share(content.SECONDS, content.FPS, weights, 1.2)

if not clear:
    film.add(opener.build(film, lengths.pop(0)))
for number, point in enumerate(shown, start=1):
    scene = {"person": person, "quote": quote, "score": score}[kind(point)]
    film.add(scene.build(film, number, point, lengths.pop(0)))
if has_bulletin:
    film.add(bulletin.build(film, lines, lengths.pop(0)))
if content.SECOND_TITLE and not clear:
    film.add(second.build(film, lengths.pop(0)))
for number, words in enumerate(more, start=1):
    film.add(again.build(film, number, words, lengths.pop(0), wall))
if not clear:
    film.add(signoff.build(film, lengths.pop(0)))
play(film, [] if clear else [("opener", "impact"), ("signoff", "whoosh")])
