"""What stays in view while someone talks: the air, the cover, the bars, how far it is."""

import math

import content
from components.light import dust, shade
from components.look import forward, joined, letters, size

from stage import Ellipse, Film, Gradient, Group, Image, Path, Rect, Row, Scene, Spectrum, linear, mix, shadow


def air(scene: Scene, film: Film) -> None:
    """Paint a deep ground in which three lights wander."""
    base, w, h = film.theme.color("background"), film.width, film.height
    big = max(w, h)
    way = forward(film)
    scene.add(
        Gradient(
            color_1=mix(base, film.theme.color("accent"), 0.1),
            color_2=mix(base, "#000000", 0.3 if film.theme.dark else 0.04),
            angle=70,
            inside="frame",
            anchor="center",
            width=w * 1.1,
            height=h * 1.1,
            depth=0,
        )
    )
    for index, (x, y, share, color) in enumerate(((0.3, -0.3, 0.7, "accent"), (-0.35, 0.3, 0.62, "second"))):
        tint = film.theme.color(color)
        glow = Gradient(
            shape="radial", color_1=f"{tint}{'4A' if index == 0 else '2E'}", color_2=f"{tint}00", spread=0.5
        )
        glow.set(width=big * share, height=big * share, inside="frame", anchor="center", depth=0)
        scene.add(glow)
        begin = {"x": way * w * x, "y": h * y}
        end = {"x": way * w * (x - 0.2), "y": h * (y + (0.16 if index == 0 else -0.16))}
        scene.timeline.from_to(glow, begin, end, duration=scene.seconds, ease="sine.inOut", at=0)
    dust(scene, film, (0, 1), count=20)
    shade(scene, film, 0.36)


def cover(scene: Scene, film: Film, big: float) -> Group:
    """Make the cover: the picture, else the show's microphone on a field of light."""
    accent, second = film.theme.color("accent"), film.theme.color("second")
    u, tl = film.unit, scene.timeline
    card = Group(width=big, height=big, radius=big * 0.07, origin="center", depth=1.2)
    card.set(
        shadow=[
            shadow(0, big * 0.02, big * 0.03, "#00000050"),
            shadow(0, big * 0.07, big * 0.09, "#00000048"),
        ]
    )
    card.set(fill=linear(mix(accent, "#FFFFFF", 0.12), mix(accent, second, 0.55), angle=60), clip=True)
    if content.PICTURE:
        face = Image(content.PICTURE, width=big, height=big, anchor="center")
        card.add(face)
        tl.from_to(face, {"zoom": 1.0}, {"zoom": 1.06}, duration=scene.seconds, ease="none", at=0)
    else:
        for index in range(4):
            ring = Ellipse(
                width=big * 0.5, height=big * 0.5, anchor="center", stroke="#FFFFFF", origin="center"
            )
            ring.set(stroke_width=big * 0.012, opacity=0.5 - 0.11 * index, y=-big * 0.05)
            card.add(ring)
            span = {"scale": 0.9 + 0.42 * index}, {"scale": 1.32 + 0.42 * index}
            tl.from_to(ring, *span, duration=scene.seconds, ease="none", at=0)
        card.add(_microphone(film, big))
    card.set(stroke="#FFFFFF40", stroke_width=2 * u)
    return card


def _microphone(film: Film, big: float) -> Group:
    """A microphone of plain forms."""
    ink = mix(film.theme.color("background"), "#000000", 0.2) if film.theme.dark else film.theme.color("ink")
    icon = Group(width=big * 0.4, height=big * 0.56, anchor="center", y=-big * 0.02)
    head = Rect(width=big * 0.19, height=big * 0.33, radius=big * 0.095, fill=ink, anchor="top")
    arc = Path("M 0 0 C 0 62 100 62 100 0", width=big * 0.32, height=big * 0.17, stroke=ink, anchor="top")
    arc.set(stroke_width=big * 0.034, y=big * 0.235)
    stem = Rect(width=big * 0.034, height=big * 0.1, fill=ink, anchor="top", y=big * 0.4)
    foot = Rect(width=big * 0.2, height=big * 0.034, radius=big * 0.017, fill=ink, anchor="top", y=big * 0.49)
    icon.add(head, arc, stem, foot)
    return icon


def bars(scene: Scene, film: Film, *, wide: float, tall: float, count: int = 48) -> Group:
    """Make the bars: they follow the recording when there is one, else the beats."""
    box = Group(width=wide, height=tall, depth=1)
    if content.SOUND:
        box.add(
            Spectrum(
                content.SOUND,
                form="mirror",
                bars=count,
                width=wide,
                height=tall,
                fill="accent",
                anchor="center",
            )
        )
        return box
    draw = film.random("bars")
    slot = wide / count
    for index in range(count):
        swell = 0.35 + 0.65 * math.sin(math.pi * (index + 0.5) / count) ** 1.4
        low, high = tall * 0.08, tall * swell * draw.uniform(0.45, 1)
        color = "accent" if index % 3 else "second"
        bar = Rect(
            width=slot * 0.56, height=low, radius=slot * 0.28, fill=color, anchor="left", origin="left"
        )
        bar.set(x=slot * (index + 0.22))
        box.add(bar)
        pace = film.beat * draw.choice((0.25, 0.375, 0.5))
        swing = {"duration": pace, "ease": "sine.inOut", "repeat": -1, "yoyo": True}
        begin = min(draw.uniform(0, 0.3), scene.seconds * 0.1)
        scene.timeline.from_to(bar, {"height": low}, {"height": high}, at=begin, **swing)
    return box


def label(film: Film) -> Row:
    """The show's name, and which episode it is, on a pill."""
    row = Row(gap=22 * film.unit, align="center")
    row.add(letters(film, content.BRAND or content.TITLE, "label", color="ink", weight=700, letter_spacing=0))
    if content.EPISODE:
        row.add(episode(film))
    return row


def episode(film: Film) -> Group:
    """Which episode it is, on a pill."""
    pill = Group(padding_x=22 * film.unit, padding_y=8 * film.unit, radius=40 * film.unit, fill="accent")
    said = letters(film, content.EPISODE, "label", size=size(film, "label") * 0.86, weight=700)
    pill.add(said.set(color=film.theme.on("accent"), letter_spacing=0))
    return pill


def progress(scene: Scene, film: Film, first: float, last: float, *, wide: float) -> Group:
    """Show how far the clip is, from one share of it to another."""
    u = film.unit
    track = Group(width=wide, height=12 * u, depth=1)
    line = Rect(width=wide, height=6 * u, radius=3 * u, fill="ink/0.2", anchor="center")
    side = "right" if film.rtl else "left"
    done = Rect(width=max(wide * first, 1), height=6 * u, radius=3 * u, fill="accent", anchor=side)
    knob = Ellipse(width=22 * u, height=22 * u, fill="ink", anchor=side, origin="center")
    track.add(line, done, knob)
    tl, way = scene.timeline, forward(film)
    tl.from_to(
        done,
        {"width": max(wide * first, 1)},
        {"width": wide * last},
        duration=scene.seconds,
        ease="none",
        at=0,
    )
    span = {"x": way * wide * first}, {"x": way * wide * last}
    tl.from_to(knob, *span, duration=scene.seconds, ease="none", at=0)
    return track


def uncover(scene: Scene, text: object, words: str, at: float, lasts: float) -> None:
    """Let the words of a phrase light up one after the other as they are said."""
    tl, count = scene.timeline, max(len(words.split()), 1)
    pace = min(0.32, lasts * 0.6 / count)
    if joined(words):
        tl.from_(
            text.words,
            wipe=1,
            opacity=0,
            duration=min(0.5, lasts * 0.3),
            stagger=pace,
            ease="power2.out",
            at=at,
        )
        return
    tl.from_(
        text.words, opacity=0, y=22, duration=min(0.35, lasts * 0.3), stagger=pace, ease="power3.out", at=at
    )
    tl.from_(
        text.words,
        color="accent",
        duration=min(0.5, lasts * 0.3),
        stagger=pace,
        ease="power2.in",
        at=at + 0.1,
    )


def pulled(scene: Scene, film: Film) -> str:
    """Paint the air, with the voice's bars at its foot, for a line that takes the whole frame."""
    air(scene, film)
    tall = film.height * 0.11
    sound = bars(scene, film, wide=film.width * 0.96, tall=tall, count=64)
    scene.add(sound.set(inside="frame", anchor="bottom", y=-film.height * 0.015))
    return "ink"
