"""Draw the same list of operations with Skia and with Qt, and print CPU milliseconds per 1080p frame.

Run by hand: `python bench/spikes/rasterizer.py`. PySide6 is not a dependency of the project; without it only
Skia's figures are printed.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import skia
import uharfbuzz as hb

WIDTH, HEIGHT, FRAMES = 1920, 1080, 40
FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
TITLE = "Rasterizer spike"
Step = Callable[[int], None]


def measure(step: Step) -> float:
    """Run a step over all frames; returns CPU milliseconds per frame."""
    step(0)
    begin = time.process_time()
    for frame in range(FRAMES):
        step(frame)
    return (time.process_time() - begin) * 1000 / FRAMES


def glyphs(size: float) -> tuple[list[int], list[tuple[float, float]]]:
    """Shape the title once with HarfBuzz: both engines draw these very glyphs."""
    face = hb.Face(hb.Blob.from_file_path(FACE))
    font = hb.Font(face)
    buffer = hb.Buffer()
    buffer.add_str(TITLE)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    unit = size / face.upem
    pen = 0.0
    places: list[tuple[float, float]] = []
    for position in buffer.glyph_positions:
        places.append((pen + position.x_offset * unit, 0.0))
        pen += position.x_advance * unit
    return [info.codepoint for info in buffer.glyph_infos], places


def skia_steps(pixels: np.ndarray, photo: np.ndarray) -> dict[str, Step]:
    """Every operation as Skia draws it onto a numpy-backed BGRA surface."""
    info = skia.ImageInfo.Make(WIDTH, HEIGHT, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    canvas = skia.Surface.MakeRasterDirect(info, pixels, WIDTH * 4).getCanvas()
    font = skia.Font(skia.Typeface.MakeFromFile(FACE), 150)
    font.setSubpixel(True)
    ids, places = glyphs(150)
    maker = skia.TextBlobBuilder()
    maker.allocRunPos(font, ids, [skia.Point(x, y) for x, y in places])
    blob = maker.make()
    picture = skia.Image.fromarray(photo, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType)
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    cards: list[skia.Image] = []

    def gradient(frame: int) -> None:
        turn = frame * 0.05
        ends = [
            skia.Point(WIDTH * 0.5 * (1 - math.cos(turn)), HEIGHT * 0.5 * (1 - math.sin(turn))),
            skia.Point(WIDTH * 0.5 * (1 + math.cos(turn)), HEIGHT * 0.5 * (1 + math.sin(turn))),
        ]
        shader = skia.GradientShader.MakeLinear(ends, [0xFF102040 + frame, 0xFF60A0C0 - frame])
        canvas.drawPaint(skia.Paint(Shader=shader))

    def sheared(frame: int) -> None:
        # a linear gradient's rows are one strip, shifted: a copy of windows instead of a shader
        turn = frame * 0.05
        a, b = math.cos(turn) or 1e-9, math.sin(turn)
        if abs(a) < abs(b) * 0.2:
            return gradient(frame)
        shift = np.rint(np.arange(HEIGHT) * (b / a)).astype(int)
        base = int(shift.min())
        along = (np.arange(WIDTH + int(shift.max()) - base) + base) * a
        t = np.clip((along / WIDTH + 1) / 2, 0, 1)[:, None]
        strip = (np.array([64, 32, 16, 255]) * (1 - t) + np.array([192, 160, 96, 255]) * t).astype(np.uint8)
        line = np.ascontiguousarray(strip).view(np.uint32)[:, 0]
        windows = np.lib.stride_tricks.sliding_window_view(line, WIDTH)
        np.take(windows, shift - base, axis=0, out=pixels.view(np.uint32)[:, :, 0])
        return None

    def text(frame: int) -> None:
        canvas.drawTextBlob(blob, 120, 300 + frame * 0.7, skia.Paint(Color=0xF0FFFFFF, AntiAlias=True))

    def card(canvas: Any, x: float, y: float) -> None:
        box = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(x, y, 480, 300), 28, 28)
        shade = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 24)
        canvas.drawRRect(box.makeOffset(0, 18), skia.Paint(Color=0x60000000, MaskFilter=shade))
        canvas.drawRRect(box, skia.Paint(Color=0x40FFFFFF, AntiAlias=True))

    def live_cards(frame: int) -> None:
        for index in range(3):
            card(canvas, 120 + index * 560, 600 - frame)

    def cached_cards(frame: int) -> None:
        if not cards:
            surface = skia.Surfaces.MakeRasterN32Premul(640, 480)
            card(surface.getCanvas(), 80, 80)
            cards.append(surface.makeImageSnapshot())
        for index in range(3):
            canvas.drawImage(cards[0], 40 + index * 560, 520 - frame)

    def scale(frame: int) -> None:
        canvas.drawImageRect(picture, skia.Rect(0, 0, WIDTH, HEIGHT - frame), linear)

    def fill(frame: int) -> None:
        canvas.drawRect(skia.Rect(0, 0, WIDTH, HEIGHT), skia.Paint(Color=0x20000000 + frame))

    return {"gradient": gradient, "gradient as shifted rows": sheared, "title, glyph run": text,
            "3 cards + blurred shadow": live_cards, "3 cards, cached image": cached_cards,
            "image scale": scale, "alpha fill": fill}  # fmt: skip


def qt_steps(pixels: np.ndarray, photo: np.ndarray) -> dict[str, Step]:
    """The same operations as Qt's QPainter draws them; a blur is no painter operation there."""
    core, gui = importlib.import_module("PySide6.QtCore"), importlib.import_module("PySide6.QtGui")
    app = gui.QGuiApplication(["spike", "-platform", "offscreen"])
    premultiplied = gui.QImage.Format.Format_ARGB32_Premultiplied
    image = gui.QImage(pixels.data, WIDTH, HEIGHT, WIDTH * 4, premultiplied)
    painter = gui.QPainter(image)
    painter.setRenderHints(
        gui.QPainter.RenderHint.Antialiasing | gui.QPainter.RenderHint.SmoothPixmapTransform
    )
    picture = gui.QImage(
        photo.data, *reversed(photo.shape[:2]), photo.shape[1] * 4, gui.QImage.Format.Format_RGB32
    )
    raw = gui.QRawFont(FACE, 150)
    ids, places = glyphs(150)
    run = gui.QGlyphRun()
    run.setRawFont(raw)
    run.setGlyphIndexes(ids)
    run.setPositions([core.QPointF(x, y) for x, y in places])
    no_pen = core.Qt.PenStyle.NoPen

    def gradient(frame: int) -> None:
        turn = frame * 0.05
        paint = gui.QLinearGradient(
            WIDTH * 0.5 * (1 - math.cos(turn)), HEIGHT * 0.5 * (1 - math.sin(turn)),
            WIDTH * 0.5 * (1 + math.cos(turn)), HEIGHT * 0.5 * (1 + math.sin(turn)),
        )  # fmt: skip
        paint.setColorAt(0, gui.QColor.fromRgba(0xFF102040 + frame))
        paint.setColorAt(1, gui.QColor.fromRgba(0xFF60A0C0 - frame))
        painter.fillRect(0, 0, WIDTH, HEIGHT, paint)

    def text(frame: int) -> None:
        painter.setPen(gui.QColor(255, 255, 255, 240))
        painter.drawGlyphRun(core.QPointF(120, 300 + frame * 0.7), run)

    def cards(frame: int) -> None:
        painter.setPen(no_pen)
        painter.setBrush(gui.QColor(255, 255, 255, 64))
        for index in range(3):
            painter.drawRoundedRect(120 + index * 560, 600 - frame, 480, 300, 28, 28)

    def scale(frame: int) -> None:
        painter.drawImage(core.QRect(0, 0, WIDTH, HEIGHT - frame), picture)

    def fill(frame: int) -> None:
        painter.fillRect(0, 0, WIDTH, HEIGHT, gui.QColor(frame, 0, 0, 32))

    keep = (app, image)
    return {"gradient": gradient, "title, glyph run": text, "3 cards, no shadow": cards,
            "image scale": scale, "alpha fill": lambda frame: fill(frame) if keep else None}  # fmt: skip


def main() -> None:
    """Print one line per engine and operation."""
    photo = np.random.default_rng(1).integers(0, 255, (1200, 2133, 4), dtype=np.uint8)
    photo[:, :, 3] = 255
    engines: dict[str, Callable[[np.ndarray, np.ndarray], dict[str, Step]]] = {"skia": skia_steps}
    if importlib.util.find_spec("PySide6"):
        engines["qt"] = qt_steps
    for name, steps in engines.items():
        pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
        for operation, step in steps(pixels, photo).items():
            print(f"{name:5} {operation:28} {measure(step):7.2f} ms")


if __name__ == "__main__":
    main()
