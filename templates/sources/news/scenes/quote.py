"""What somebody said: the words behind a quotation mark, the name below."""

import math

import content
from components.look import joined, push, size
from components.set import backdrop
from components.slabs import bug, dark, slab, stand

from stage import Film, Group, Row, Scene, Text


def build(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """Make the scene of a quote; numbers begin at 1."""
    clear = content.GROUND == "clear"
    scene = Scene(f"quote_{number}", seconds=seconds, background="transparent" if clear else "background")
    backdrop(scene, film, near=True)
    bug(scene, film)
    wide = film.shape == "wide"
    words = point["title"].strip('“”„«»" ')
    room = film.safe.width * (0.7 if wide else 0.72)
    step = size(film, "title") * (1.5 if wide else 1.2)
    said = slab(film, words, step, room=room, strong=True, fill="#00000000", color="ink")
    long = (0.52 if joined(words) else 0.43) * step * len(words)
    across = min(room, 1.16 * long / math.ceil(long / room))
    said.children[0].set(max_lines=4, width=across, line_height=1.5 if joined(words) else 1.04)
    sign = Text("“", font="body", weight=900, size=step * 2.4, line_height=0.9, color=film.theme.on("accent"))
    mark = Group(sign.set(anchor="top", y=step * 0.2, allow="overlap"), width=step * 1.5, fill="accent")
    box = Row(mark.set(clip=True), said, gap=0, align="stretch", fill=dark(film))
    slabs = [Group(box)]
    if point.get("text"):
        slabs.append(slab(film, point["text"], size(film, "body"), room=room, strong=False, fill="ink",
                          color=film.theme.on("ink")))  # fmt: skip
    stand(scene, film, *slabs)
    scene.timeline.from_(sign, scale=0.3, opacity=0, duration=0.5, ease="back.out(1.6)", at=0.35)
    if not clear:
        push(scene, 1.05)
    return scene
