"""A picture of a sound: its waveform, its spectrum, beats, bars and sections, with a scale of seconds."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from domain.hearing import Hearing
from render.hearing.onsets import RATE

WIDTH, HEIGHT = 1_500, 760
LEFT, RIGHT = 70, 24
WAVE = (96, 296)
SPECTRUM = (318, 628)
CURVES = (648, 712)
GROUND, PAPER, INK, MUTED = (16, 19, 28), (24, 28, 40), (236, 238, 245), (150, 157, 178)
ACCENT, BEAT, BAR = (94, 196, 255), (120, 128, 150), (255, 184, 76)
HEAT = ((16, 19, 28), (38, 32, 84), (116, 40, 122), (214, 70, 96), (252, 156, 84), (252, 236, 178))
LOWEST, HIGHEST = 40.0, 11_000.0
SIZE = 2_048
ROWS = 155


def picture(samples: NDArray[np.float32], hearing: Hearing) -> bytes:
    """Draw a sound, mono at 24 kHz, with what was heard in it; JPEG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    _head(draw, hearing)
    for top, bottom in (WAVE, CURVES):
        draw.rectangle((LEFT, top, WIDTH - RIGHT, bottom), fill=PAPER)
    image.paste(_spectrum(samples), (LEFT, SPECTRUM[0]))
    _sections(draw, hearing)
    _grid(draw, hearing)
    _wave(draw, samples)
    _curves(draw, hearing)
    _scale(draw, hearing)
    page = io.BytesIO()
    image.save(page, "JPEG", quality=88)
    return page.getvalue()


def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _head(draw: ImageDraw.ImageDraw, hearing: Hearing) -> None:
    tempo = f"{hearing.tempo_bpm:.1f} BPM" if hearing.tempo_bpm else "no tempo"
    words = [tempo]
    if hearing.tempo_bpm:
        words.append(f"sure {hearing.tempo_confidence:.0%}")
        words.append(f"{hearing.meter} beats a bar")
    words += [hearing.key] if hearing.key else []
    loud = f"{hearing.loudness_lufs:.1f} LUFS" if hearing.loudness_lufs is not None else "silence"
    words += [loud] + ([f"peak {hearing.peak_db:.1f} dB"] if hearing.peak_db is not None else [])
    words += [f"{hearing.clipped} clipped"] if hearing.clipped else []
    draw.text((LEFT, 22), words[0], fill=INK, font=_face(34))
    begin = LEFT + draw.textlength(words[0], font=_face(34)) + 28
    draw.text((begin, 34), "   ·   ".join(words[1:]), fill=MUTED, font=_face(21))


def _x(second: float, hearing: Hearing) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * second / max(hearing.seconds, 1e-6)


def _sections(draw: ImageDraw.ImageDraw, hearing: Hearing) -> None:
    for place, section in enumerate(hearing.sections):
        first, last = _x(section.start, hearing), _x(section.end, hearing)
        shade = tuple(round(part + (12 if place % 2 else 0)) for part in PAPER)
        draw.rectangle((first, WAVE[0], last, WAVE[1]), fill=shade)
        if last - first > 60:
            draw.text((first + 8, WAVE[0] + 6), f"{place + 1}", fill=MUTED, font=_face(18))


def _grid(draw: ImageDraw.ImageDraw, hearing: Hearing) -> None:
    """Beats as ticks below the waveform, bars as lines through it; too many to be seen are left out."""
    room = WIDTH - RIGHT - LEFT
    downs = set(hearing.downbeats)
    dense = len(hearing.beats) > room / 5
    for beat in hearing.beats:
        at = _x(beat, hearing)
        if beat in downs and len(downs) < room / 5:
            draw.line((at, WAVE[0], at, WAVE[1]), fill=(70, 60, 44), width=1)
            draw.line((at, WAVE[1] + 3, at, WAVE[1] + 18), fill=BAR, width=3)
        elif not dense:
            draw.line((at, WAVE[1] + 5, at, WAVE[1] + 14), fill=BEAT, width=2)


def _wave(draw: ImageDraw.ImageDraw, samples: NDArray[np.float32]) -> None:
    room = WIDTH - RIGHT - LEFT
    middle, half = (WAVE[0] + WAVE[1]) / 2, (WAVE[1] - WAVE[0]) / 2 - 6
    top = float(np.abs(samples).max()) or 1.0
    edges = np.linspace(0, len(samples), room + 1).astype(int)
    for column in range(room):
        part = samples[edges[column] : max(edges[column] + 1, edges[column + 1])]
        if not len(part):
            continue
        high, low = float(part.max()) / top, float(part.min()) / top
        mean = float(np.sqrt(np.mean(part**2))) / top
        at = LEFT + column
        draw.line((at, middle - half * high, at, middle - half * low), fill=(52, 108, 150))
        draw.line((at, middle - half * mean, at, middle + half * mean), fill=ACCENT)


def _spectrum(samples: NDArray[np.float32]) -> Image.Image:
    room, tall = WIDTH - RIGHT - LEFT, SPECTRUM[1] - SPECTRUM[0]
    padded = np.pad(samples, SIZE)
    shape = np.hanning(SIZE).astype(np.float32)
    edges = np.geomspace(LOWEST, HIGHEST, ROWS + 1) / RATE * SIZE
    columns: list[NDArray[np.float64]] = []
    for at in np.linspace(SIZE // 2, len(samples) + SIZE // 2, room).astype(int).tolist():
        spectrum = np.abs(np.fft.rfft(padded[at : at + SIZE] * shape))
        sums = np.concatenate([[0.0], np.cumsum(spectrum, dtype=np.float64)])
        low, high = (
            np.interp(edges[:-1], np.arange(len(sums)), sums),
            np.interp(edges[1:], np.arange(len(sums)), sums),
        )
        columns.append((high - low) / (edges[1:] - edges[:-1]))
    level = 20 * np.log10(np.array(columns).T[::-1] + 1e-5)
    top = float(np.percentile(level, 99.7))
    share = np.clip((level - top + 62) / 62, 0, 1)
    stops = np.linspace(0, 1, len(HEAT))
    pixels = np.stack([np.interp(share, stops, [stop[part] for stop in HEAT]) for part in range(3)], axis=2)
    return Image.fromarray(pixels.astype(np.uint8)).resize((room, tall), Image.Resampling.BILINEAR)


def _curves(draw: ImageDraw.ImageDraw, hearing: Hearing) -> None:
    """Low, middle and high tones over time."""
    top, bottom = CURVES
    for curve, color in (
        (hearing.low, (255, 120, 110)),
        (hearing.middle, (255, 208, 110)),
        (hearing.high, ACCENT),
    ):
        if len(curve) < 2:
            continue
        room = min(WIDTH - RIGHT - LEFT, len(curve))
        values = np.interp(np.linspace(0, len(curve) - 1, room), np.arange(len(curve)), curve)
        wide = np.linspace(LEFT, WIDTH - RIGHT, room)
        tall = bottom - 4 - (bottom - top - 8) * values
        draw.line(list(zip(wide.tolist(), tall.tolist(), strict=True)), fill=color, width=1)


def _scale(draw: ImageDraw.ImageDraw, hearing: Hearing) -> None:
    """Seconds below, tones at the left."""
    step = next(
        (each for each in (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300) if hearing.seconds / each <= 14),
        600,
    )
    for place in range(int(hearing.seconds / step) + 1):
        second = place * step
        label = f"{second:g} s" if step < 60 else f"{second / 60:g} min"
        at = min(_x(second, hearing), WIDTH - RIGHT - draw.textlength(label, font=_face(17)))
        draw.text((at, CURVES[1] + 12), label, fill=MUTED, font=_face(17))
    for hertz in (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000):
        share = np.log(hertz / LOWEST) / np.log(HIGHEST / LOWEST)
        at = SPECTRUM[1] - (SPECTRUM[1] - SPECTRUM[0]) * share
        label = f"{hertz:g}" if hertz < 1_000 else f"{hertz / 1_000:g}k"
        draw.text(
            (LEFT - 10 - draw.textlength(label, font=_face(17)), at - 10), label, fill=MUTED, font=_face(17)
        )
    for words, at in (("wave", (WAVE[0] + WAVE[1]) / 2), ("bands", (CURVES[0] + CURVES[1]) / 2)):
        draw.text(
            (LEFT - 10 - draw.textlength(words, font=_face(17)), at - 10), words, fill=MUTED, font=_face(17)
        )
