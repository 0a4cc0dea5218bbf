"""Which pictures a project has shown: only those are served below its address."""

from __future__ import annotations

from collections import OrderedDict

from domain.database import Transaction
from domain.event import Entry, FrameCaptured, RenderFinished, RunFinished, ToolFinished
from domain.nouns import ProjectId, Sha256

_MOST = 4_096
_BATCH = 1_000


class Shown:
    """Remembers what was found in the log, for it never goes away."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[ProjectId, str], None] = OrderedDict()

    async def has(self, tx: Transaction, project_id: ProjectId, sha256: Sha256) -> bool:
        """Tell whether a picture was shown by this project's renders or events."""
        key = (project_id, str(sha256))
        if key in self._known:
            self._known.move_to_end(key)
            return True
        if not await _find(tx, project_id, sha256):
            return False
        self._known[key] = None
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return True


async def _find(tx: Transaction, project_id: ProjectId, sha256: Sha256) -> bool:
    for render in await tx.renders.list(project_id, limit=200):
        if sha256 in (render.poster, render.thumbnail, render.sheet):
            return True
    after = 0
    while entries := await tx.events.read(project_id, after=after, limit=_BATCH):
        if any(sha256 in address for entry in entries for address in _addresses(entry)):
            return True
        after = entries[-1].seq
    return False


def _addresses(entry: Entry) -> list[str]:
    """Every address of a picture that an event shows; what users and models wrote is not among them."""
    event = entry.event
    if isinstance(event, FrameCaptured):
        return [event.url]
    if isinstance(event, ToolFinished):
        return [link.href for link in event.images]
    if isinstance(event, RenderFinished | RunFinished):
        return [link.href for link in event.links]
    return []
