"""Mixing a film's sounds: typed recipes for ffmpeg, never louder than the ear or the format bears."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import ffmpeg

from domain.composition import Sound
from domain.nouns import Noun

RATE = 48_000
LOUDEST_LUFS = -14.0
"""A louder mix is turned down to this; a quiet one stays as it was meant."""
CEILING_DB = -1.5
"""True peak of the mix before AAC, which may overshoot a little."""
FORMATS = {".flac": "flac", ".m4a": "mov", ".aac": "aac", ".mp3": "mp3", ".wav": "wav", ".ogg": "ogg"}
"""Demuxers by suffix: the file is never asked what it is."""
MIX_SECONDS = 600.0


class Mix(Noun):
    """A soundtrack that was written."""

    loudness_lufs: float | None
    """Integrated loudness; nothing means silence."""
    peak_db: float | None
    missing: tuple[str, ...] = ()


def mix(sounds: Sequence[Sound], folder: Path, path: Path, *, fps: int, first: int, frames: int) -> Mix:
    """Write the soundtrack of `frames` frames from `first` on as AAC, exactly as long as the picture.

    Raises ValueError when ffmpeg cannot read one of the sounds.
    """
    there = [sound for sound in sounds if (folder / sound.src).is_file()]
    missing = tuple(sorted({sound.src for sound in sounds} - {sound.src for sound in there}))
    end = (first + frames) / fps
    heard = [sound for sound in there if sound.start / fps < end]
    raw = path.with_suffix(".wav")
    if not heard:
        encode(silence(frames / fps), path, frames, fps)
        return Mix(loudness_lufs=None, peak_db=None, missing=missing)
    cut = blend([voice(place, sound, folder, fps, end) for place, sound in enumerate(heard)], end)
    cut = cut.filter("atrim", start=f"{first / fps:.6f}").filter("asetpts", "PTS-STARTPTS")
    run(cut.output(str(raw), acodec="pcm_f32le", ar=RATE, ac=2))
    gain = headroom(raw)
    encode(limited(ffmpeg.input(str(raw), f="wav").audio, gain), path, frames, fps)
    raw.unlink()
    loudness, peak = measure(path)
    return Mix(loudness_lufs=loudness, peak_db=peak, missing=missing)


def voice(place: int, sound: Sound, folder: Path, fps: int, end: float) -> ffmpeg.Stream:
    """Build the part of the graph that plays one sound from its start to its or the film's end."""
    source = folder / sound.src
    if source.suffix.lower() not in FORMATS:
        raise ValueError(f"the sound {sound.src!r} is of no known kind; give one of {', '.join(FORMATS)}")
    demuxer = FORMATS[source.suffix.lower()]
    options: dict[str, str | float] = {"protocol_whitelist": "file", "f": demuxer}
    # ffmpeg-python takes equal inputs for one, which can feed one chain only: this tells them apart
    options["thread_queue_size"] = 8 + place
    if sound.loop:
        options["stream_loop"] = -1
    start = sound.start / fps
    longest = end - start
    length = min(longest, sound.seconds) if sound.seconds is not None else None
    if length is None:
        left = None if sound.loop else seconds_of(source, demuxer) - sound.trim
        length = longest if left is None else min(longest, max(0.0, left))
    stream = ffmpeg.input(str(source), **options).audio
    stream = stream.filter("aresample", RATE).filter("aformat", channel_layouts="stereo", sample_fmts="fltp")
    stream = stream.filter("atrim", start=f"{sound.trim:.6f}", duration=f"{max(length, 0.001):.6f}")
    stream = stream.filter("asetpts", "PTS-STARTPTS")
    if sound.gain_db:
        stream = stream.filter("volume", f"{sound.gain_db:g}dB")
    if sound.fade_in:
        stream = stream.filter("afade", type="in", duration=f"{sound.fade_in:g}")
    if sound.fade_out:
        begin = max(0.0, length - sound.fade_out)
        stream = stream.filter("afade", type="out", start_time=f"{begin:.6f}", duration=f"{sound.fade_out:g}")
    if start:
        stream = stream.filter("adelay", delays=f"{round(start * RATE)}S", all=1)
    return stream


def blend(voices: list[ffmpeg.Stream], end: float) -> ffmpeg.Stream:
    """Lay voices over each other without turning any of them down."""
    mixed = voices[0]
    if len(voices) > 1:
        mixed = ffmpeg.filter(voices, "amix", inputs=len(voices), normalize=0, dropout_transition=0)
    return mixed.filter("apad").filter("atrim", duration=f"{end:.6f}")


def limited(stream: ffmpeg.Stream, gain_db: float) -> ffmpeg.Stream:
    """Turn a mix down and hold its true peaks: the limiter works on four samples for each one."""
    ceiling = f"{10 ** (CEILING_DB / 20):.4f}"
    stream = stream.filter("volume", f"{gain_db:.2f}dB").filter("aresample", RATE * 4)
    stream = stream.filter("alimiter", limit=ceiling, level=0, attack=2, release=60)
    return stream.filter("aresample", RATE)


def silence(seconds: float) -> ffmpeg.Stream:
    """Build a source of nothing."""
    return ffmpeg.input(f"anullsrc=r={RATE}:cl=stereo", f="lavfi", t=f"{seconds:.6f}").audio


def encode(stream: ffmpeg.Stream, path: Path, frames: int, fps: int) -> None:
    """Write a stream as AAC of exactly so many frames of picture."""
    samples = round(frames / fps * RATE)
    exact = stream.filter("apad").filter("atrim", end_sample=samples)
    run(exact.output(str(path), acodec="aac", audio_bitrate="192k", ar=RATE, ac=2, f="ipod"))


def headroom(raw: Path) -> float:
    """Tell how far a mix must be turned, dB, to be no louder than it may be: 0 or less."""
    loudness, peak = measure(raw)
    before = 0.0
    if peak is not None and peak > 0:  # the meter ends at +10 LUFS
        before = -peak
        loudness, _ = measure(raw, before)
    return before + min(-before, LOUDEST_LUFS - loudness) if loudness is not None else 0.0


def measure(path: Path, gain_db: float = 0) -> tuple[float | None, float | None]:
    """Measure integrated loudness in LUFS and true peak in dB; None where there is silence."""
    stream = ffmpeg.input(str(path)).audio.filter("volume", f"{gain_db:.2f}dB")
    graph = stream.filter("ebur128", peak="true", framelog="verbose")
    said = run(graph.output("-", f="null"))
    loudness = re.findall(r"\bI:\s+(-?[\d.]+) LUFS", said)
    peak = re.findall(r"\bPeak:\s+(-?[\d.]+|-inf) dBFS", said)
    lufs = float(loudness[-1]) if loudness else -70.0
    top = float(peak[-1]) if peak and peak[-1] != "-inf" else None
    return (lufs if lufs > -69 else None), top


def seconds_of(source: Path, demuxer: str) -> float:
    """Ask how long a sound plays."""
    argv = ["ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", demuxer]
    argv += ["-show_entries", "format=duration", "-of", "default=nk=1:nw=1", str(source)]
    ended = subprocess.run(argv, capture_output=True, text=True, timeout=MIX_SECONDS, check=False)
    try:
        return float(ended.stdout)
    except ValueError:
        raise ValueError(f"the sound {source.name!r} cannot be read: {last_line(ended.stderr)}") from None


def run(graph: ffmpeg.Stream) -> str:
    """Run a graph and give what ffmpeg said; raises ValueError with its last words when it fails."""
    argv = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", *graph.overwrite_output().get_args()]
    ended = subprocess.run(argv, capture_output=True, text=True, timeout=MIX_SECONDS, check=False)
    if ended.returncode:
        raise ValueError(f"the soundtrack cannot be mixed: {last_line(ended.stderr)}")
    return ended.stderr


def last_line(text: str) -> str:
    """Give the last thing a program said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
