"""Every fault of a delivered file is found, and a good file has none."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from domain.checks import codes
from domain.composition import Composition, Scene
from render.commands.watch import watched
from render.sound.mix import mix
from render.watch.captions import caption_findings
from render.watch.whole import voice_findings
from tests.bad.case import Bad
from tests.bad.files import FILES, TALL, WIDE, encode, good_files, tone
from tests.bad.spoken import SPOKEN, captioned, talking

ALL = (*FILES, *SPOKEN)
FIRST = {bad.code: bad for bad in reversed(ALL)}


def every() -> list[object]:
    short = {str(bad) for bad in FIRST.values()}
    return [
        pytest.param(bad, id=str(bad), marks=() if str(bad) in short else pytest.mark.slow) for bad in ALL
    ]


@pytest.mark.parametrize("bad", every())
def test_a_fault_of_a_file_is_found(tmp_path: Path, bad: Bad) -> None:
    assert bad.caught(tmp_path), [
        f"{each.severity} {each.code}: {each.message}" for each in bad.look(tmp_path)
    ]


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert {name: [str(each) for each in found] for name, found in good_files(tmp_path)} == {
        "against its film": [], "on its beats": [], "alone": [], "a slab over a cut on its beat": [],
    }  # fmt: skip


def test_every_check_of_files_has_three_bad_ones() -> None:
    counted = Counter(bad.code for bad in ALL)
    assert {code: counted[code] for code in codes("film", "sound") if counted[code] < 3} == {}


def test_good_captions_and_a_clear_voice_have_no_faults(tmp_path: Path) -> None:
    cues = (0, 60, "Welcome to our house"), (60, 110, "أهلا وسهلا بكم"), (120, 200, "Auf Wiedersehen")
    assert list(caption_findings(captioned(*cues, speech=(0.1, "Welcome to our house.")))) == []
    film = talking(tmp_path, 0.5, 0.1)
    heard = mix(film, tmp_path, tmp_path / "mix.m4a", first=0, frames=film.frames)
    assert heard.voice_over_bed_lu is not None
    assert 12 < heard.voice_over_bed_lu < 16
    assert list(voice_findings(heard.voice_over_bed_lu)) == []


def told_of_voices(folder: Path, film: Composition, seconds: float) -> tuple[list[str], list[str]]:
    """Check a file that was made elsewhere against its film: what of voices is red, and what left out."""
    ground = np.full((TALL, WIDE, 4), 90, np.uint8)
    path = encode(folder / "film.mp4", [ground] * film.frames, tone(seconds))
    (folder / "given").mkdir(exist_ok=True)
    (folder / "given" / "film").write_bytes(path.read_bytes())
    (folder / "given" / "composition.json").write_text(film.model_dump_json())
    report = watched(argparse.Namespace(given=folder / "given", project=folder, out=folder)).report
    red = [each.code for each in report.findings if each.code.startswith("voice_")]
    return red, [each.code for each in report.skipped if each.code.startswith("voice_")]


def test_voices_of_a_file_that_was_mixed_elsewhere_are_judged_by_its_film(tmp_path: Path) -> None:
    clear = talking(tmp_path, 0.5, 0.1)
    assert told_of_voices(tmp_path, clear, 4) == ([], [])
    drowned = talking(tmp_path, 0.3, 0.4)
    assert told_of_voices(tmp_path, drowned, 4) == (["voice_masked"], [])
    short = clear.model_copy(update={"scenes": (Scene(id="one", frames=60),), "sounds": clear.sounds[:1]})
    assert told_of_voices(tmp_path, short, 2) == (["voice_cut"], ["voice_masked"])
    (tmp_path / "voice.flac").unlink()
    assert told_of_voices(tmp_path, short, 2) == ([], ["voice_masked", "voice_cut"])
    (tmp_path / "voice.flac").write_bytes(b"no sound")
    assert told_of_voices(tmp_path, short, 2) == ([], ["voice_masked", "voice_cut"])
