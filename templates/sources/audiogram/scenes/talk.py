"""The talk: cover, bars and progress stay; the captions come phrase by phrase."""

from itertools import accumulate

import content
from components.look import SETTLE, forward, headline, letters, rail, size, start
from components.pacing import reading
from components.player import air, bars, cover, label, progress, uncover

from stage import Column, Film, Scene

GONE = 0.22
"""Seconds in which a phrase leaves."""


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of all phrases."""
    scene = Scene("talk", seconds=seconds)
    air(scene, film)
    wide, w, h, u, way = film.shape == "wide", film.width, film.height, film.unit, forward(film)
    tl = scene.timeline
    big = h * {"wide": 0.56, "tall": 0.26, "square": 0.3}[film.shape]
    art = cover(scene, film, big)
    art.set(inside="frame", anchor=start(film) if wide else "top", origin="center")
    art.set(x=way * (w * 0.07 + big / 2) if wide else 0, y=-h * 0.08 if wide else h * 0.12 + big / 2)
    if film.shape == "square":
        art.set(y=h * 0.06 + big / 2)
    scene.add(art)
    tl.from_(art, scale=0.6, opacity=0, duration=0.6, ease="spring(0.7)", at=0)
    tl.to(art, scale=1.03, duration=max(seconds - 0.7, 0.1), ease="sine.inOut", at=0.65)
    room = film.safe.width * 0.56 if wide else film.safe.width - 2 * rail(film)
    text_top = {"wide": -0.06, "tall": 0.115, "square": 0.14}[film.shape] * h
    _phrases(scene, film, room, text_top)
    head = _head(film)
    scene.add(head)
    tl.from_(head, opacity=0, y=float(head.y or 0) - 24 * u, duration=0.5, ease=SETTLE, at=0.1)
    full = film.safe.width
    sound = bars(scene, film, wide=full, tall=h * (0.2 if wide else 0.11), count=56 if wide else 40)
    line = progress(scene, film, 0.08, 0.94, wide=full)
    scene.add(Column(sound, line, gap=18 * u, anchor="bottom", align="center"))
    middle = seconds / 2
    tl.to(scene.camera, zoom=1.035, duration=middle, ease="sine.inOut", at=0)
    tl.to(scene.camera, zoom=1.0, duration=seconds - middle, ease="sine.inOut", at=middle)
    return scene


def _head(film: Film) -> Column:
    """Whose talk it is: above the captions where there is room, else below the cover."""
    wide, way = film.shape == "wide", forward(film)
    row = label(film)
    head = Column(row, gap=8 * film.unit, align="start" if wide else "center")
    if content.GUEST:
        guest = letters(film, content.GUEST, "body", size=size(film, "label"), color="second", weight=600)
        head.add(guest)
    if wide:
        end = "left" if film.rtl else "right"
        head.set(anchor=f"top-{end}", width=film.safe.width * 0.56)
        return head.set(x=0 * way)
    top = {"tall": 0.4, "square": 0.385}[film.shape] * film.height
    return head.set(inside="frame", anchor="top", y=top)


def _phrases(scene: Scene, film: Film, room: float, top: float) -> None:
    """Every phrase in its share of the time, in one place."""
    wide, h = film.shape == "wide", film.height
    weights = [reading(point["title"], point.get("text", "")) for point in content.POINTS]
    spans = [0, *(scene.seconds * each / sum(weights) for each in accumulate(weights))]
    tall = h * {"wide": 0.4, "tall": 0.16, "square": 0.2}[film.shape]
    for index, point in enumerate(content.POINTS):
        begin, end = spans[index], spans[index + 1]
        words = " ".join(filter(None, (point["title"], point.get("text", ""))))
        align = "start" if wide else "center"
        text = headline(film, words, room=room, tall=tall, lines=4 if wide else 3, align=align, start=begin)
        text.set(anchor=("left" if film.rtl else "right") if wide else "center", inside="safe", y=top)
        text.set(vertical="center")
        if index + 1 < len(content.POINTS):
            text.set(end=end)
        scene.add(text)
        lasts = end - begin
        uncover(scene, text, words, begin + (0.25 if index == 0 else 0.02), lasts)
        if index + 1 < len(content.POINTS):
            scene.timeline.to(
                text, opacity=0, y=top - 26 * film.unit, duration=GONE, ease="power2.in", at=end - GONE
            )
