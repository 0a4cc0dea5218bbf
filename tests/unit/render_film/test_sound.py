"""Soundtracks are exactly as long as their film, play what was asked when it was asked, and never clip."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.composition import Composition, Level, Music, Scene, Sound, Speech
from render.sound.mix import Mix, mix
from render.sound.pipes import RATE

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


def film(*sounds: Sound, frames: int = 120, fps: float = FPS, loudness: float | None = None) -> Composition:
    scene = Scene(id="one", frames=max(frames, 4))
    return Composition(
        width=64, height=64, fps=fps, scenes=(scene,), sounds=sounds, loudness_lufs=loudness
    )  # fmt: skip


def mixed(
    folder: Path, out: Path, *sounds: Sound, frames: int = 120, first: int = 0, loudness: float | None = None
) -> tuple[Path, Mix]:
    path = out / "out.m4a"
    whole = film(*sounds, frames=first + frames, loudness=loudness)
    return path, mix(whole, folder, path, first=first, frames=frames)


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


@pytest.mark.parametrize("gain_db", [-30.0, 20.0])
def test_a_mix_is_as_loud_as_films_are_and_never_clips(
    folder: Path, tmp_path: Path, gain_db: float
) -> None:  # fmt: skip
    loud = Sound(src="loud.wav", gain_db=gain_db)
    path, said = mixed(folder, tmp_path, loud, Sound(src="tone.flac", gain_db=gain_db))
    assert said.loudness_lufs == pytest.approx(-14, abs=0.7)
    assert said.peak_db is not None
    assert said.peak_db <= -1
    assert np.abs(samples(path)).max() < 0.95


def test_a_film_says_how_loud_it_is_and_one_with_a_voice_is_softer(folder: Path, tmp_path: Path) -> None:
    tone = Sound(src="tone.flac", loop=True)
    assert mixed(folder, tmp_path, tone, loudness=-20)[1].loudness_lufs == pytest.approx(-20, abs=0.6)
    voice = tone.model_copy(update={"voice": True})
    assert mixed(folder, tmp_path, voice)[1].loudness_lufs == pytest.approx(-16, abs=0.6)


def test_peaks_between_samples_are_held_too(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "peaks.wav", "sine=frequency=12000:duration=2:sample_rate=48000,volume=15dB")
    pulses = tuple(Level(at=at / 10, gain_db=-80 if at % 4 else 6) for at in range(20))
    _, said = mixed(tmp_path, tmp_path, Sound(src="peaks.wav", levels=pulses), frames=60)
    assert said.peak_db is not None
    assert said.peak_db <= -1


def test_a_hard_first_sound_on_which_the_encoder_fails_is_encoded_otherwise(tmp_path: Path) -> None:
    clicks = tuple(Sound(effect="click", start=start, gain_db=-9) for start in (136, 248, 360))
    music = Sound(music=Music(mood="fresh", bpm=112.5))
    pop = Sound(effect="pop", start=448, gain_db=-9)
    _, said = mixed(tmp_path, tmp_path, music, *clicks, pop, frames=540)
    assert said.peak_db is not None
    assert said.peak_db <= -1, "half a decibel above full scale before, whatever the limiter did"


def test_a_lonely_click_is_not_made_as_loud_as_music(folder: Path, tmp_path: Path) -> None:
    path, _ = mixed(folder, tmp_path, Sound(effect="click", start=60))
    assert 0.05 < np.abs(samples(path)).max() < 0.5


@pytest.mark.parametrize("fps", [24, 30, 30_000 / 1_001, 60_000 / 1_001])
def test_sounds_begin_on_the_sample_of_their_frame(folder: Path, tmp_path: Path, fps: float) -> None:
    click = np.zeros((RATE, 2), np.float32)
    click[1_000:1_100] = 0.8
    raw = tmp_path / "click.raw"
    click.tofile(raw)
    command = ["ffmpeg", "-v", "error", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", str(raw)]
    subprocess.run([*command, str(tmp_path / "click.wav")], check=True)
    out = tmp_path / "out.m4a"
    marks = [7, 31, 50, 77]
    clicks = [Sound(src="click.wav", start=mark, trim=1_000 / RATE, seconds=0.1) for mark in marks]
    mix(film(*clicks, frames=100, fps=fps), tmp_path, out, first=0, frames=100)
    heard = np.abs(samples(out))
    for mark in marks:
        begin = round(mark * RATE / fps)
        near = heard[begin - 2_000 : begin + 2_000]
        onset = int(np.flatnonzero(near > 0.5 * near.max())[0]) - 2_000
        assert abs(onset) <= 24  # half a millisecond: what AAC smears


def test_an_effect_peaks_on_its_moment(folder: Path, tmp_path: Path) -> None:
    path, _ = mixed(folder, tmp_path, Sound(effect="rise", start=90))
    heard = np.convolve(np.abs(samples(path)), np.ones(480) / 480, "same")
    assert int(heard.argmax()) / RATE == pytest.approx(3, abs=0.06)
    assert level(path, 3.05, 4) < 0.1 * level(path, 2.8, 3)


def test_gains_follow_their_levels(folder: Path, tmp_path: Path) -> None:
    shape = (
        Level(at=0, gain_db=0),
        Level(at=1, gain_db=0),
        Level(at=2, gain_db=-24),
        Level(at=4, gain_db=-24),
    )
    path, _ = mixed(folder, tmp_path, Sound(src="tone.flac", loop=True, levels=shape))
    full = level(path, 0.2, 0.9)
    assert 20 * np.log10(level(path, 1.45, 1.55) / full) == pytest.approx(-12, abs=1)
    assert 20 * np.log10(level(path, 2.5, 3.5) / full) == pytest.approx(-24, abs=1)


def test_music_steps_back_for_a_voice_before_it_speaks_and_comes_back_after(
    folder: Path, tmp_path: Path
) -> None:  # fmt: skip
    make(tmp_path / "voice.wav", "sine=frequency=1000:duration=1.5")
    make(tmp_path / "bed.wav", "sine=frequency=100:duration=8")
    voice = Sound(src="voice.wav", start=60, voice=True)
    path, _ = mixed(tmp_path, tmp_path, Sound(src="bed.wav", duck_db=14), voice, frames=180)

    def bed(begin: float, end: float) -> float:
        part = samples(path)[round(begin * RATE) : round(end * RATE)]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) / len(part)
        return float(spectrum[round(100 * (end - begin))])

    before, under, after = bed(0.5, 1.5), bed(2.2, 3.2), bed(4.5, 5.5)
    assert 20 * np.log10(under / before) == pytest.approx(-14, abs=1)
    assert after == pytest.approx(before, rel=0.1)


def test_music_fills_the_film_and_ends_with_it(folder: Path, tmp_path: Path) -> None:
    path, said = mixed(folder, tmp_path, Sound(music=Music(mood="warm", bpm=90)), frames=300)
    assert said.loudness_lufs == pytest.approx(-14, abs=0.7)
    assert level(path, 0, 0.5) > 0.02
    assert level(path, 7, 9) > 0.02
    assert level(path, 9.95, 10) < 0.1 * level(path, 8, 9)


def test_speech_without_its_recording_is_told(folder: Path, tmp_path: Path) -> None:
    _, said = mixed(folder, tmp_path, Sound(speech=Speech(text="Hello there")), Sound(src="tone.flac"))
    assert said.missing == ("the voice that says 'Hello there'",)


def test_mono_surround_and_other_rates_are_heard_in_stereo(tmp_path: Path) -> None:
    for name, layout, rate in (("mono", "mono", 8_000), ("six", "5.1", 96_000)):
        source = f"sine=frequency=440:duration=2,aformat=channel_layouts={layout},aresample={rate}"
        make(tmp_path / f"{name}.wav", source)
        path, _ = mixed(tmp_path, tmp_path, Sound(src=f"{name}.wav"), frames=60)
        assert level(path, 0.2, 1.8) > 0.05


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
