"""Events that were written by any version still load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from domain.event import Entry, Event, Transient

OLD_DATA = Path(__file__).parents[2] / "contracts" / "old_data"


def old_lines() -> list[str]:
    """What earlier versions wrote, one file per version; a file is never changed, only another one added."""
    files = sorted(OLD_DATA.glob("events-*.jsonl"))
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("line", old_lines(), ids=lambda line: json.loads(line)["event"]["type"])
def test_old_events_always_load(line: str) -> None:
    entry = Entry.model_validate_json(line)
    assert entry.event.type == json.loads(line)["event"]["type"]
    assert Entry.model_validate_json(entry.model_dump_json()) == entry


def test_there_is_a_sample_of_every_event() -> None:
    kept = {json.loads(line)["event"]["type"] for line in old_lines()}
    kinds = [kind for kind in get_args(get_args(Event)[0]) if not issubclass(kind, Transient)]
    assert kept == {kind.model_fields["type"].default for kind in kinds}
