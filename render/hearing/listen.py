"""Listening to a file from beginning to end."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from domain.hearing import Hearing
from render.hearing import onsets
from render.hearing.bars import bars
from render.hearing.beats import Row, confidence, rows, seconds
from render.hearing.harmony import chroma, key_of
from render.hearing.levels import Levels, band_envelopes
from render.hearing.onsets import Curve, novelty, peaks, refined
from render.hearing.plot import picture
from render.hearing.sections import sections
from render.media import LONGEST_AUDIO_S, probe_audio, sniff_audio
from render.sound.pipes import FRAME_BYTES, RATE, last_line

SHORTEST_S = 0.05
STEADY = 0.02
MOST_ALTERNATIVES = 4
CHUNK_S = 10


def listen(source: Path, sensitivity: float, out: Path) -> None:
    """Analyse a sound and leave `hearing.json` and `hearing.jpg` in `out`.

    Raises ValueError, with the reason, when it is no sound, is broken, or is too long.
    """
    with source.open("rb") as file:
        head = file.read(64)
    if not head:
        raise ValueError("the file is empty")
    demuxer = sniff_audio(head)
    probed = probe_audio(source, demuxer)
    levels = Levels()
    mono: list[NDArray[np.float32]] = []
    for block in decoded(source, demuxer, mono=probed["channels"] == 1):
        levels.hear(block)
        mono.append(_halved(block))
    samples = np.concatenate(mono) if mono else np.zeros(0, np.float32)
    if len(samples) < SHORTEST_S * onsets.RATE:
        raise ValueError("the sound holds no samples that can be decoded; save it again in another program")
    hearing = told(samples, levels, int(probed["channels"]), sensitivity)
    (out / "hearing.json").write_text(hearing.model_dump_json())
    (out / "hearing.jpg").write_bytes(picture(samples, hearing))


def decoded(source: Path, demuxer: str, *, mono: bool) -> Iterator[NDArray[np.float32]]:
    """Decode as 48 kHz, ten seconds at a time; one channel stands at the left, as loud as it is.

    Raises ValueError when nothing can be decoded.
    """
    stream = ffmpeg.input(str(source), f=demuxer, protocol_whitelist="file").audio
    graph = stream.output("pipe:", f="f32le", ar=RATE, ac=1 if mono else 2, t=LONGEST_AUDIO_S + 1)
    argv = ["ffmpeg", "-nostdin", "-v", "error", *graph.get_args()]
    heard = 0
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        frame = FRAME_BYTES // 2 if mono else FRAME_BYTES
        while data := process.stdout.read(CHUNK_S * RATE * frame):
            samples = np.frombuffer(data[: len(data) // frame * frame], np.float32)
            block = np.nan_to_num(samples.reshape(-1, 1 if mono else 2))
            heard += len(block)
            yield np.pad(block, ((0, 0), (0, 1))) if mono else block
        said = process.stderr.read().decode(errors="replace")
    if not heard:
        raise ValueError(f"the sound is broken: {last_line(said)}")


def _halved(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """One channel at half the rate; the little that folds back lies above what is listened to."""
    mono = block.mean(axis=1)
    near = np.convolve(mono, np.array([0.25, 0.5, 0.25], np.float32), "same")
    return near[: len(near) // 2 * 2 : 2].astype(np.float32)


def told(samples: NDArray[np.float32], levels: Levels, channels: int, sensitivity: float) -> Hearing:
    """Put together what was heard; `samples` are mono at 24 kHz."""
    length = len(samples) / onsets.RATE
    envelope = levels.envelope()
    loudness = levels.meter.integrated()
    silent = not envelope.any()
    heard = novelty(np.zeros_like(samples) if silent else samples)
    notes = chroma(samples)
    ways = [] if silent else rows(heard)
    beats = seconds(heard, ways[0].steps) if ways else np.zeros(0)
    meter, first = bars(heard, ways[0].steps, notes) if ways else (None, 0)
    downbeats = beats[first::meter] if meter else np.zeros(0)
    key, sure = ("", 0.0) if silent else key_of(notes)
    low, middle, high = (_rounded(each, 2) for each in band_envelopes(heard, len(envelope)))
    return Hearing(
        seconds=round(length, 3),
        channels=channels,
        tempo_bpm=_tempo(beats),
        tempo_confidence=round(confidence(ways), 2) if ways else 0,
        tempo_alternatives=_alternatives(ways),
        steady=_steady(beats),
        meter=meter,
        beats=_rounded(beats, 3),
        downbeats=_rounded(downbeats, 3),
        onsets=tuple(round(max(0.0, refined(heard.whole, step)), 3)
                     for step in peaks(heard.whole, sensitivity).tolist()),
        sections=sections(heard, notes, envelope, downbeats, length, sensitivity),
        key=key,
        key_confidence=sure,
        loudness_lufs=round(loudness, 1) if loudness is not None else None,
        peak_db=round(20 * float(np.log10(levels.peak)), 1) if levels.peak > 1e-6 else None,
        clipped=levels.clipped,
        silences=levels.silences(length),
        energy=_rounded(envelope, 2),
        low=low, middle=middle, high=high,
    )  # fmt: skip


def _tempo(beats: Curve) -> float | None:
    """Beats a minute, by the slope through all beats."""
    if len(beats) < 3:
        return None
    slope = np.polyfit(np.arange(len(beats)), beats, 1)[0]
    return round(60 / float(slope), 2)


def _steady(beats: Curve) -> bool:
    if len(beats) < 4:
        return False
    gaps = np.diff(beats)
    return bool(np.median(np.abs(gaps / np.median(gaps) - 1)) < STEADY)


def _alternatives(ways: list[Row]) -> tuple[float, ...]:
    """Half and double of the tempo, then other tempi that may be tapped."""
    if not ways:
        return ()
    best = ways[0].bpm
    found = [round(best / 2, 1), round(best * 2, 1)]
    for row in ways[1:]:
        if all(abs(np.log2(row.bpm / other)) > 0.06 for other in (best, *found)):
            found.append(round(row.bpm, 1))
    return tuple(found[:MOST_ALTERNATIVES])


def _rounded(curve: Curve, digits: int) -> tuple[float, ...]:
    return tuple(np.round(curve, digits).tolist())
