"""What is remembered of a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from domain.nouns import NoteId, Noun, ProjectId, RunId

NoteKind = Literal["color", "font", "style", "tone", "rule", "decision", "fact"]
LONGEST_TEXT: Final = 500
LONGEST_REASON: Final = 300
LONGEST_TOPIC: Final = 40
MOST_NOTES: Final = 1_000
"""Notes of one project; the next one is refused until some are forgotten."""
PROPOSAL_AGE: Final = timedelta(days=90)
"""How long a proposal of the agent waits for somebody's yes; then it is told no more."""
_DERIVED: Final = ("color", "font", "style", "tone")
_SUBJECT: Final = re.compile(
    r"^(?:the |our |a |use |brand |main )*(?P<it>[^\W\d][\w' -]{0,38}?)\s*"
    r"(?:\bis\b|\bare\b|:|=|→|\bهو\b|\bهي\b)\s",
    re.IGNORECASE,
)
_USE: Final = re.compile(
    r"\b(?:for|as|in)\s+(?:the |our |all )*(?P<it>[^\W\d][\w -]{1,38})\.?$", re.IGNORECASE
)


class Note(Noun):
    """One thing worth knowing the next time somebody works on this film."""

    note_id: NoteId
    project_id: ProjectId
    kind: NoteKind
    text: str
    reason: str = ""
    by: Literal["user", "agent"]
    run_id: RunId | None = None
    created_at: datetime
    topic: str = ""
    """What it settles, in a word or two; a newer note of the kind about the same takes its place."""
    accepted_at: datetime | None = None
    """When a person agreed to a note of the agent's."""

    @property
    def settled(self) -> bool:
        """Whether a person said it or agreed to it; else it is a proposal."""
        return self.by == "user" or self.accepted_at is not None

    def stale(self, now: datetime) -> bool:
        """Whether it is a proposal that nobody has agreed to for too long."""
        return not self.settled and now - self.created_at > PROPOSAL_AGE


class Standing(Noun):
    """A project's notes, sorted by what still holds; newest first in each."""

    held: tuple[Note, ...] = ()
    """What was settled, the newest of each topic."""
    proposed: tuple[Note, ...] = ()
    """What the agent wrote and nobody has agreed to yet."""
    overruled: tuple[Note, ...] = ()
    """What a newer note about the same took the place of."""
    stale: tuple[Note, ...] = ()
    """Proposals that have waited too long."""

    def before(self, note: Note) -> tuple[Note, ...]:
        """What stood in place of a note before it, newest first."""
        mine = about(note)
        return tuple(each for each in self.overruled if each.kind == note.kind and about(each) == mine)


class Notes(Protocol):
    """The notes of the owner's projects, newest first."""

    async def add(self, note: Note) -> None:
        """Keep a note.

        Raises LimitReached when the project has MOST_NOTES.
        """
        ...

    async def get(self, note_id: NoteId) -> Note:
        """Raises NotFound."""
        ...

    async def list(self, project_id: ProjectId, *, limit: int = 100) -> list[Note]: ...

    async def accept(self, project_id: ProjectId, note_ids: Sequence[NoteId] | None = None) -> int:
        """Agree to proposals, all of them unless some are named; gives how many there were."""
        ...

    async def stamp(self, project_id: ProjectId) -> str:
        """A word that changes when a note is added, agreed to or removed."""
        ...

    async def remove(self, note_id: NoteId) -> None:
        """Forget a note, and what the log and the journal say of its words.

        Raises NotFound.
        """
        ...


def sort_out(notes: Sequence[Note], now: datetime) -> Standing:
    """Sort notes by what holds at a moment: newest wins, but a proposal never beats what a person said."""
    held, proposed, overruled, stale = list[Note](), list[Note](), list[Note](), list[Note]()
    taken: set[tuple[str, str]] = set()
    wished: set[tuple[str, str]] = set()
    newest = sorted(notes, key=lambda note: (note.created_at, note.note_id), reverse=True)
    for note in newest:
        if note.stale(now):
            stale.append(note)
        elif not note.settled:
            (overruled if about(note) in wished else proposed).append(note)
            wished.add(about(note))
        elif about(note) in taken:
            overruled.append(note)
        else:
            held.append(note)
            taken.add(about(note))
    return Standing(
        held=tuple(held), proposed=tuple(proposed), overruled=tuple(overruled), stale=tuple(stale)
    )


def about(note: Note) -> tuple[str, str]:
    """What a note settles: no two notes without a topic are about the same."""
    return (note.kind, note.topic.casefold() or f"\0{note.note_id}")


def topic_of(kind: NoteKind, text: str) -> str:
    """Read from a note what it settles: `The accent is #0a5` is about the accent; empty when it says none."""
    if kind not in _DERIVED:
        return ""
    found = _SUBJECT.match(text) or (_USE.search(text) if kind == "font" else None)
    return found["it"].strip().casefold() if found else ""
