"""Every fault of a delivered file is found, and a good file has none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from domain.checks import codes
from render.sound.mix import mix
from render.watch.captions import caption_findings
from render.watch.whole import voice_findings
from tests.bad.case import Bad
from tests.bad.files import FILES, good_files
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
