"""Composed music fits its film: whole bars, an end on the last chord, the same notes each time."""

import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from domain.composition import Music
from render.music.midi import DRUM_CHANNEL, Note, without_clashes, written
from render.music.moods import BANDS
from render.music.perform import perform
from render.music.piece import Piece, compose
from render.music.theory import SCALES, TONICS, Tonality, voiced
from stage.vocabulary import MOODS

LENGTHS = (0.6, 2.0, 6.0, 11.7, 30.0, 95.0)


def bed(mood: str, seconds: float = 20, **more: float | str) -> Piece:
    table = MOODS[mood]
    music = Music.model_validate({"mood": mood, "bpm": table.bpm, "meter": table.meter, **more})
    return compose(music, seconds)


def test_every_mood_has_a_band_and_no_other() -> None:
    assert set(BANDS) == set(MOODS)


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("seconds", LENGTHS)
def test_a_piece_ends_within_its_film(mood: str, seconds: float) -> None:
    made = bed(mood, seconds)
    assert 0 <= made.form.final < seconds
    assert all(0 <= note.start < seconds for note in made.sheet.notes)
    if seconds > 8:
        assert 1.3 < seconds - made.form.final < 4.2
    assert max(note.start for note in made.sheet.notes) < made.form.final + 0.3
    assert made.sheet.notes


@pytest.mark.parametrize("mood", MOODS)
def test_beats_lie_on_the_grid_that_was_asked_for(mood: str) -> None:
    table = MOODS[mood]
    music = Music(mood=mood, bpm=table.bpm, meter=4, offset=0.7)
    made = compose(music, 20, start=0)
    beat = 60 / table.bpm
    assert all(abs((at - 0.7) / beat - round((at - 0.7) / beat)) < 1e-6 for at in made.beats)
    drums = [note.start for note in made.sheet.notes if note.channel == DRUM_CHANNEL]
    off = [abs((at - 0.7) / (beat / 4) - round((at - 0.7) / (beat / 4))) * beat / 4 for at in drums]
    if not BANDS[mood].swing:
        assert max(off, default=0) < 0.002


@pytest.mark.parametrize("mood", MOODS)
def test_melody_and_chords_stay_in_the_key(mood: str) -> None:
    band = BANDS[mood]
    made = bed(mood, 40)
    tonality = Tonality(TONICS[band.tonic], SCALES[band.scale])
    classes = {tonality.pitch(step) % 12 for step in range(7)}
    tones = [note.pitch % 12 for note in made.sheet.notes if note.channel != DRUM_CHANNEL]
    outside = sum(tone not in classes for tone in tones) / len(tones)
    assert outside < 0.12  # the major third of a closing chord in minor, nothing else


def test_the_same_music_is_the_same_and_another_seed_is_another() -> None:
    one, again, other = bed("warm"), bed("warm"), bed("warm", seed=7)
    assert written(one.sheet, 20) == written(again.sheet, 20)
    assert written(one.sheet, 20) != written(other.sheet, 20)


def test_energy_brings_drums_early_or_leaves_them_out() -> None:
    calm, wild = bed("warm", energy=0), bed("warm", energy=1)
    drums = [[note for note in made.sheet.notes if note.channel == DRUM_CHANNEL] for made in (calm, wild)]
    assert len(drums[0]) < 0.2 * len(drums[1])
    assert min(note.start for note in drums[1]) < 0.1


@pytest.mark.parametrize("meter", [2, 3, 4, 6])
def test_every_meter_has_music(meter: int) -> None:
    made = bed("serious", meter=meter)
    assert made.form.bar == pytest.approx(meter * 0.6)
    assert len(made.sheet.notes) > 50


def test_voices_move_little_from_chord_to_chord() -> None:
    tonality = Tonality(0, SCALES["major"])
    row: list[tuple[int, ...]] = []
    for name in ("1", "5", "6", "4", "1"):
        row.append(voiced(tonality.chord(name), row[-1] if row else (), 62))
    for one, other in pairwise(row):
        assert sum(min(abs(pitch - old) for old in one) for pitch in other) <= 5


def test_a_key_that_is_struck_again_ends_first() -> None:
    notes = [Note(0, 2, 60, 90, 0), Note(1, 2, 60, 90, 0), Note(1, 1, 60, 90, 1)]
    ended = sorted(without_clashes(notes), key=lambda note: (note.channel, note.start))
    assert ended[0].start + ended[0].length < 1
    assert len(ended) == 3


def test_played_music_begins_with_the_film_and_keeps_its_time(tmp_path: Path) -> None:
    made = bed("energetic", 6)
    perform(made, tmp_path / "bed.flac")
    argv = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        str(tmp_path / "bed.flac"),
        "-ac",
        "1",
        "-ar",
        "48000",
        "-f",
        "f32le",
        "-",
    ]
    samples = np.frombuffer(subprocess.run(argv, capture_output=True, check=True).stdout, np.float32)
    assert len(samples) >= 6 * 48_000
    first = np.flatnonzero(np.abs(samples) > 0.02)[0] / 48_000
    assert first < 0.03
