"""What is wrong with a film's sound as it was delivered."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

import av
import ffmpeg
import numpy as np
from numpy.typing import NDArray

from domain.checks import limit
from domain.composition import Composition
from domain.finding import Finding
from domain.nouns import Noun
from render.coding import PACKETS_ONLY
from render.sound.mix import goal_of
from render.sound.pipes import RATE, last_line, measure
from render.watch.decode import head_of

STEP = RATE // 100
"""Samples of a step in which silence is looked for."""
SECOND = RATE * 8
FULL = 0.9995
LEAST_RATED_S = 3.0
"""Loudness of less is a chance."""


class Heard(Noun):
    """What a file's sound measures."""

    seconds: float
    loudness_lufs: float | None
    peak_db: float | None
    clipped: int
    """Times that samples stand at full scale in a row."""
    quiet: tuple[tuple[float, float], ...]
    """Stretches below -60 dB, seconds."""


def mark_of(path: Path, demuxer: str) -> str:
    """Name the sound of a file: SHA-256 of its packets, and of what the decoder is told before them.

    Raises ValueError when the file cannot be read.
    """
    try:
        with av.open(str(path), format=demuxer, options=PACKETS_ONLY) as source:
            audio = source.streams.audio[0]
            told = hashlib.sha256(head_of(audio))
            for packet in source.demux(audio):
                told.update(bytes(packet))
            return told.hexdigest()
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"the sound cannot be read: {error}") from error


def hear(path: Path, demuxer: str) -> Heard:
    """Measure a file's sound.

    Raises ValueError when it cannot be decoded.
    """
    stream = ffmpeg.input(str(path), f=demuxer, protocol_whitelist="file").audio
    graph = stream.output("pipe:", f="f32le", ar=RATE, ac=2)
    argv = ["ffmpeg", "-nostdin", "-v", "error", "-xerror", *graph.get_args()]
    tops: list[float] = []
    clipped = 0
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as decoder:
        assert decoder.stdout is not None
        assert decoder.stderr is not None
        while data := decoder.stdout.read(SECOND):
            whole = np.frombuffer(data[: len(data) // 8 * 8], np.float32).reshape(-1, 2)
            clipped += runs_at_full(whole)
            filled = np.pad(np.abs(whole), ((0, -len(whole) % STEP), (0, 0)))
            tops += filled.reshape(-1, STEP * 2).max(axis=1).tolist()
        said = decoder.stderr.read().decode(errors="replace")
    if decoder.returncode or not tops:
        raise ValueError(f"the sound cannot be decoded: {last_line(said)}")
    loudness, peak = measure(path) if max(tops) else (None, None)  # silence needs no second decoder
    return Heard(
        seconds=len(tops) / 100, loudness_lufs=loudness, peak_db=peak, clipped=clipped,
        quiet=quiet_in(np.array(tops)),
    )  # fmt: skip


def runs_at_full(samples: NDArray[np.float32]) -> int:
    """Count the times that a channel stands at full scale for some samples in a row."""
    length = int(limit("sound_clipped", "runs"))
    found = 0
    if np.abs(samples).max(initial=0) < FULL:
        return 0
    for channel in samples.T:
        full = (np.abs(channel) >= FULL).astype(int)
        long = np.convolve(full, np.ones(length, int), "valid") == length
        found += int(np.count_nonzero(np.diff(np.concatenate([[0], long.astype(int)])) == 1))
    return found


def quiet_in(tops: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """List the stretches in which nothing is heard."""
    quiet = np.concatenate([[False], tops < 10 ** (limit("sound_gap", "level") / 20), [False]])
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8))).reshape(-1, 2)
    most = limit("sound_gap", "seconds")
    return tuple((a / 100, b / 100) for a, b in edges.tolist() if (b - a) / 100 >= most)


def sound_findings(heard: Heard, film: Composition | None, *, whole: bool) -> Iterable[Finding]:
    """Judge what was heard against what the film plays; without a film against what is usual."""
    if film is not None and not film.sounds:
        return
    if heard.loudness_lufs is None:
        if film is not None:
            yield fault("sound_silent", "error", "the film has sounds, but nothing is heard in the file",
                        "check the sounds' gain and start", 0)  # fmt: skip
        return
    if whole and heard.seconds >= LEAST_RATED_S and not (film is not None and only_effects(film)):
        yield from loudness(heard.loudness_lufs, goal_of(film) if film is not None else -14.0)
    peak = heard.peak_db
    if peak is not None and peak > limit("sound_peak", "most") + 0.05:
        red = peak > limit("sound_peak", "red")
        yield fault(
            "sound_peak", "error" if red else "warning", f"the sound's true peak is {peak:.1f} dBTP",
            "lower the gain of the loudest sound", peak, limit("sound_peak", "most"),
        )  # fmt: skip
    if heard.clipped >= limit("sound_clipped", "times"):
        yield fault(
            "sound_clipped", "error", f"the sound is clipped {heard.clipped} times",
            "lower the gain, or take a recording that is not clipped itself", heard.clipped, 0,
        )  # fmt: skip
    for begin, end in heard.quiet:
        if begin > 0.5 and end < heard.seconds - 0.5 and not (film is not None and planned(film, begin, end)):
            yield fault(
                "sound_gap", "warning", f"nothing is heard for {end - begin:.1f} s from {begin:.1f} s on",
                "let music play on, or move the sounds together", end - begin, limit("sound_gap", "seconds"),
            ).model_copy(update={"span": (begin, end)})  # fmt: skip


def loudness(measured: float, goal: float) -> Iterable[Finding]:
    """Judge the integrated loudness."""
    off = abs(measured - goal)
    if off > limit("sound_loudness", "off"):
        yield fault(
            "sound_loudness", "error" if off > limit("sound_loudness", "red") else "warning",
            f"the film's loudness is {measured:.1f} LUFS, it should be {goal:g}",
            "render again, so that the sound is mixed anew", measured, goal,
        )  # fmt: skip


def only_effects(film: Composition) -> bool:
    """Tell whether a film plays single effects alone."""
    return all(sound.effect for sound in film.sounds)


def planned(film: Composition, begin: float, end: float) -> bool:
    """Tell whether a film plays nothing long enough to fill a gap."""
    for sound in film.sounds:
        start = sound.start / film.fps
        stop = start + sound.seconds if sound.seconds else film.seconds
        lasting = not sound.effect and not sound.speech
        if lasting and start <= begin and stop >= end and not sound.levels and sound.gain_db > -40:
            return False
    return True


def fault(
    code: str, severity: str, message: str, hint: str, value: float, most: float | None = None
) -> Finding:
    """Write a fault of the sound down."""
    return Finding.model_validate(
        {"code": code, "severity": severity, "message": message, "fix_hint": hint,
         "value": round(value, 2), "limit": most}
    )  # fmt: skip
