"""Playing a piece on sampled instruments: fluidsynth and a soundfont of Debian, in the box."""

from __future__ import annotations

import subprocess
from pathlib import Path

from render.music.midi import written
from render.music.piece import Piece

RATE = 48_000
SOUNDFONTS = (
    Path("/usr/share/fluidr3mono-gm-soundfont/FluidR3Mono_GM.sf3"),
    Path("/usr/share/sounds/sf3/FluidR3Mono_GM.sf3"),
)
LIMIT_S = 600.0
HALL = {"synth.reverb.room-size": 0.62, "synth.reverb.damp": 0.35, "synth.reverb.width": 0.9,
        "synth.reverb.level": 0.75}  # fmt: skip


def perform(piece: Piece, path: Path) -> None:
    """Write a piece as FLAC, 48 kHz, two channels, at least as long as its form.

    Raises ValueError when this machine has no instruments.
    """
    font = next((each for each in SOUNDFONTS if each.is_file()), None)
    if font is None:
        raise ValueError("music has no instruments here: apt install fluidsynth fluidr3mono-gm-soundfont")
    play(written(piece.sheet, piece.form.seconds + 0.5), font, path)


def play(midi: bytes, font: Path, path: Path) -> None:
    """Let fluidsynth play a MIDI file into a FLAC file; raises ValueError when it cannot."""
    score = path.with_suffix(".mid")
    score.write_bytes(midi)
    argv = ["fluidsynth", "-ni", "-q", "-R", "1", "-C", "0", "-g", "0.9", "-r", str(RATE)]
    settings = {"synth.dynamic-sample-loading": 1, "synth.polyphony": 512, **HALL}
    for name, value in settings.items():
        argv += ["-o", f"{name}={value}"]
    argv += ["-T", "flac", "-O", "s16", "-F", str(path), str(font), str(score)]
    try:
        ended = subprocess.run(argv, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except FileNotFoundError:
        raise ValueError(
            "music cannot be played here: apt install fluidsynth fluidr3mono-gm-soundfont"
        ) from None
    finally:
        score.unlink()
    if ended.returncode or not path.is_file() or not path.stat().st_size:
        said = ended.stderr.strip().splitlines()
        raise ValueError(
            f"the music could not be played: {said[-1][:200] if said else 'no reason was given'}"
        )
