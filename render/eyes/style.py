"""The look of a film's hold frames: fill, ink, words, type steps, hues, accent, rhythm of layouts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from domain.checks import limit
from domain.composition import Composition, Scene
from domain.finding import Finding
from domain.layout import Box, Layout
from render.look import Shot, blank, luma_of
from render.reading import Text, area, ink_box, scale_of, shared, words_in
from stage.vocabulary import SAFE_AREAS, frame_shape


def advice(film: Composition, layout: Layout, texts: Sequence[Text], shots: Sequence[Shot]) -> list[Finding]:
    """Look at settled frames and say what could be better."""
    found: list[Finding] = []
    held: list[tuple[Scene, list[Box]]] = []
    full = 0
    for shot in shots:
        scene = scene_at(film, shot.frame)
        if scene is None:
            continue
        there = standing(texts, scene, shot.frame)
        held.append((scene, [box for _, box in there]))
        found += type_steps(film, scene, shot, there)
        found += words_at_once(film, scene, shot, there)
        found += emptiness(film, scene, shot, layout, there)
        found += hues(film, scene, shot)
        full += accent_share(film, shot) > limit("look_accent", "most")
    if full > max(limit("look_accent", "scenes"), len(shots) / 2):
        message = f"{full} scenes are full of the accent color"
        hint, most = "keep the accent for one thing in a scene", limit("look_accent", "scenes")
        found.append(say("look_accent", film, film.scenes[0], None, message, hint, full, most))
    return [*found, *repetition(film, held), *off_the_beat(film)]


def ends(film: Composition, first: Shot, last: Shot) -> Iterable[Finding]:
    """Look at the film's first and last frame."""
    for code, shot, hint in (
        (
            "look_first_frame",
            first,
            "begin with something to see: a ground with texture, a shape, the product",
        ),
        ("look_last_frame", last, "let the closing stay until the end: no fade to an empty frame"),
    ):
        if blank(luma_of(shot.pixels)):
            scene = film.scenes[0 if shot is first else -1]
            which = "first" if shot is first else "last"
            yield say(code, film, scene, shot, f"the film's {which} frame is empty", hint, 0, 1)


def scene_at(film: Composition, frame: int) -> Scene | None:
    """Give the scene that a frame belongs to alone."""
    starts = film.starts()
    for at, (scene, start) in enumerate(zip(film.scenes, starts, strict=True)):
        after = film.scenes[at + 1].enter.frames if at + 1 < len(starts) else 0
        if start + (scene.enter.frames if at else 0) <= frame < start + scene.frames - after:
            return scene
    return None


def standing(texts: Sequence[Text], scene: Scene, frame: int) -> list[tuple[Text, Box]]:
    """List the texts that stand on a frame with their ink."""
    found: list[tuple[Text, Box]] = []
    for text in texts:
        if text.scene.id != scene.id or text.strength < 0.5 or text.allows("bleed") or text.allows("hidden"):
            continue
        sample = next((each for each in text.placed.samples if each.frame == frame), None)
        box = ink_box(text.placed, sample) if sample is not None and text.shown(sample) else None
        if box is not None and words_in(text):
            found.append((text, box))
    return found


def type_steps(
    film: Composition, scene: Scene, shot: Shot, there: Sequence[tuple[Text, Box]]
) -> Iterable[Finding]:
    """Too many sizes, or two that are nearly the same."""
    sizes: list[float] = []
    for text, _ in there:
        sample = next(each for each in text.placed.samples if each.frame == shot.frame)
        sizes.append((text.placed.font_px or 0) * scale_of(text.placed, sample))
    steps: list[float] = []
    for size in sorted(filter(None, sizes)):
        if not steps or size / steps[-1] > limit("look_type_steps", "apart"):
            steps.append(size)
    most = limit("look_type_steps", "sizes")
    if len(steps) > most:
        yield say("look_type_steps", film, scene, shot, f"{len(steps)} sizes of type stand side by side",
                  "use few sizes, each clearly larger than the next", len(steps), most)  # fmt: skip


def words_at_once(
    film: Composition, scene: Scene, shot: Shot, there: Sequence[tuple[Text, Box]]
) -> Iterable[Finding]:
    """Too much to read."""
    count = sum(len(words_in(text).split()) for text, _ in there)
    most = limit("look_words", "most")
    if count > most:
        yield say("look_words", film, scene, shot, f"{count} words stand on the screen at once",
                  "say less, or spread it over two scenes", count, most)  # fmt: skip


def emptiness(
    film: Composition, scene: Scene, shot: Shot, layout: Layout, there: Sequence[tuple[Text, Box]]
) -> Iterable[Finding]:
    """Too little to see."""
    pixels = shot.pixels[:, :, :3].astype(np.int16)
    corner = np.median(pixels[:: max(1, len(pixels) - 1)].reshape(-1, 3), axis=0)
    ink = float((np.abs(pixels - corner).max(axis=2) > limit("look_ink", "apart")).mean())
    if ink < limit("look_ink", "least"):
        yield say("look_ink", film, scene, shot, f"only {ink:.0%} of the frame is anything but its ground",
                  "make the type larger, or give the ground light and texture", round(ink, 3),
                  limit("look_ink", "least"))  # fmt: skip
    boxes = [box for _, box in there] + pictures(layout, scene, shot.frame)
    if not boxes:
        return
    left, top, right, bottom = SAFE_AREAS[frame_shape(layout.width, layout.height)]
    room = (1 - left - right) * layout.width * (1 - top - bottom) * layout.height
    hull = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    fill = area(clipped(hull, layout)) / room
    if fill < limit("look_fill", "least") and ink < 0.5:
        yield say("look_fill", film, scene, shot, f"what there is to see fills {fill:.0%} of the safe area",
                  "make it larger: a headline spans 55 to 85 % of the width", round(fill, 3),
                  limit("look_fill", "least"))  # fmt: skip


def pictures(layout: Layout, scene: Scene, frame: int) -> list[Box]:
    """Places of what is shown besides texts, without grounds and decoration that bleeds."""
    found: list[Box] = []
    for node in layout.nodes:
        if node.scene != scene.id or node.kind in ("text", "counter") or "bleed" in node.allow:
            continue
        sample = next((each for each in node.samples if each.frame == frame), None)
        if (
            sample is not None
            and sample.opacity > 0.3
            and area(sample.box) < 0.6 * layout.width * layout.height
        ):
            found.append(sample.box)
    return found


def clipped(box: Box, layout: Layout) -> Box:
    """The part of a box that lies in the frame."""
    return (max(0.0, box[0]), max(0.0, box[1]), min(layout.width, box[2]), min(layout.height, box[3]))


def hues(film: Composition, scene: Scene, shot: Shot) -> Iterable[Finding]:
    """Too many colors side by side."""
    pixels = shot.pixels[::6, ::6, 2::-1].reshape(-1, 3).astype(np.float32) / 255
    high, low = pixels.max(axis=1), pixels.min(axis=1)
    chroma = high - low
    vivid = (chroma > 0.25) & (high > 0.2)
    if not vivid.any():
        return
    red, green, blue = pixels[vivid].T
    top, span = high[vivid], chroma[vivid]
    hue = np.zeros(len(red), np.float32)
    for lead, (one, other), turn in (
        (blue, (red, green), 4),
        (green, (blue, red), 2),
        (red, (green, blue), 0),
    ):
        hue[lead == top] = ((one - other) / span + turn)[lead == top] * 60
    counts, _ = np.histogram(hue % 360, bins=24, range=(0, 360))
    shares = counts / len(pixels)
    peaks = int(((shares > limit("look_hues", "share")) & (shares >= np.roll(shares, 1))
                 & (shares >= np.roll(shares, -1))).sum())  # fmt: skip
    most = limit("look_hues", "most")
    if peaks > most and not any(node.kind in ("image", "video") for node in scene.nodes):
        yield say("look_hues", film, scene, shot, f"{peaks} hues stand side by side",
                  "keep to the theme's colors: ground, ink, one accent", peaks, most)  # fmt: skip


def accent_share(film: Composition, shot: Shot) -> float:
    """Which share of a frame is the theme's accent."""
    accent = film.theme.colors.get("accent")
    if not accent:
        return 0.0
    color = np.array([int(accent[at : at + 2], 16) for at in (5, 3, 1)], np.int16)
    apart = np.abs(shot.pixels[::4, ::4, :3].astype(np.int16) - color).max(axis=2)
    return float((apart < 24).mean())


def repetition(film: Composition, held: Sequence[tuple[Scene, list[Box]]]) -> Iterable[Finding]:
    """More than two scenes running whose texts stand in the same places."""
    most = int(limit("look_repetition", "most"))
    run = 1
    for before, after in pairwise(held):
        same = len(before[1]) == len(after[1]) > 0 and all(
            shared(one, other) > limit("look_repetition", "alike")
            and area(one) < 1.3 * area(other) < 1.69 * area(one)
            for one, other in zip(before[1], after[1], strict=True)
        )
        run = run + 1 if same else 1
        if run == most + 2:
            yield say("look_repetition", film, after[0], None, f"{run} scenes running share one layout",
                      "anchor one of them elsewhere, or let a picture fill it", run, most)  # fmt: skip


def off_the_beat(film: Composition) -> Iterable[Finding]:
    """Hard cuts beside the beats of the film's music."""
    music = next((sound.music for sound in film.sounds if sound.music is not None), None)
    if music is None:
        return
    off: list[tuple[Scene, float]] = []
    for scene, start in list(zip(film.scenes, film.starts(), strict=True))[1:]:
        beat = (start / film.fps - music.offset) * music.bpm / 60
        frames = abs(beat - round(beat)) * 60 / music.bpm * film.fps
        if scene.enter.frames == 0 and frames > limit("look_beat", "most") + 0.5:
            off.append((scene, frames))
    if off:
        scene, worst = max(off, key=lambda each: each[1])
        message = f"{len(off)} cuts miss the beat, one by {worst:.0f} frames"
        hint = "let scenes last whole beats: seconds=film.beat * n"
        yield say("look_beat", film, scene, None, message, hint, worst, limit("look_beat", "most"))


def say(
    code: str, film: Composition, scene: Scene, shot: Shot | None, message: str, hint: str, value: float,
    most: float,
) -> Finding:  # fmt: skip
    """Write advice down."""
    place: dict[str, Any] = {"file": scene.source.file, "line": scene.source.line} if scene.source else {}
    when = (shot.frame / film.fps, shot.frame / film.fps) if shot is not None else None
    return Finding(
        code=code, severity="advice", message=message, fix_hint=hint, scene=scene.id, span=when, value=value,
        limit=most, **place,
    )  # fmt: skip
