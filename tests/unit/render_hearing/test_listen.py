"""What is heard in sounds whose truth is known, and how sounds that are wrong are refused."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.music import KINDS, piece, record
from domain.composition import Music
from domain.hearing import Hearing
from render.hearing.listen import listen
from render.music.perform import perform
from render.music.piece import compose


def heard(source: Path, folder: Path, sensitivity: float = 0.5) -> Hearing:
    listen(source, sensitivity, folder)
    assert (folder / "hearing.jpg").read_bytes()[:2] == b"\xff\xd8"
    return Hearing.model_validate_json((folder / "hearing.json").read_bytes())


def make(path: Path, source: str, *more: str) -> Path:
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, *more, str(path)], check=True)
    return path


def matched(truth: list[float], found: tuple[float, ...], within: float = 0.03) -> float:
    """The share of true moments that were found, or of found ones that are true: the smaller."""

    def share(these: Sequence[float], among: Sequence[float]) -> float:
        near = [min((abs(each - other) for other in among), default=9.0) <= within for each in these]
        return sum(near) / max(1, len(near))

    return min(share(truth, found), share(found, truth))


@pytest.mark.parametrize(("name", "bpm"), [("rock", 118), ("waltz", 150), ("rubato", 92), ("jazz", 132)])
def test_beats_of_played_music_are_heard(name: str, bpm: float, tmp_path: Path) -> None:
    made = piece(next(kind for kind in KINDS if kind.name == name), bpm, 14)
    found = heard(record(made, tmp_path), tmp_path)
    assert matched(made.beats, found.beats, 0.07) > 0.9
    assert found.tempo_bpm == pytest.approx(bpm, rel=0.05)
    assert found.steady is (name != "rubato")
    assert any(other == pytest.approx(bpm / 2, rel=0.05) for other in found.tempo_alternatives)
    assert any(other == pytest.approx(bpm * 2, rel=0.05) for other in found.tempo_alternatives)


def test_bars_and_key_of_a_bed_are_heard(tmp_path: Path) -> None:
    made = compose(Music(mood="elegant", bpm=90, meter=3, key="Eb"), 20)
    perform(made, tmp_path / "bed.flac")
    found = heard(tmp_path / "bed.flac", tmp_path)
    assert found.key == "Eb major"
    assert found.meter == 3
    assert matched(list(made.beats), found.beats, 0.07) > 0.85
    downbeats = [made.form.start(bar) for bar in range(made.form.bars)]
    assert matched(downbeats, found.downbeats, 0.07) > 0.8


def test_onsets_are_exact_and_sensitivity_finds_the_soft_ones(tmp_path: Path) -> None:
    click = "if(lt(mod(t,1),0.01),sin(2*PI*1000*t),0)+if(lt(mod(t+0.5,1),0.01),0.02*sin(2*PI*1500*t),0)"
    source = make(tmp_path / "clicks.wav", f"aevalsrc='{click}':s=48000:d=8")
    loud = heard(source, tmp_path, 0.0)
    assert all(min(abs(second - each) for each in loud.onsets) < 0.02 for second in range(2, 8))
    assert len(heard(source, tmp_path, 1.0).onsets) >= len(loud.onsets)


def test_sections_are_cut_where_music_changes(tmp_path: Path) -> None:
    change = "if(lt(t,10),0.02*sin(2*PI*220*t),0.5*sin(2*PI*110*t)*(1-mod(t,0.5)))"
    found = heard(make(tmp_path / "two.wav", f"aevalsrc='{change}':s=48000:d=20"), tmp_path, 0.8)
    assert any(section.start == pytest.approx(10, abs=1.2) for section in found.sections)
    assert found.sections[0].energy < found.sections[-1].energy


def test_loudness_peaks_silence_and_envelopes_are_measured(tmp_path: Path) -> None:
    shape = "if(lt(t,2),0.5*sin(2*PI*997*t),if(lt(t,4),0,0.5*sin(2*PI*60*t)))"
    found = heard(make(tmp_path / "three.wav", f"aevalsrc='{shape}|{shape}':s=48000:d=6"), tmp_path)
    assert found.peak_db == pytest.approx(-6, abs=0.2)
    assert [(round(each.start, 1), round(each.end, 1)) for each in found.silences] == [(2.0, 4.0)]
    assert len(found.energy) == len(found.low) == len(found.high) == 180
    assert np.mean(found.energy[70:110]) == 0
    assert np.mean(found.low[130:170]) > 0.8 > 0.3 > np.mean(found.low[70:110])
    argv = ["ffmpeg", "-nostdin", "-hide_banner", "-i", str(tmp_path / "three.wav"), "-af", "ebur128", "-f",
            "null", "-"]  # fmt: skip
    told = subprocess.run(argv, capture_output=True, text=True, check=True).stderr
    reference = float(told.rsplit("I:", 1)[1].split("LUFS")[0])
    assert found.loudness_lufs == pytest.approx(reference, abs=0.2)


def test_clipping_is_counted(tmp_path: Path) -> None:
    clipped = heard(make(tmp_path / "loud.wav", "sine=frequency=50:duration=2,volume=30dB"), tmp_path)
    clean = heard(make(tmp_path / "soft.wav", "sine=frequency=50:duration=2"), tmp_path)
    assert clipped.clipped > 50
    assert clean.clipped == 0


@pytest.mark.parametrize("source", ["anullsrc=r=48000:cl=stereo:d=3", "sine=frequency=440:duration=1"])
def test_silence_and_a_single_second_have_no_beats_and_no_fault(tmp_path: Path, source: str) -> None:
    found = heard(make(tmp_path / "odd.wav", source), tmp_path)
    assert found.tempo_bpm is None or found.tempo_confidence < 0.9
    if "null" in source:
        assert found.loudness_lufs is None
        assert (found.beats, found.onsets, found.key) == ((), (), "")


@pytest.mark.parametrize(("layout", "rate"), [("mono", 8_000), ("5.1", 48_000), ("stereo", 96_000)])
def test_channels_and_rates_are_all_heard(tmp_path: Path, layout: str, rate: int) -> None:
    source = f"sine=frequency=440:duration=2,aformat=channel_layouts={layout},aresample={rate}"
    found = heard(make(tmp_path / "tone.wav", source), tmp_path)
    assert found.channels == {"mono": 1, "5.1": 6, "stereo": 2}[layout]
    assert found.seconds == pytest.approx(2, abs=0.02)
    assert found.loudness_lufs is not None


def test_a_mislabelled_sound_is_heard_by_what_it_is(tmp_path: Path) -> None:
    source = make(tmp_path / "true.mp3", "sine=frequency=440:duration=2")
    assert heard(source.rename(tmp_path / "false.wav"), tmp_path).seconds == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"no sound at all", b"RIFF\0\0\0\0WAVEfmt ", b"OggS" + b"\1" * 90]
)
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wrong.wav").write_bytes(content)
    with pytest.raises(ValueError, match=r"sound|file is empty"):
        listen(tmp_path / "wrong.wav", 0.5, tmp_path)
    assert not (tmp_path / "hearing.json").exists()


def test_three_hours_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    source = make(tmp_path / "long.flac", "anullsrc=r=8000:cl=mono:d=10800", "-compression_level", "0")
    with pytest.raises(ValueError, match="lasts 10800 s; at most 1800"):
        listen(source, 0.5, tmp_path)
