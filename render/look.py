"""What can be seen to be wrong: findings over drawn frames, and over a finished file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from domain.checks import limit
from domain.composition import Composition, Scene, Source, walk
from domain.finding import Finding, lasting
from domain.layout import Box, Layout
from render.picture import Pixels
from render.reading import Text, ink_box, texts_of, told, words, words_in

BLANK_DEVIATION = limit("frame_blank", "deviation")
"""Standard deviation of luma, of 255, below which a frame may be blank."""
BLANK_EDGES = limit("frame_blank", "edges")
"""Share of pixels that differ from their neighbour, below which it is."""
EDGE = 8
HIDDEN_CONTRAST = limit("text_hidden", "contrast")
"""Between the darkest and lightest parts of a text's place: below this there is no text to be seen."""
FAINT_CONTRAST = limit("text_hidden", "faint")
FAINT_FROM_PX = 20.0
"""Em in the looked-at pixels from which strokes are wide enough to keep their colour."""
FROZEN_S = limit("nothing_moves", "seconds")
SETTLING_S = 0.5
"""So long after a scene begins it may still be empty."""
LEFT_OUT = " is left out: "
"""How the painter says that it could not draw something."""
Luma = NDArray[np.float32]


@dataclass(frozen=True)
class Shot:
    """A drawn frame to be looked at."""

    frame: int
    pixels: Pixels
    scale: float
    """Its size against the film's."""


def luma_of(pixels: Pixels) -> Luma:
    """BT.709 luma of BGRA pixels, 0 to 255."""
    weights = np.array([0.0722, 0.7152, 0.2126], np.float32)
    return pixels[:, :, :3].astype(np.float32) @ weights


def blank(luma: Luma) -> bool:
    """Tell whether a frame shows nothing."""
    edges = (np.abs(np.diff(luma, axis=1)) > EDGE).mean()
    return bool(luma.std() < BLANK_DEVIATION and edges < BLANK_EDGES)


def written(source: Source | None) -> dict[str, Any]:
    """Say in a finding's words where something was written."""
    return {"file": source.file, "line": source.line} if source is not None else {}


def blank_frames(film: Composition, shots: Sequence[Shot]) -> Iterable[Finding]:
    """Scenes with nothing to see at moments when there should be; an error where half of them is empty."""
    for scene in film.scenes:
        looked = [shot for shot in shots if settled_scene(film, shot.frame) is scene]
        empty = [shot for shot in looked if blank(luma_of(shot.pixels[::4, ::4]))]
        if not empty:
            continue
        first, last = empty[0], empty[-1]
        often = f", nor on {len(empty) - 1} of {len(looked) - 1} further frames" if len(empty) > 1 else ""
        yield Finding(
            code="frame_blank", severity=lasting("error", len(empty) if 2 * len(empty) >= len(looked) else 1),
            message=f"nothing is to be seen at {first.frame / film.fps:.2f} s (frame {first.frame}){often}",
            fix_hint="check the nodes' colors against the background, their start and end, opacity and place",
            scene=scene.id, span=(first.frame / film.fps, last.frame / film.fps),
            **written(scene.source),
            value=round(float(luma_of(first.pixels).std()), 2), limit=BLANK_DEVIATION,
        )  # fmt: skip


def settled_scene(film: Composition, frame: int) -> Scene | None:
    """Give the scene that fills a frame alone; none while scenes change."""
    starts = film.starts()
    for index, (scene, start) in enumerate(zip(film.scenes, starts, strict=True)):
        after = film.scenes[index + 1].enter if index + 1 < len(starts) else None
        wait = max(round(SETTLING_S * film.fps), scene.enter.frames if index else 0)
        last = start + scene.frames - (after.frames if after is not None else 0)
        if start <= frame < start + scene.frames:
            return scene if start + wait <= frame < last else None
    return None


def hidden_texts(film: Composition, layout: Layout, shots: Sequence[Shot]) -> Iterable[Finding]:
    """Texts that are there but cannot be seen against what is painted under or over them."""
    for text in texts_of(film, layout):
        if not words_in(text) or text.allows("hidden"):
            continue
        seen = [(shot, box, seen_contrast(shot, box)) for shot, box in places(text, shots)]
        if not seen:
            continue
        shot, box, best = max(seen, key=lambda each: each[2])
        tall = (text.placed.font_px or 0) * shot.scale >= FAINT_FROM_PX
        if best < HIDDEN_CONTRAST or (best < FAINT_CONTRAST and tall):
            gone = best < HIDDEN_CONTRAST
            yield told(
                "text_hidden", lasting("error" if gone else "warning", len(seen)), text, layout,
                [each[0].frame for each in seen],
                f"{words(text)} {'cannot be seen' if gone else 'is hard to see'}: "
                f"its contrast with what is behind it is {best:.1f}:1",
                "give it another color, a backing, or move it off what covers it", box, round(best, 2),
                HIDDEN_CONTRAST if gone else FAINT_CONTRAST,
            )  # fmt: skip


def places(text: Text, shots: Sequence[Shot]) -> list[tuple[Shot, Box]]:
    """Give the shots on which a text is wholly shown, and its place on each, in the film's pixels."""
    samples = {sample.frame: sample for sample in text.placed.samples}
    found: list[tuple[Shot, Box]] = []
    for shot in shots:
        sample = samples.get(shot.frame)
        if sample is None or not text.shown(sample) or sample.opacity < 0.9 or text.strength < 0.9:
            continue
        box = ink_box(text.placed, sample)
        if box is not None:
            found.append((shot, box))
    return found


def seen_contrast(shot: Shot, box: Box) -> float:
    """WCAG contrast between the lightest and the darkest hundredth of a place."""
    left, top, right, bottom = (round(side * shot.scale) for side in box)
    part = shot.pixels[max(0, top) : max(0, bottom), max(0, left) : max(0, right), :3]
    if part.size == 0:
        return 21.0
    light = relative_luminance(part)
    high, low = np.percentile(light, 99), np.percentile(light, 1)
    return float((high + 0.05) / (low + 0.05))


def relative_luminance(pixels: Pixels) -> Luma:
    """WCAG relative luminance of BGR pixels, 0 to 1."""
    part = pixels.astype(np.float32) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return linear @ np.array([0.0722, 0.7152, 0.2126], np.float32)


def missing_files(film: Composition, project: Path) -> Iterable[Finding]:
    """Files that the film shows or plays and that the project has not."""
    absent = {path for path in film.files if not (project / path).is_file()}
    for scene in film.scenes:
        for node in walk(scene.nodes):
            path = node.props.get("src")
            if isinstance(path, str) and path in absent:
                absent.discard(path)
                yield Finding(
                    code="asset_missing", severity="error", message=f"the project has no file {path!r}",
                    fix_hint="add the file, or name one that is there", value=path,
                    scene=scene.id, node=node.id,
                    **written(node.source),
                )  # fmt: skip
    for path in sorted(absent):
        yield Finding(
            code="asset_missing", severity="error", message=f"the project has no sound {path!r}",
            fix_hint="add the file, or name one that is there", value=path,
        )  # fmt: skip


def frozen(film: Composition, same: Sequence[bool], first: int = 0) -> Iterable[Finding]:
    """Stretches in which nothing moves; `same` tells for each frame whether it repeats the one before."""
    longest = round(FROZEN_S * film.fps)
    run = 0
    for place in range(len(same) + 1):
        if place < len(same) and same[place]:
            run += 1
            continue
        if run > longest:
            begin, end = (first + place - run - 1) / film.fps, (first + place) / film.fps
            scene = next(
                (each for each, start in zip(film.scenes, film.starts(), strict=True)
                 if start <= begin * film.fps < start + each.frames), film.scenes[0])  # fmt: skip
            yield Finding(
                code="nothing_moves", severity="warning", scene=scene.id, span=(begin, end),
                message=f"nothing moves for {end - begin:.1f} s, from {begin:.1f} s on",
                fix_hint="let something drift, breathe or sweep: a background, a slow camera move",
                value=round(end - begin, 2), limit=FROZEN_S,
                **written(scene.source),
            )  # fmt: skip
        run = 0


def substitutions(notices: Sequence[str], project: Path) -> Iterable[Finding]:
    """What was drawn otherwise than it was asked for, unless another finding tells of it."""
    for notice in notices:
        if notice.startswith("font "):
            yield Finding(
                code="font_substituted", severity="warning", message=notice,
                fix_hint="name a font that is installed, or add its file",
            )  # fmt: skip
        elif LEFT_OUT in notice:
            named = notice.split("'")[1] if notice.count("'") > 1 else ""
            if notice.startswith(("picture", "svg")) and "." in named and not (project / named).is_file():
                continue
            yield Finding(
                code="asset_broken", severity="error", message=notice, value=named,
                fix_hint="replace it by one that can be read",
            )  # fmt: skip


def film_pictures(frames: Sequence[Image.Image]) -> Iterable[Finding]:
    """A finished film that is black or blank from end to end, or one single picture."""
    lumas = [np.asarray(frame.convert("L"), np.float32) for frame in frames]
    if all(blank(luma) for luma in lumas):
        yield Finding(
            code="film_blank", severity="error", message="the finished film shows nothing from end to end",
            fix_hint="check the background and the nodes of every scene", value=0,
        )  # fmt: skip
    elif len(lumas) > 1 and all(np.abs(luma - lumas[0]).mean() < 0.05 for luma in lumas[1:]):
        yield Finding(
            code="film_frozen", severity="error", message="the finished film is one still picture",
            fix_hint="give the nodes of its scenes tweens on the timeline", value=len(lumas),
        )  # fmt: skip
