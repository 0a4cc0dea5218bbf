"""What happens to words before they are remembered, by whichever door they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from pydantic import JsonValue

from domain.database import Transaction
from domain.errors import ToolError
from domain.event import MemoryNoted
from domain.note import LONGEST_REASON, LONGEST_TEXT, LONGEST_TOPIC, Note, NoteKind, about, topic_of
from domain.nouns import NoteId, Noun, ProjectId, RunId, new_id
from domain.paths import clean_name
from memory import gate

_MOST_QUOTED: Final = 60
PARTS: Final = ("text", "reason", "about")
LOOKED_AT: Final = 4_000
"""Letters of a part that are searched for secrets before its length is; a note has at most 500."""


class Words(Noun):
    """Words that passed the gate."""

    text: str
    reason: str = ""
    topic: str = ""


def words(kind: NoteKind, text: str, reason: str = "", topic: str = "") -> Words:
    """Bring words into their form and through the gate.

    Raises ToolError("invalid" | "limit") that says what is wrong and what would do.
    """
    parts = {
        "text": (text, LONGEST_TEXT),
        "reason": (reason, LONGEST_REASON),
        "about": (topic, LONGEST_TOPIC),
    }
    clean: dict[str, str] = {}
    for name, (given, most) in parts.items():
        if len(given) > most:
            raise ToolError("limit", f"{name} has {len(given)} letters; give at most {most}, one fact a note")
        if gate.binary(given):
            raise ToolError("invalid", f"{name} {given[:_MOST_QUOTED]!r} is no text; write words")
        clean[name] = _clean(given)
    if not any(letter.isalnum() for letter in clean["text"]):
        raise ToolError("invalid", f"text {text[:_MOST_QUOTED]!r} has no visible letter; say what to keep")
    # What is unseen goes away by cleaning; a secret that was taken apart by it would then be whole.
    if refused := gate.refusal(*parts_of(clean), clean["text"]):
        raise ToolError("invalid", refused)
    return Words(
        text=clean["text"], reason=clean["reason"], topic=clean["about"] or topic_of(kind, clean["text"])
    )


def veiled(args: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Leave out of a note's parts, before anybody writes the wish for it down, what the gate will refuse.

    A part that hides nothing by itself is left out when it does beside the others.
    """
    texts = {name: given for name in PARTS if isinstance(given := args.get(name), str) and given}
    clean = {name: _clean(given[:LOOKED_AT]) for name, given in texts.items()}
    found = {name: gate.unsayable(text) for name, text in clean.items()}
    if not any(found.values()):
        together = gate.unsayable(" ".join(clean.values()))
        found = dict.fromkeys(clean, together)
    return {**args, **{name: gate.veil(what) for name, what in found.items() if what}}


def _clean(given: str) -> str:
    return " ".join(clean_name(" ".join(given.split())).split())


def parts_of(clean: dict[str, str]) -> Sequence[str]:
    """The parts of a note one by one and side by side, so that none hides half of a secret."""
    return (*clean.values(), " ".join(clean.values()))


def noted(
    project_id: ProjectId,
    kind: NoteKind,
    said: Words,
    now: datetime,
    *,
    by: Literal["user", "agent"],
    run_id: RunId | None = None,
) -> Note:
    """Make a note of words that passed."""
    return Note(
        note_id=NoteId(new_id()), project_id=project_id, kind=kind, text=said.text, reason=said.reason,
        topic=said.topic, by=by, run_id=run_id, created_at=now,
    )  # fmt: skip


def same(notes: Sequence[Note], kind: NoteKind, text: str) -> Note | None:
    """Find the note that says the same already, however it is spelled."""
    return next((each for each in notes if each.kind == kind and plain(each.text) == plain(text)), None)


def contradicted(notes: Sequence[Note], new: Note) -> Note | None:
    """Find the newest note that a new one takes the place of."""
    return next((each for each in notes if new.topic and about(each) == about(new)), None)


def plain(text: str) -> str:
    """What two spellings of one sentence have in common."""
    return " ".join(text.casefold().split()).rstrip(".!")


async def keep(tx: Transaction, note: Note) -> None:
    """Write a note down and tell of it in the log."""
    await tx.notes.add(note)
    event = MemoryNoted(note_id=note.note_id, kind=note.kind, text=note.text, by=note.by)
    await tx.events.append(note.project_id, event, note.run_id)


async def reworded(tx: Transaction, old: Note, said: Words, now: datetime) -> Note:
    """Let a person's words take the place of a note's; the old ones stay in the log until it is forgotten."""
    note = noted(old.project_id, old.kind, said, now, by="user")
    if not note.topic and old.topic:
        note = note.model_copy(update={"topic": old.topic})
    await keep(tx, note)
    if about(note) != about(old):
        await tx.notes.remove(old.note_id)
    return note
