"""What a run left behind, without what may differ from run to run."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from cli.client import Client, Json

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_VOLATILE = {
    "seq",
    "at",
    "attempt",
    "usage",
    "seconds",
    "segments_reused",
    "eta_s",
    "created_at",
    "loudness_lufs",
    "by",
}


@dataclass(frozen=True)
class Leavings:
    """The end of a run: its events in order, and the files of each revision."""

    status: str
    events: tuple[str, ...]
    revisions: tuple[str, ...]
    gapless: bool

    def differences(self, other: Leavings) -> list[str]:
        """Say how this differs from another end, one line each."""
        found: list[str] = []
        if self.status != other.status:
            found.append(f"status {self.status} instead of {other.status}")
        if self.revisions != other.revisions:
            found.append(f"{len(self.revisions)} revisions differ from {len(other.revisions)}")
        for index, (mine, theirs) in enumerate(zip(self.events, other.events, strict=False)):
            if mine != theirs:
                found.append(f"event {index}: {mine[:300]}\n      instead of {theirs[:300]}")
                break
        if len(self.events) != len(other.events):
            found.append(f"{len(self.events)} events instead of {len(other.events)}")
        if not self.gapless:
            found.append("the sequence has a gap or a double")
        return found


async def leavings(
    client: Client, project_id: str, run_id: str, moments: list[float] | None = None
) -> Leavings:
    """Read what a run left behind through the doors that users have; notes down when its events came."""
    events: list[str] = []
    sequence: list[int] = []
    names: dict[str, str] = {}
    async for sent in client.events(f"/api/generate/{run_id}/stream", _nothing):
        if sent.seq == 0:
            continue
        sequence.append(sent.seq)
        if moments is not None:
            moments.append(datetime.fromisoformat(str(sent.data["at"])).timestamp())
        if sent.type == "run.started" and sent.data.get("attempt") != 1:
            continue
        events.append(f"{sent.type} {_plain(sent.data, names)}")
    status = await client.get(f"/api/generate/{run_id}/status")
    versions = await client.get(f"/api/projects/{project_id}/versions", limit=200)
    revisions = [
        _plain({"files": item["files"], "message": item["message"]}, {}) for item in _items(versions)
    ]
    return Leavings(
        status=str(status["state"]),
        events=tuple(events),
        revisions=tuple(revisions),
        gapless=sequence == list(range(sequence[0], sequence[0] + len(sequence))) if sequence else False,
    )


async def _nothing() -> None:
    return


def _items(answer: Json) -> list[Json]:
    return cast(list[Json], answer["items"])


def _plain(data: object, names: dict[str, str]) -> str:
    """Write data in one order, without volatile fields, ids replaced by the order of their first showing."""

    def without(value: object) -> object:
        if isinstance(value, dict):
            pairs = cast(dict[str, object], value)
            return {name: without(each) for name, each in sorted(pairs.items()) if name not in _VOLATILE}
        if isinstance(value, list):
            return [without(each) for each in cast(list[object], value)]
        return value

    def name(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"#{len(names) + 1}")

    return _ID.sub(name, json.dumps(without(data), ensure_ascii=False, sort_keys=True))
