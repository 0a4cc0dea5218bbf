"""Soundtracks are exactly as long as their film, play what was asked when it was asked, and never clip."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.composition import Sound
from render.sound.mix import RATE, Mix, mix

FPS = 30


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a tone, loud noise, and things that are no sounds."""
    place = tmp_path_factory.mktemp("sounds")
    make(place / "tone.flac", "sine=frequency=440:duration=3,volume=10dB")
    make(place / "loud.wav", "anoisesrc=duration=4:amplitude=1:seed=7,volume=12dB")
    (place / "list.mp3").write_text("#EXTM3U\n#EXTINF:3,\ntone.flac\n")
    (place / "tone.txt").write_bytes((place / "tone.flac").read_bytes())
    (place / "cut.flac").write_bytes((place / "tone.flac").read_bytes()[:40])
    return place


def make(path: Path, source: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, str(path)], check=True)


def samples(path: Path) -> NDArray[np.float32]:
    argv = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-ar", str(RATE), "-"]
    return np.frombuffer(subprocess.run(argv, capture_output=True, check=True).stdout, np.float32)


def length(path: Path) -> float:
    argv = ["ffprobe", "-v", "error", "-show_entries", "stream=duration_ts", "-of", "csv=p=0", str(path)]
    return int(subprocess.run(argv, capture_output=True, check=True).stdout) / RATE


def level(path: Path, begin: float, end: float) -> float:
    part = samples(path)[round(begin * RATE) : round(end * RATE)]
    return float(np.sqrt((part**2).mean()))


def mixed(folder: Path, out: Path, *sounds: Sound, frames: int = 120, first: int = 0) -> tuple[Path, Mix]:
    path = out / "out.m4a"
    return path, mix(sounds, folder, path, fps=FPS, first=first, frames=frames)


@pytest.mark.parametrize("frames", [1, 7, 120, 361])
def test_silence_is_exactly_as_long_as_the_film(folder: Path, tmp_path: Path, frames: int) -> None:
    path, said = mixed(folder, tmp_path, frames=frames)
    assert length(path) == pytest.approx(frames / FPS, abs=0.001)
    assert said.loudness_lufs is None
    assert np.abs(samples(path)).max() < 1e-4


def test_a_sound_plays_from_its_start_and_stops_at_its_end(folder: Path, tmp_path: Path) -> None:
    path, _ = mixed(folder, tmp_path, Sound(src="tone.flac", start=30, seconds=1))
    assert length(path) == pytest.approx(4, abs=0.001)
    assert level(path, 0, 0.95) < 0.001
    assert level(path, 1.05, 1.95) > 0.05
    assert level(path, 2.1, 4) < 0.001


def test_a_short_sound_loops_to_the_end(folder: Path, tmp_path: Path) -> None:
    path, _ = mixed(folder, tmp_path, Sound(src="tone.flac", loop=True), frames=240)
    assert level(path, 7, 7.9) > 0.05


def test_fades_and_trim_are_heard(folder: Path, tmp_path: Path) -> None:
    path, _ = mixed(folder, tmp_path, Sound(src="tone.flac", trim=0.5, fade_in=1, fade_out=1))
    assert level(path, 0, 0.1) < 0.2 * level(path, 1.1, 1.4)
    assert level(path, 2.4, 2.5) < 0.2 * level(path, 1.1, 1.4)
    assert level(path, 2.6, 4) < 0.001


def test_a_stretch_of_a_film_has_its_stretch_of_sound(folder: Path, tmp_path: Path) -> None:
    path, _ = mixed(folder, tmp_path, Sound(src="tone.flac", start=60), first=45, frames=60)
    assert length(path) == pytest.approx(2, abs=0.001)
    assert level(path, 0, 0.45) < 0.001
    assert level(path, 0.6, 1.9) > 0.05


def test_a_loud_mix_is_turned_down_and_never_clips(folder: Path, tmp_path: Path) -> None:
    loud = Sound(src="loud.wav", gain_db=12)
    path, said = mixed(folder, tmp_path, loud, loud, Sound(src="tone.flac", gain_db=20))
    assert said.loudness_lufs == pytest.approx(-14, abs=1.5)
    assert said.peak_db is not None
    assert said.peak_db <= -1
    assert np.abs(samples(path)).max() < 0.95


def test_a_quiet_mix_stays_as_it_was_meant(folder: Path, tmp_path: Path) -> None:
    _, said = mixed(folder, tmp_path, Sound(src="tone.flac", gain_db=-30, loop=True))
    assert said.loudness_lufs is not None
    assert said.loudness_lufs < -35


def test_a_sound_that_is_not_there_is_told_and_left_out(folder: Path, tmp_path: Path) -> None:
    path, said = mixed(folder, tmp_path, Sound(src="gone.mp3"), Sound(src="tone.flac"))
    assert said.missing == ("gone.mp3",)
    assert level(path, 0.5, 1.5) > 0.05


@pytest.mark.parametrize(
    ("src", "words"),
    [("list.mp3", "cannot be"), ("cut.flac", "cannot be"), ("tone.txt", r"'tone\.txt' is of no known kind")],
)
def test_what_is_no_sound_is_refused(folder: Path, tmp_path: Path, src: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        mixed(folder, tmp_path, Sound(src=src))
