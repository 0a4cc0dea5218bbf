"""The terminal tells a run as a person reads it."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from cli.client import Json, Sent
from cli.show import Show


def shown(*events: tuple[str, Json]) -> str:
    out = StringIO()
    show = Show(Console(file=out, width=200))
    for number, (kind, data) in enumerate(events, start=1):
        show.event(Sent(number, kind, data))
    show.close()
    return out.getvalue()


def test_a_finding_is_told_once_however_often_it_is_found() -> None:
    found: Json = {"tool": "run_build_check", "summary": "seen", "findings": [
        {"severity": "warning", "message": "the title is cut"},
    ]}  # fmt: skip
    told = shown(
        ("tool.finished", found),
        ("check.finished", found),
        ("render.finished", {**found, "status": "COMPLETED"}),
    )
    assert told.count("the title is cut") == 1


def test_markup_in_a_model_s_words_is_only_text() -> None:
    assert "[red]not red[/]" in shown(("model.replied", {"text": "[red]not red[/]"}))


def test_an_event_of_tomorrow_is_passed_over() -> None:
    assert shown(("aurora.seen", {})) == ""


def test_an_end_tells_what_of_its_promise_a_film_kept_and_what_is_left_red() -> None:
    told = shown(
        ("run.finished", {
            "status": "failed", "reason": "After 3 rounds of mending one finding is left for you.",
            "promise": [
                {"what": "length", "promised": "12 s", "delivered": "12 s", "kept": True},
                {"what": "text", "promised": "شاي نور", "delivered": "not seen", "kept": False},
            ],
            "findings": [{"severity": "error", "message": "the title stands 9 px outside the frame"}],
        }),
    )  # fmt: skip
    assert "✓ length: 12 s" in told
    assert "✗ text: شاي نور, delivered: not seen" in told
    assert "left for you: the title stands 9 px outside the frame" in told
