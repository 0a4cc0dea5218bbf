"""The table of checks is whole: every code that is told stands in it, and every one in it can be told."""

import re
from pathlib import Path

from domain.checks import CHECKS, limit
from domain.finding import Finding, excused, lasting, worst_first

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r"code=\"([a-z_]+)\"|(?:told|say|over|red|fault|wrong)\(\s*\"([a-z]+_[a-z_]+)\"")


def told() -> set[str]:
    """Codes that the rooms that look tell of."""
    found: set[str] = set()
    for folder in ("render", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= {one or other for one, other in CODE.findall(path.read_text())}
    return found - {"stills"}


def test_every_code_that_is_told_stands_in_the_table() -> None:
    assert told() - set(CHECKS) - {"source", "draw_all"} == set()


def test_every_code_of_the_table_can_be_told() -> None:
    source = "".join(
        path.read_text() for room in ("render", "tools", "stage") for path in (ROOT / room).rglob("*.py")
    )
    assert [code for code in CHECKS if f'"{code}"' not in source] == ["schema"] * ('"schema"' not in source)


def test_a_number_of_the_table_is_read_by_its_name() -> None:
    assert limit("film_parity", "ssim") == 0.95
    assert limit("film_black", "seconds") == 1


def test_an_exception_is_declared_by_a_code_or_its_end_and_told_as_advice() -> None:
    fault = Finding(code="text_overlap", severity="error", message="a lies on b")
    assert excused(fault, ["overlap"]).severity == excused(fault, ["text_overlap"]).severity == "advice"
    assert excused(fault, ["over", "cut"]) is fault
    assert excused(fault.model_copy(update={"code": "text_outside"}), ["bleed"]).allowed == "bleed"


def test_severity_grows_with_persistence_and_the_worst_stands_first() -> None:
    assert (lasting("error", 1), lasting("error", 2), lasting("warning", 1)) == ("warning", "error", "advice")
    mild = Finding(code="a", severity="advice", message="m")
    bad = Finding(code="b", severity="error", message="m")
    assert worst_first([mild, bad, mild]) == (bad, mild)
