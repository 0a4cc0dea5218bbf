"""Real deletion of a note: its words leave the log and the journal, where `remember` had put them."""

from __future__ import annotations

import json
from typing import Any, Final

import sqlalchemy as sa

from domain.note import Note
from storage.rows.scope import Scope
from storage.rows.shape import table
from storage.tables import EventRow, RunRow, StepRow

LOG = table(EventRow)
STEPS = table(StepRow)
RUNS = table(RunRow)
GONE: Final = "(forgotten)"
TOOL: Final = "remember"


async def forget(scope: Scope, note: Note) -> None:
    """Take a note's words out of every event and step that kept or told them; the rest of each stays."""
    # A call is known by its words in its arguments, its answer and the note's event by the note's id.
    said = json.dumps(note.text, ensure_ascii=False)[1:-1]
    telling = sa.or_(LOG.c.body.contains(note.note_id), LOG.c.body.contains(note.text, autoescape=True))
    if said != note.text:
        telling = sa.or_(telling, LOG.c.body.contains(said, autoescape=True))
    query = sa.select(LOG.c.seq, LOG.c.body).where(LOG.c.project_id == note.project_id, telling)
    for row in (await scope.connection.execute(query)).all():
        body = json.loads(row.body)
        if (cleaned := without(body, note)) != body:
            change = sa.update(LOG).where(LOG.c.project_id == note.project_id, LOG.c.seq == row.seq)
            await scope.connection.execute(change.values(body=json.dumps(cleaned, ensure_ascii=False)))
    runs = sa.select(RUNS.c.run_id).where(RUNS.c.project_id == note.project_id)
    steps = sa.select(STEPS.c.run_id, STEPS.c.seq, STEPS.c.args, STEPS.c.result)
    steps = steps.where(STEPS.c.run_id.in_(runs), STEPS.c.tool == TOOL)
    for row in (await scope.connection.execute(steps)).all():
        new = {"args": cleaned_of(row.args, note), "result": cleaned_of(row.result, note)}
        change = sa.update(STEPS).where(STEPS.c.run_id == row.run_id, STEPS.c.seq == row.seq)
        await scope.connection.execute(change.values(new))


def without(event: dict[str, Any], note: Note) -> dict[str, Any]:
    """Write an event without a note's words, where it is about that note."""
    kind = event.get("type")
    own = kind == "memory.noted" and event.get("note_id") == note.note_id
    called = kind in ("tool.started", "tool.finished", "tool.failed") and event.get("tool") == TOOL
    if own or called:
        return cleaned_of(event, note)
    if kind == "model.replied":
        parts = {name: event.get(name) for name in ("calls", "provider_content")}
        return event | {name: _calls(value, note) for name, value in parts.items()}
    return event


def cleaned_of(value: Any, note: Note) -> Any:
    """Write a value of JSON without a note's words, wherever they stand in it."""
    if isinstance(value, str):
        for words in (note.text, note.reason):
            value = value.replace(words, GONE) if len(words) > 2 else value
        return value
    if isinstance(value, list):
        return [cleaned_of(each, note) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {name: cleaned_of(each, note) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value


def _calls(value: Any, note: Note) -> Any:
    """Clean the calls of the tool in a model's answer, be it in our words or in its provider's."""
    if isinstance(value, list):
        return [_calls(each, note) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        if TOOL in (value.get("tool"), value.get("name")):  # pyright: ignore[reportUnknownMemberType]
            return cleaned_of(value, note)
        return {name: _calls(each, note) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value
