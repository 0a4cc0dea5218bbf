"""A sentence as a block of type that builds line by line, with what belongs to it beside or below."""

from components.block import block, lines_of, width_of
from components.look import SETTLE, forward, joined, rail, sentence, start
from components.posters import corners, paint, sticker

from stage import Column, Film, Rect, Scene, Text


def build(
    film: Film, name: str, words: str, below: str, seconds: float, ground: str, number: int = 0
) -> Scene:
    """Make the scene of one sentence; 0 is the title, odd points stand at the other side."""
    scene = Scene(name, seconds=seconds)
    ink = paint(scene, film, ground, words.split()[-1])
    corners(scene, film, ink)
    wide, u, way = film.shape == "wide", film.unit, forward(film)
    side = start(film) if number % 2 == 0 else ("left" if film.rtl else "right")
    toward = way if side == start(film) else -way
    room = film.safe.width - rail(film)
    tall = film.safe.height * (0.84 if wide else 0.66 if below else 0.76)
    lines = lines_of(words, room, tall)
    across = width_of(lines, room, tall)
    beside = wide and room - across > film.width * 0.24
    if below and not beside:
        tall *= 0.78
    column, texts = block(film, lines, room=room, tall=tall, color=ink)
    stack = Column(column, gap=34 * u, align="start", anchor=side, y=film.height * 0.035)
    stack.set(x=-rail(film) if side == "right" else 0)
    scene.add(stack)
    _build_up(film, scene, texts, seconds)
    if below:
        _below(film, scene, None if beside else stack, below, ink, room - across - 60 * u if beside else room)
    if beside:
        sticker(scene, film, ink, toward, seconds)
    elif film.shape == "tall":
        sticker(scene, film, ink, toward, seconds, low=True)
    scene.timeline.to(scene.camera, zoom=1.05, x=toward * 14 * u, duration=seconds, ease="none", at=0)
    return scene


def _below(film: Film, scene: Scene, stack: Column | None, words: str, ink: str, room: float) -> None:
    """Set the line that goes with the sentence: under it, or at the foot of the free side."""
    bar = Rect(width=min(room * 0.3, 260 * film.unit), height=12 * film.unit, fill=ink)
    line = sentence(film, words, room=room, color=ink, weight=600)
    if stack is None:
        end = "left" if film.rtl else "right"
        stack = Column(gap=30 * film.unit, align="start", anchor=f"bottom-{end}", width=room)
        scene.add(stack)
    stack.add(bar, line)
    at = min(0.4 * scene.seconds, 0.8)
    scene.timeline.from_(bar, width=1, duration=0.5, ease=SETTLE, at=at)
    scene.timeline.from_(
        line, x=-forward(film) * 60 * film.unit, opacity=0, duration=0.45, ease=SETTLE, at=at + 0.1
    )


def _build_up(film: Film, scene: Scene, texts: list[Text], seconds: float) -> None:
    """Let line after line push in from alternating sides."""
    step = min(film.beat / 2, seconds * 0.4 / len(texts))
    for index, text in enumerate(texts):
        way = forward(film) * (-1 if index % 2 else 1)
        at = 0.02 + step * index
        if joined(str(text.text)):
            scene.timeline.from_(
                text.words, wipe=1, opacity=0, duration=0.5, ease="power2.out", stagger=0.1, at=at
            )
        else:
            scene.timeline.from_(text, x=-way * film.width * 0.35, duration=0.34, ease="power4.out", at=at)
            cascade = {"each": 0.014, "total": 0.24}
            scene.timeline.from_(text.chars, rise=1.1, duration=0.3, ease=SETTLE, stagger=cascade, at=at)
