"""What is left of the folded beginning of a conversation: everything that later work may stand on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from domain.event import (
    ApprovalRequested,
    ApprovalResolved,
    Call,
    Entry,
    Event,
    ModelReminded,
    ModelReplied,
    Notice,
    RunPromised,
    ToolFailed,
    ToolFinished,
)
from domain.unseen import shown

MOST_CHARACTERS: Final = 14_000
"""Characters of a summary: about 4,000 tokens."""
EARLY: Final = 4
"""Answers of the model that stay whole: its plan is among them, and a plan is a promise."""
PROMISE: Final = 1_200
"""Characters of each of them."""
SAID: Final = 200
LATER: Final = 24
"""Answers after the plan whose first words are kept, the newest."""
FACT: Final = 160
"""Characters of a fact; a longer one is content, which a tool gives again."""
_READING: Final = ("read_file", "map_project_ast", "list_templates", "search_knowledge")
"""Calls whose lines go first when there is too little room: nothing came into being by them."""
_WRITING: Final = ("atomic_edit", "create_component")
_VOLATILE: Final = ("hash", "sha256")
_DIGITS: Final = re.compile(r"\d+")


@dataclass
class Deed:
    """One thing that was done, as often as it was done."""

    tool: str
    line: str
    times: int
    place: int
    """Number of its newest call."""


def summary(entries: Sequence[Entry], rounds: int) -> str:
    """Write what happened in the folded entries; the same entries give the same text."""
    events = [entry.event for entry in entries]
    head = (
        f"# What happened before\n\nThe first {rounds} rounds of this conversation are folded into these "
        "lines. Ids, decisions and results stand; a tool gives long contents again."
    )
    fixed = [
        _section("What you said you would do", _promises(events)),
        _section("What was asked and answered", _approvals(events)),
        _section("Notices to pass on", _notices(events)),
        _section("The last reminder", _reminder(events)),
    ]
    taken = len(head) + sum(len(text) + 2 for text in fixed if text)
    later = _section("What you said since", _said(events))
    deeds = _section("What the calls came to", _bounded(_deeds(events), MOST_CHARACTERS - taken - len(later)))
    text = "\n\n".join(part for part in (head, *fixed, later, deeds) if part)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", *lines]) if lines else ""


def _promises(events: Sequence[Event]) -> list[str]:
    said = [_cut(text, PROMISE) for text in _texts(events)[:EARLY]]
    made = [event.promise for event in events if isinstance(event, RunPromised)]
    kept = made[-1].model_dump_json(exclude_defaults=True) if made else ""
    return [*said, f"The promise that the film is held to: {_cut(kept, PROMISE)}"] if kept else said


def _said(events: Sequence[Event]) -> list[str]:
    """Give the first words of later answers; of those that differ in numbers alone, the newest."""
    later: dict[str, str] = {}
    for text in _texts(events)[EARLY:]:
        words = _cut(_line(text), SAID)
        later.pop(shape := _DIGITS.sub("0", words), None)
        later[shape] = words
    return [f"- {text}" for text in list(later.values())[-LATER:]]


def _texts(events: Sequence[Event]) -> list[str]:
    return [text for event in events if isinstance(event, ModelReplied) and (text := event.text.strip())]


def _approvals(events: Sequence[Event]) -> list[str]:
    asked = {event.approval_id: event for event in events if isinstance(event, ApprovalRequested)}
    lines: list[str] = []
    for event in events:
        if isinstance(event, ApprovalResolved):
            question = asked.get(event.approval_id)
            what = f"{question.tool}: {_cut(_line(question.what), FACT)}" if question else "a question"
            reason = f" – the user's words: {_cut(_line(event.reason), 400)}" if event.reason else ""
            lines.append(f"- {event.approval_id} ({what}) → {event.decision}{reason}")
    answered = {event.approval_id for event in events if isinstance(event, ApprovalResolved)}
    lines += [
        f"- {each.approval_id} ({each.tool}: {_cut(_line(each.what), FACT)}) was not answered yet"
        for each in asked.values()
        if each.approval_id not in answered
    ]
    return lines


def _notices(events: Sequence[Event]) -> list[str]:
    told = [event for event in events if isinstance(event, Notice)]
    lines = dict.fromkeys(f"- {_cut(f'{each.substitution} ({each.reason})', 300)}" for each in told)
    return list(lines)[-20:]


def _reminder(events: Sequence[Event]) -> list[str]:
    texts = [event.text for event in events if isinstance(event, ModelReminded)]
    return [_cut(texts[-1], 600)] if texts else []


def _deeds(events: Sequence[Event]) -> list[Deed]:
    """List what was done, newest last; the same call again takes the place of the one before."""
    calls: dict[str, Call] = {}
    deeds: dict[tuple[str, str], Deed] = {}
    place = 0
    for event in events:
        match event:
            case ModelReplied():
                calls = {call.call_id: call for call in event.calls}
            case ToolFinished() | ToolFailed() if event.call_id in calls:
                place += 1
                call = calls[event.call_id]
                before = deeds.pop(key := (call.tool, _key(call)), None)
                deeds[key] = Deed(call.tool, _deed(call, event), before.times + 1 if before else 1, place)
            case _:
                pass
    return list(deeds.values())


def _bounded(deeds: Sequence[Deed], room: int) -> list[str]:
    """Keep what fits: reading goes first, then edits, the oldest before the newest."""

    def worth(deed: Deed) -> tuple[int, int]:
        kind = 0 if deed.tool in _READING else 1 if deed.tool in _WRITING else 2
        return kind, deed.place

    kept: list[Deed] = []
    for deed in sorted(deeds, key=worth, reverse=True):
        room -= len(deed.line) + 12
        if room < 0:
            break
        kept.append(deed)
    lines = [
        f"- {deed.line}{f' (×{deed.times})' if deed.times > 1 else ''}"
        for deed in sorted(kept, key=lambda deed: deed.place)
    ]
    gone = len(deeds) - len(kept)
    return [f"- … {gone} older calls that nothing stands on", *lines] if gone else lines


def _deed(call: Call, answer: ToolFinished | ToolFailed) -> str:
    target = " ".join(_cut(str(value), 80) for name, value in call.args.items() if _tells(name, value))
    asked = f"{call.tool} {target}".strip()
    if isinstance(answer, ToolFailed):
        return shown(f"{asked}: failed ({answer.kind}): {_cut(_line(answer.message), FACT)}")
    facts = [f"{name} {value}" for name, value in answer.data.items() if _tells(name, value)]
    facts += [f"{name} {told}" for name, value in answer.data.items() if (told := _listed(value))]
    revision = [f"revision {answer.revision}"] if answer.revision is not None else []
    told = "; ".join(dict.fromkeys([_cut(_line(answer.summary), 240), *facts, *revision]))
    return shown(f"{asked}: {told}")


def _tells(name: str, value: JsonValue) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= FACT and not name.endswith(_VOLATILE)
    return isinstance(value, int | float)


def _listed(value: JsonValue) -> str:
    """Write a short list of short facts; nothing for any other value."""
    if not isinstance(value, list) or len(value) > 12:
        return ""
    short = all(isinstance(each, str | int | float) and len(str(each)) <= 60 for each in value)
    return ", ".join(str(each) for each in value) if short else ""


def _key(call: Call) -> str:
    """Tell calls apart by what they are about, not by the text that they carry."""
    about = {
        name: value
        for name, value in call.args.items()
        if not isinstance(value, list | dict) and not name.endswith(_VOLATILE) and len(str(value)) <= 600
    }
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
