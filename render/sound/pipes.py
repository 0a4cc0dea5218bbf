"""Samples from and to ffmpeg: always by name of format, never by what a file says it is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import ffmpeg
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
FORMATS = {
    ".flac": "flac",
    ".m4a": "mov",
    ".mp4": "mov",
    ".aac": "aac",
    ".mp3": "mp3",
    ".wav": "wav",
    ".ogg": "ogg",
}
"""Demuxers by suffix: the file is never asked what it is."""
LIMIT_S = 600.0
FRAME_BYTES = 8
"""Two channels of 32-bit floats."""

Samples = NDArray[np.float32]


class Reader(Protocol):
    """A stream of stereo samples."""

    def read(self, count: int) -> Samples:
        """The next frames, fewer at the end, none after it; raises ValueError for what is no sound."""
        ...

    def close(self) -> None: ...


class FileReader:
    """Decodes a file of the project; sample-exact from `trim` seconds on."""

    def __init__(self, path: Path, *, name: str, trim: float = 0, loop: bool = False) -> None:
        """Raises ValueError when the file's suffix is none of a sound."""
        if path.suffix.lower() not in FORMATS:
            raise ValueError(f"the sound {name!r} is of no known kind; give one of {', '.join(FORMATS)}")
        self._name = name
        self._heard = 0
        options: dict[str, str | int] = {"protocol_whitelist": "file", "f": FORMATS[path.suffix.lower()]}
        if loop:
            options["stream_loop"] = -1
        stream = ffmpeg.input(str(path), **options).audio
        stream = stream.filter("aresample", RATE).filter("aformat", channel_layouts="stereo")
        if trim:
            stream = stream.filter("atrim", start_sample=round(trim * RATE))
        graph = stream.output("pipe:", f="f32le", ar=RATE, ac=2)
        argv = ["ffmpeg", "-nostdin", "-v", "error", *graph.get_args()]
        self._process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def read(self, count: int) -> Samples:
        assert self._process.stdout is not None
        data = self._process.stdout.read(count * FRAME_BYTES)
        samples = np.frombuffer(data[: len(data) // FRAME_BYTES * FRAME_BYTES], np.float32).reshape(-1, 2)
        self._heard += len(samples)
        if len(samples) < count and self._process.wait(LIMIT_S) and not self._heard:
            assert self._process.stderr is not None
            said = last_line(self._process.stderr.read().decode(errors="replace"))
            raise ValueError(f"the sound {self._name!r} cannot be read: {said}")
        return samples

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()


class ArrayReader:
    """Reads samples that are there already, in memory or in a raw file."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._at = 0

    def read(self, count: int) -> Samples:
        found = self._samples[self._at : self._at + count]
        self._at += len(found)
        return found

    def close(self) -> None:
        """Nothing is open."""


class Writer:
    """Encodes samples as AAC, 48 kHz stereo, in an M4A file; use it as a context manager."""

    CODER = "twoloop"
    PLAIN_CODER = "fast"
    """Sounds a little worse, and does not overshoot where a film begins with a hard sound."""

    def __init__(self, path: Path, coder: str = CODER) -> None:
        source = ffmpeg.input("pipe:", f="f32le", ar=RATE, ac=2).audio
        graph = source.output(
            str(path), acodec="aac", audio_bitrate="192k", ar=RATE, ac=2, f="ipod", fflags="+bitexact",
            aac_coder=coder,
        )  # fmt: skip
        argv = ["ffmpeg", "-nostats", "-v", "error", *graph.overwrite_output().get_args()]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stderr=subprocess.PIPE)

    def write(self, samples: Samples) -> None:
        """Encode the next frames."""
        assert self._process.stdin is not None
        self._process.stdin.write(np.ascontiguousarray(samples, np.float32).tobytes())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        try:
            _, said = self._process.communicate(timeout=LIMIT_S)
        except BrokenPipeError:
            said = b""
        if kind is None and self._process.returncode:
            raise ValueError(f"the soundtrack cannot be written: {last_line(said.decode(errors='replace'))}")


def measure(path: Path) -> tuple[float | None, float | None]:
    """Measure a written file: integrated loudness, LUFS, and true peak, dB; None where there is silence."""
    stream = ffmpeg.input(str(path)).audio.filter("ebur128", peak="true", framelog="verbose")
    argv = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", *stream.output("-", f="null").get_args()]
    ended = subprocess.run(argv, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if ended.returncode:
        raise ValueError(f"the soundtrack cannot be measured: {last_line(ended.stderr)}")
    loudness = re.findall(r"\bI:\s+(-?[\d.]+) LUFS", ended.stderr)
    peak = re.findall(r"\bPeak:\s+(-?[\d.]+|-inf) dBFS", ended.stderr)
    lufs = float(loudness[-1]) if loudness else -70.0
    top = float(peak[-1]) if peak and peak[-1] != "-inf" else None
    return (lufs if lufs > -69 else None), top


def last_line(text: str) -> str:
    """Give the last thing a program said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
