"""Every fault of a source is found, and every check of the table has three bad films or more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.senses.fixtures import ALL
from domain.checks import CHECKS
from tests.bad.case import Bad
from tests.bad.sources import SOURCES


@pytest.mark.parametrize("bad", SOURCES, ids=str)
def test_a_fault_of_a_source_is_found(tmp_path: Path, bad: Bad) -> None:
    assert bad.caught(tmp_path), [f"{each.severity} {each.code}" for each in bad.look(tmp_path)]


def test_every_check_of_the_table_has_three_bad_films() -> None:
    counted = Counter(bad.code for bad in ALL)
    assert {code: counted[code] for code in CHECKS if counted[code] < 3} == {}
    assert set(counted) <= set(CHECKS)
