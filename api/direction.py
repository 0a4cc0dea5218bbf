"""DIRECTION.md at the doors: written when it is asked for, so what is forgotten is in no copy of ours."""

from __future__ import annotations

from datetime import UTC, datetime

from api.house import House
from domain.account import Principal
from domain.note import MOST_NOTES, Note
from domain.nouns import ProjectId
from memory import direction


async def page_at(house: House, asking: Principal, project_id: ProjectId, revision: int | None) -> str:
    """Write DIRECTION.md as it stood when a revision was followed by the next one."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        project = await tx.projects.get(project_id)
        notes = await tx.notes.list(project_id, limit=MOST_NOTES)
        now = datetime.now(UTC)
        if revision is not None and revision < project.revision:
            now = (await tx.revisions.get(project_id, revision + 1)).created_at
        elif revision is not None:
            await tx.revisions.get(project_id, revision)
    then = [_as_of(note, now) for note in notes if note.created_at < now]
    return direction.page(project.name, then, now)


def _as_of(note: Note, moment: datetime) -> Note:
    agreed = note.accepted_at is None or note.accepted_at < moment
    return note if agreed else note.model_copy(update={"accepted_at": None})
