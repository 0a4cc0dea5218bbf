from __future__ import annotations

import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import skia

from domain.composition import Composition, Key, Node, Scene, Stagger, Theme, Track, Transition, Value
from render.picture import Picture, Pixels


def film(
    *nodes: Node,
    frames: int = 30,
    size: tuple[int, int] = (480, 270),
    background: str = "#101820",
    camera: tuple[Track, ...] = (),
    direction: str = "ltr",
    fonts: Mapping[str, str] | None = None,
    after: Sequence[Scene] = (),
) -> Composition:
    first = Scene(id="one", frames=frames, background=background, nodes=nodes, camera=camera)
    return Composition.model_validate(
        {
            "width": size[0],
            "height": size[1],
            "fps": 30,
            "direction": direction,
            "theme": Theme(fonts=dict(fonts or {})),
            "scenes": (first, *after),
        }
    )


def node(kind: str, id: str = "n", *children: Node, tracks: Sequence[Track] = (), **props: Value) -> Node:
    return Node(id=id, kind=kind, props=props, tracks=tuple(tracks), children=children)


def track(
    name: str,
    *keys: tuple[float, object] | tuple[float, object, str],
    unit: str | None = None,
    stagger: Stagger | None = None,
) -> Track:
    made = tuple(
        Key.model_validate({"frame": key[0], "value": key[1], "ease": key[2] if len(key) > 2 else "none"})
        for key in keys
    )
    return Track.model_validate({"property": name, "unit": unit, "stagger": stagger, "keys": made})


def scene(
    *nodes: Node,
    id: str = "two",
    frames: int = 30,
    enter: str = "cut",
    over: int = 0,
    background: str = "#803020",
) -> Scene:
    return Scene.model_validate(
        {
            "id": id,
            "frames": frames,
            "nodes": nodes,
            "background": background,
            "enter": Transition.model_validate({"kind": enter, "frames": over}),
        }
    )


def shot(made: Composition, frame: int = 0, folder: Path = Path("/nonexistent")) -> Pixels:
    return Picture(made, folder).draw(frame).copy()


def write_photo(path: Path, width: int = 64, height: int = 48) -> None:
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([x * 255 // width, y * 255 // height, (x + y) * 2 % 255, np.full_like(x, 255)], -1)
    path.parent.mkdir(parents=True, exist_ok=True)
    image = skia.Image.fromarray(
        pixels.astype(np.uint8).copy(), skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType
    )
    image.save(str(path), skia.kPNG)


def write_clip(path: Path, width: int = 96, height: int = 54, frames: int = 24, rate: int = 30) -> None:
    """A lossless clip: its n-th picture is gray 40 + 8n with a white bar that wanders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened: Any = av.open(str(path), "w")
    with opened as made:
        stream = made.add_stream("libx264", rate=rate, options={"qp": "0", "preset": "ultrafast", "g": "8"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            pixels = np.full((height, width, 3), 40 + 8 * number, np.uint8)
            pixels[:, number * width // frames : (number + 3) * width // frames] = 235
            made.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        made.mux(stream.encode(None))


def write_tone(path: Path, seconds: float = 2) -> None:
    """A tone of 220 Hz that swells twice a second, and a hiss that comes and goes."""
    at = np.arange(round(48_000 * seconds)) / 48_000
    hiss = np.random.Generator(np.random.PCG64(1)).normal(0, 0.2, len(at)) * (at % 1 > 0.5)
    sound = np.sin(at * 2 * np.pi * 220) * np.abs(np.sin(at * 2 * np.pi)) * 0.6 + hiss * 0.5
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as made:
        made.setparams((1, 2, 48_000, 0, "NONE", ""))
        made.writeframes((np.clip(sound, -1, 1) * 32_000).astype("<i2").tobytes())
