"""Findings: what is declared, how they grow with persistence, and that a skipped check is no passed one."""

from __future__ import annotations

import pytest

from domain.finding import Finding, Report, Severity, Skipped, excused, lasting, worst_first
from tests.bad.pictures import film, moved, seen, shape, text


def found(code: str = "text_overlap", severity: Severity = "error", **more: object) -> Finding:
    return Finding.model_validate({"code": code, "severity": severity, "message": "x", **more})


@pytest.mark.parametrize(
    ("worst", "samples", "told"),
    [("error", 1, "warning"), ("error", 2, "error"), ("warning", 1, "advice"), ("warning", 3, "warning")],
)
def test_a_fault_grows_with_the_moments_at_which_it_is_seen(
    worst: Severity, samples: int, told: Severity
) -> None:
    assert lasting(worst, samples) == told


def test_texts_that_pass_each_other_in_a_moment_are_milder_than_those_that_stay(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("films")
    stays = film(text("a", "Noor Tea", size=70), text("b", "grown in shade", size=70, y=20))
    passing = film(
        text("a", "Noor Tea", size=70),
        moved(
            text("b", "grown in shade", size=70), "y", (0, 300), (40, 300), (46, 0), (52, -300), (90, -300)
        ),
    )
    told = [
        {each.severity for each in seen(made, folder) if each.code == "text_overlap"}
        for made in (stays, passing)
    ]
    assert told[0] == {"error"}
    assert told[1] <= {"advice"}


@pytest.mark.parametrize(
    ("allow", "code", "excuses"),
    [
        ("overlap", "text_overlap", True), ("text_overlap", "text_overlap", True),
        ("bleed", "text_escapes", True),
        ("hidden", "text_contrast", True), ("overlap", "text_cut", False), ("", "text_cut", False),
    ],
)  # fmt: skip
def test_only_what_is_declared_is_excused(allow: str, code: str, excuses: bool) -> None:
    told = excused(found(code), allow.split())
    assert (told.severity, bool(told.allowed)) == (("advice", True) if excuses else ("error", False))


def test_a_report_is_red_by_its_errors_and_never_by_what_was_skipped() -> None:
    skipped = (Skipped(code="voice_masked", reason="nobody speaks"),)
    assert not Report(skipped=skipped, checked=("text_cut",)).red
    assert Report(findings=(found(),)).red
    assert "voice_masked" not in Report(skipped=skipped, checked=("text_cut",)).checked


def test_findings_are_told_once_and_the_worst_first() -> None:
    told = worst_first([found("a", "advice"), found("b"), found("b"), found("c", "warning")])
    assert [each.code for each in told] == ["b", "c", "a"]


def test_a_card_that_is_seen_through_is_no_card(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cards")
    made = film(shape("ground", width=900, height=420, fill="#24405E"), text("t", "Noor Tea", size=110))
    assert "text_escapes" not in {each.code for each in seen(made, folder)}
