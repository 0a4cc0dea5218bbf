"""Where the beginning of a conversation is folded away, so that a run of any length fits its window."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.event import Entry, Event, ModelReminded, ModelReplied, Notice, ToolFailed, ToolFinished

WINDOW: Final = 30_000
"""Tokens of rounds that are told in full; more, and the oldest are folded."""
AFTER: Final = 9_000
"""Tokens that a folding leaves. Until the next one the beginning stays the same for the provider's cache."""
LEAST_ROUNDS: Final = 3
"""The newest rounds are never folded, however long they are."""
PICTURE: Final = 1_120
"""Tokens of one picture at Gemini's high resolution."""
BYTES: Final = 3.5
"""UTF-8 bytes of a token, rather too few: English has about 4, Arabic about 5, code 3.5."""


@dataclass(frozen=True)
class Fold:
    """How much of a log is folded."""

    entries: int = 0
    rounds: int = 0


def fold(entries: Sequence[Entry]) -> Fold:
    """Find the fold of a log: the beginning of the log alone decides, so that a rebuilt one has the same."""
    starts: list[tuple[int, int]] = []
    """Where each round that is told begins, and its tokens."""
    folded = Fold()
    for place, entry in enumerate(entries):
        event = entry.event
        if isinstance(event, ModelReplied):
            folded = _after(folded, starts, place)
            starts.append((place, 0))
        if starts:
            begins, weight = starts[-1]
            starts[-1] = (begins, weight + weigh(event))
    return _after(folded, starts, len(entries))


def weigh(event: Event) -> int:
    """Estimate the tokens by which an event makes a conversation longer."""
    match event:
        case ModelReplied():
            spoken = len(event.text.encode()) + sum(_bytes(call.args) for call in event.calls)
            own = _bytes(event.provider_content) if event.provider_content is not None else 0
            return math.ceil(max(spoken, own) / BYTES)
        case ToolFinished():
            told = _bytes(event.data) + len(event.summary.encode())
            told += sum(len(finding.message) + len(finding.fix_hint) for finding in event.findings)
            return math.ceil(told / BYTES) + PICTURE * len(event.images)
        case ToolFailed(message=text) | ModelReminded(text=text):
            return tokens(text)
        case Notice():
            return tokens(event.substitution + event.reason)
        case _:
            return 0


def tokens(text: str) -> int:
    """Estimate the tokens of a text."""
    return math.ceil(len(text.encode("utf-8", "replace")) / BYTES)


def _after(folded: Fold, starts: list[tuple[int, int]], end: int) -> Fold:
    """Fold the oldest rounds when those that are told have become too long."""
    total = sum(weight for _, weight in starts)
    if total <= WINDOW:
        return folded
    rounds = 0
    while len(starts) > LEAST_ROUNDS and total > AFTER:
        _, weight = starts.pop(0)
        total -= weight
        rounds += 1
    begins = starts[0][0] if starts else end
    return Fold(begins, folded.rounds + rounds) if rounds else folded


def _bytes(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
