"""DIRECTION.md: what was decided for a film, on one page that people and the model read alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.note import Note, NoteKind, Standing, sort_out
from domain.unseen import shown
from memory.folding import tokens

PATH: Final = "DIRECTION.md"
MOST_TOKENS: Final = 1_200
LINE: Final = 320
"""Characters of one line."""
TITLES: Final[dict[str, tuple[NoteKind, ...]]] = {
    "Palette": ("color",),
    "Typefaces": ("font",),
    "Style and tone": ("style", "tone"),
    "Rules": ("rule",),
    "Decisions": ("decision",),
    "Facts": ("fact",),
}
PATIENCE: Final = 5
"""Lines that do not fit before the page counts as full."""
_LEAST: Final = ("fact", "decision", "tone", "style", "rule", "font", "color")
"""What gives way first when the page is full."""


def page(name: str, notes: Sequence[Note], now: datetime) -> str:
    """Write the file of a project."""
    lines = direction(notes, now, most=MOST_TOKENS - 60, titled=True)
    head = f"# Direction of {' '.join(name.split())[:80]!r}"
    told = "\n".join(lines) if lines else "Nothing was decided yet."
    return shown(f"{head}\n\n{told}\n")


def direction(
    notes: Sequence[Note], now: datetime, *, most: int = MOST_TOKENS, titled: bool = False
) -> list[str]:
    """Write the lines of the page: what holds, what is proposed, and what each took the place of."""
    standing = sort_out(notes, now)
    told = [*standing.held, *standing.proposed]
    lines: dict[str, str] = {}
    left, missed = most, 0
    for note in sorted(told, key=_worth, reverse=True):
        text = line(note, standing)
        if (cost := tokens(text) + 1) <= left:
            lines[note.note_id] = text
            left -= cost
        elif (missed := missed + 1) >= PATIENCE:
            break
    gone = len(told) - len(lines)
    written: list[str] = []
    for title, kinds in TITLES.items():
        section = [lines[note.note_id] for note in told if note.kind in kinds and note.note_id in lines]
        written += [*([f"## {title}"] if titled and section else []), *section]
    more = [f"… and {gone} more, which `director memory list` shows"] if gone else []
    return [*written, *more]


def line(note: Note, standing: Standing) -> str:
    """Write a note in one line, with its standing, and what it contradicts."""
    why = f" (because {note.reason})" if note.reason else ""
    who = note.by if note.settled else "proposed by the agent"
    if note.by == "agent" and note.accepted_at:
        who = "agent, accepted"
    before = standing.before(note)
    instead = [each.text for each in before[:2]]
    if not note.settled:
        instead = [each.text for each in standing.held if (each.kind, each.topic) == (note.kind, note.topic)][
            : 1 if note.topic else 0
        ]
    against = f" – instead of: {'; '.join(map(repr, instead))}" if instead else ""
    topic = f" {note.topic}" if note.topic and note.topic.casefold() not in note.text.casefold() else ""
    text = f"- {note.kind}{topic}: {note.text}{why} [{who}, {note.created_at:%Y-%m-%d}]{against}"
    return shown(" ".join(text.split()))[:LINE]


def _worth(note: Note) -> tuple[bool, int, datetime, str]:
    return note.settled, _LEAST.index(note.kind), note.created_at, note.note_id
