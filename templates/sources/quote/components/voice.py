"""Words as a voice says them: phrase by phrase, one phrase in another color."""

import re
from itertools import cycle, islice

import content
from components.look import SETTLE, face, forward, joined, letters, size

from stage import Film, Image, Scene, Text, span

MARKS = {"de": "„", "fr": "«", "ar": "”"}
"""How a quotation opens; English marks elsewhere."""


def spoken(film: Film, words: str, *, room: float, tall: float) -> Text:
    """Set a quotation as large as its place allows, its highlighted words in accent."""
    said = words.strip("\"'“”„«»‚‘’ ")
    before, gold, after = _parted(said)
    text = [each for each in (before, span(gold, color="accent"), after) if each]
    style = {
        **face(film, said, "headline"),
        "line_height": 1.8 if joined(said) else 1.12,
        "letter_spacing": 0 if joined(said) else -0.012,
        "width": room,
        "height": tall,
        "fit": "fill",
        "min_size": size(film, "body") * 0.7,
        "max_lines": 7 if film.shape == "tall" else 5,
        "balance": True,
        "vertical": "bottom",
    }
    return Text(text, **style)


def say(scene: Scene, text: Text, words: str, at: float) -> float:
    """Let the words come in the rhythm of speech; gives the moment when the last one stands."""
    count = max(len(words.split()), 1)
    pace = min(0.22, max(scene.seconds - 2.4, 0.4) * 0.62 / count)
    tl = scene.timeline
    if joined(words):
        tl.from_(text.words, wipe=1, opacity=0, duration=0.8, ease="power2.out", stagger=pace, at=at)
    else:
        tl.from_(text.words, opacity=0, y=26, blur=7, duration=0.75, ease=SETTLE, stagger=pace, at=at)
    return at + pace * (count - 1) + 0.75


def pace(words: str) -> float:
    """How long a quotation wants to stand, as a weight."""
    return 1.8 + 0.34 * len(words.split())


def again(count: int) -> list[str]:
    """Phrases of the quotation, then all of it, for films with more time than it takes: so many."""
    words = content.TITLE.split()
    parts = [each for each in re.split(r"(?<=[,;:،؛.!?؟])\s+", content.TITLE) if each]
    if len(parts) < 2 and len(words) > 3:
        half = -(-len(words) // (2 if len(words) < 9 else 3))
        parts = [" ".join(words[at : at + half]) for at in range(0, len(words), half)]
    whole = [content.TITLE] if len(parts) > 1 else []
    return list(islice(cycle([*parts, *whole]), count))


def mark(scene: Scene, film: Film, over: tuple[float, float]) -> None:
    """Hang a quotation mark as tall as half the frame behind the words."""
    sign = MARKS.get(content.LANGUAGE[:2], "“")
    w, h, way = film.width, film.height, forward(film)
    side = "right" if film.rtl else "left"
    big = letters(
        film,
        sign,
        "display",
        font="display",
        size=h * (1.5 if film.shape == "wide" else 0.9),
        line_height=1,
        weight=500,
        color="accent/0.13",
        inside="frame",
        anchor=f"top-{side}",
        x=way * w * 0.03,
        y=-h * (0.09 if film.shape == "wide" else -0.01),
        depth=0.3,
        allow="bleed,overlap,hidden",
    )
    scene.add(big)
    begin, end = (way * w * (0.03 + 0.05 * share) for share in over)
    scene.timeline.from_to(big, {"x": begin}, {"x": end}, duration=scene.seconds, ease="none", at=0)


def portrait(scene: Scene, film: Film, *, tall: float) -> Image:
    """Show the speaker in an arch, at the far side, coming slowly closer."""
    face = Image(content.PICTURE, width=tall * 0.74, height=tall, radius=tall * 0.37, focus_y=0.3)
    scene.timeline.from_(face, opacity=0, zoom=1.14, duration=1.2, ease=SETTLE, at=0.3)
    scene.timeline.to(face, zoom=1.06, duration=max(scene.seconds - 1.5, 0.3), ease="sine.inOut", at=1.5)
    return face


def _parted(said: str) -> tuple[str, str, str]:
    """Divide a quotation into what stands before, in and after its highlighted words."""
    gold = content.HIGHLIGHT if content.HIGHLIGHT and content.HIGHLIGHT in said else ""
    if not gold:
        clauses = re.split(r"(?<=[,;:،؛.!?؟])\s+", said)
        short = len(clauses) > 1 and len(clauses[-1].split()) <= 6
        gold = clauses[-1] if short else " ".join(said.split()[-3:])
    before, _, after = said.partition(gold)
    return before, gold, after
