"""DIRECTION.md: what holds, what is proposed, what was overruled, on a page that never grows too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.note import PROPOSAL_AGE, Note, NoteKind, sort_out, topic_of
from domain.nouns import NoteId
from memory.direction import MOST_TOKENS, direction, page
from memory.folding import tokens
from tests.unit.logs import AT, PROJECT


def note(text: str, kind: NoteKind = "color", *, by: Any = "user", day: int = 0, **more: Any) -> Note:
    made = AT + timedelta(days=day)
    topic = more.pop("topic", topic_of(kind, text))
    return Note(
        note_id=NoteId(f"{day:05d}-{text[:20]}"), project_id=PROJECT, kind=kind, text=text, by=by,
        created_at=made, topic=topic, **more,
    )  # fmt: skip


NOW = AT + timedelta(days=30)


@pytest.mark.parametrize(
    ("kind", "text", "topic"),
    [
        ("color", "The accent is #2E7D4F", "accent"),
        ("color", "Accent: #0a5", "accent"),
        ("color", "Our background = warm paper", "background"),
        ("color", "اللون الأساسي هو أخضر", "اللون الأساسي"),
        ("font", "Fraunces for headlines", "headlines"),
        ("font", "Use Inter as the body text.", "body text"),
        ("tone", "calm and warm", ""),
        ("rule", "The logo is never animated", ""),
        ("color", "#2E7D4F", ""),
    ],
)
def test_what_a_note_settles_is_read_from_it(kind: NoteKind, text: str, topic: str) -> None:
    assert topic_of(kind, text) == topic


def test_of_two_notes_about_the_same_the_newest_holds_and_the_other_is_shown() -> None:
    old, new = note("The accent is #111111"), note("The accent is #2E7D4F", day=1)
    standing = sort_out([old, new], NOW)
    assert (standing.held, standing.overruled) == ((new,), (old,))
    assert direction([old, new], NOW) == [
        "- color: The accent is #2E7D4F [user, 2026-01-02] – instead of: 'The accent is #111111'"
    ]


def test_notes_about_different_things_stand_side_by_side() -> None:
    notes = [note("The accent is red"), note("The ink is black"), note("The accent is thin", "font")]
    assert len(sort_out(notes, NOW).held) == 3


def test_a_proposal_never_beats_what_a_person_said_but_is_shown_against_it() -> None:
    said, proposed = note("The accent is red"), note("The accent is blue", by="agent", day=2)
    standing = sort_out([said, proposed], NOW)
    assert (standing.held, standing.proposed) == ((said,), (proposed,))
    lines = direction([said, proposed], NOW)
    assert lines[1].endswith("[proposed by the agent, 2026-01-03] – instead of: 'The accent is red'")


def test_an_accepted_proposal_holds_and_says_whose_it_was() -> None:
    said = note("The accent is red")
    agreed = note("The accent is blue", by="agent", day=2, accepted_at=AT + timedelta(days=3))
    standing = sort_out([said, agreed], NOW)
    assert (standing.held, standing.overruled) == ((agreed,), (said,))
    assert "[agent, accepted, 2026-01-03]" in direction([said, agreed], NOW)[0]


def test_a_proposal_that_nobody_agreed_to_is_told_no_more_when_it_is_old() -> None:
    proposed = note("The accent is blue", by="agent")
    late = AT + PROPOSAL_AGE + timedelta(days=1)
    assert sort_out([proposed], late).stale == (proposed,)
    assert direction([proposed], late) == []


def test_nothing_is_lost_by_sorting() -> None:
    notes = [note(f"The accent is {n}", by=by, day=n) for n in range(20) for by in ("user", "agent")]
    standing = sort_out(notes, NOW)
    told = [*standing.held, *standing.proposed, *standing.overruled, *standing.stale]
    assert sorted(map(id, told)) == sorted(map(id, notes))


def test_the_page_is_short_whatever_there_is_and_says_what_it_leaves_out() -> None:
    kinds: tuple[NoteKind, ...] = ("color", "font", "style", "tone", "rule", "decision", "fact")
    notes = [
        note(f"{kind} {n}: {'أخضر هادئ ' * 20}", kind, day=n, topic="") for n in range(140) for kind in kinds
    ]
    text = page("Noor Tea", notes, NOW + timedelta(days=500))
    assert tokens(text) <= MOST_TOKENS
    assert "more, which `director memory list` shows" in text
    assert "color 139" in text
    assert "fact 0" not in text


def test_a_page_reads_by_kind_and_tells_reasons() -> None:
    notes = [
        note("The accent is #2E7D4F", reason="said in the prompt"),
        note("Fraunces for headlines", "font", day=1),
        note("calm", "tone", day=1),
        note("No coffee cup", "rule", by="agent", day=2),
        note("Ends on the tin", "decision", day=3),
    ]
    assert page("Noor Tea", notes, NOW) == (
        "# Direction of 'Noor Tea'\n\n"
        "## Palette\n- color: The accent is #2E7D4F (because said in the prompt) [user, 2026-01-01]\n"
        "## Typefaces\n- font: Fraunces for headlines [user, 2026-01-02]\n"
        "## Style and tone\n- tone: calm [user, 2026-01-02]\n"
        "## Rules\n- rule: No coffee cup [proposed by the agent, 2026-01-03]\n"
        "## Decisions\n- decision: Ends on the tin [user, 2026-01-04]\n"
    )


def test_a_film_of_which_nothing_is_known_says_so() -> None:
    assert page("Noor\n# Tea", [], NOW) == "# Direction of 'Noor # Tea'\n\nNothing was decided yet.\n"
