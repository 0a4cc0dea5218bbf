"""Every fault of drawn frames is found, what is declared is excused, and good films have none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from domain.checks import codes
from tests.bad.case import Bad
from tests.bad.pictures import LOOKS, PICTURES, film, good_pictures, seen, text

ALL = (*PICTURES, *LOOKS)


@pytest.mark.parametrize("bad", ALL, ids=str)
def test_a_fault_of_a_picture_is_found(tmp_path: Path, bad: Bad) -> None:
    found = bad.look(tmp_path)
    assert any(each.code == bad.code and each.severity in bad.severity for each in found), [
        f"{each.severity} {each.code}: {each.message}" for each in found
    ]


def test_good_pictures_have_no_faults(tmp_path: Path) -> None:
    told = {
        name: [
            f"{each.severity} {each.code}: {each.message}"
            for each in seen(made, tmp_path)
            if not each.allowed
        ]
        for name, made in good_pictures()
    }
    assert {name: lines for name, lines in told.items() if lines} == {}


def test_a_declared_exception_is_told_as_advice(tmp_path: Path) -> None:
    told = seen(film(text("a", "one title"), text("b", "another title", y=20, allow="overlap")), tmp_path)
    (each,) = [finding for finding in told if finding.code == "text_overlap"]
    assert (each.severity, each.allowed) == ("advice", "overlap")


def test_a_faint_text_is_told_with_a_color_that_would_do(tmp_path: Path) -> None:
    told = seen(film(text("t", "faint words", size=44, color="#5A6068")), tmp_path)
    (each,) = [finding for finding in told if finding.code == "text_contrast"]
    assert each.safe_to_auto_fix
    better = str(each.fix["color"])
    again = seen(film(text("t", "faint words", size=44, color=better)), tmp_path)
    assert "text_contrast" not in {finding.code for finding in again}


def test_every_check_of_pictures_has_three_bad_ones() -> None:
    counted = Counter(bad.code for bad in ALL)
    wanted = set(codes("texts", "picture", "look"))
    assert {code: counted[code] for code in wanted if counted[code] < 3} == {}
