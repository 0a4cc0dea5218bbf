"""Flat grounds, and letters that read on them."""

import re

import content
from components.backdrop import star_path
from components.look import forward, joined, letters

from stage import Film, Path, Rect, Scene, Text, mix

GROUNDS = ("accent", "ink", "background")
"""Colors that take turns from scene to scene."""
MOST_SLAMS = 5


def phrases(text: str) -> list[str]:
    """Divide a sentence into what is slammed at once: a word each, or a few when there are many."""
    words = text.split()
    each = -(-len(words) // MOST_SLAMS)
    return [" ".join(words[at : at + each]) for at in range(0, len(words), each)]


def last_words(text: str) -> str:
    """What a sentence ends on: its last clause when that is short, else its last word."""
    clauses = [each.strip() for each in re.split(r"[.!?؟:،,;]", text) if each.strip()]
    last = clauses[-1] if clauses else text
    return last if len(clauses) > 1 and len(last.split()) <= 3 else last.split()[-1]


def paint(scene: Scene, film: Film, ground: str, ghost: str) -> str:
    """Paint a flat ground with the ghost of a word in it; gives the letter color for it."""
    color = film.theme.color(ground)
    ink = film.theme.on(color)
    w, h, way = film.width, film.height, forward(film)
    scene.add(
        Rect(
            inside="frame", anchor="center", width=w * 1.3, height=h * 1.3, fill=color, depth=0, allow="bleed"
        )
    )
    far = letters(
        film,
        ghost,
        "display",
        size=h * (1.5 if film.shape == "wide" else 0.9),
        line_height=1,
        width=w * 5,
        align="center",
        max_lines=1,
        fit="shrink",
        inside="frame",
        anchor="center",
        color=mix(color, ink, 0.07),
        depth=0.4,
        allow="bleed,overlap,hidden",
    )
    scene.add(far)
    scene.timeline.from_to(
        far, {"x": way * w * 0.16}, {"x": -way * w * 0.16}, duration=scene.seconds, ease="none", at=0
    )
    return ink


def flat(scene: Scene, film: Film) -> str:
    """Paint a ground for several points at once."""
    return paint(scene, film, "background", content.TITLE.split()[0])


def corners(scene: Scene, film: Film, ink: str) -> None:
    """Set a small line of type and a beat mark into the frame's corners, as posters have it."""
    if not content.KICKER:
        return
    side, end = ("right", "left") if film.rtl else ("left", "right")
    word = letters(
        film,
        content.KICKER.upper() if not joined(content.KICKER) else content.KICKER,
        "label",
        color=ink,
        anchor=f"top-{side}",
    )
    mark = Rect(width=64 * film.unit, height=16 * film.unit, fill=ink, anchor=f"top-{end}", y=14 * film.unit)
    scene.add(word, mark)
    scene.timeline.from_(mark, width=8 * film.unit, duration=film.beat, ease="power2.out", at=0)


def sticker(scene: Scene, film: Film, ink: str, toward: int, seconds: float, *, low: bool = False) -> None:
    """Stick a many-pointed star on the free side: it slams in and keeps turning."""
    big = film.height * (0.2 if low else 0.42)
    side = "right" if toward > 0 else "left"
    star = Path(
        star_path(16, 0.82),
        width=big,
        height=big,
        fill=ink,
        inside="frame",
        origin="center",
        anchor=f"bottom-{side}" if low else side,
        x=-toward * film.width * (0.2 if low else 0.15),
        y=-film.height * 0.16 if low else -film.height * 0.12,
        depth=1.4,
        allow="overlap",
    )
    scene.add(star)
    tl = scene.timeline
    tl.from_(star, scale=0, duration=0.45, ease="back.out(1.6)", at=min(0.3, seconds * 0.2))
    tl.to(star, rotation=40 * toward, duration=seconds, ease="none", at=0)


def marquee(film: Film, word: str, *, size: float, color: str, outlined: bool) -> Text:
    """Repeat a word in one line that is wider than the frame."""
    count = max(3, round(film.width * 3 / (size * 0.42 * (len(word) + 1.5))))
    style: dict[str, object] = {"color": color}
    if outlined and not joined(word):
        style = {"color": f"{color[:7]}00", "outline": color, "outline_width": 3 * film.unit}
    elif outlined:
        style = {"color": f"{color[:7]}66"}
    line = ("    " if joined(word) else " — ").join([word] * min(count, 40))
    return letters(
        film,
        line,
        "display",
        size=size,
        width=max(film.width * 4, 0.8 * size * len(line)),
        max_lines=1,
        align="center",
        allow="bleed,overlap,hidden",
        inside="frame",
        **style,
    )
