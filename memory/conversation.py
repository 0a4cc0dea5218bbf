"""The conversation with the model, projected from the event log: the same log gives the same messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import JsonValue

from domain.blob import Blobs
from domain.errors import NotFound
from domain.event import (
    Call,
    Entry,
    Link,
    ModelReminded,
    ModelReplied,
    Notice,
    RunQueued,
    ToolFailed,
    ToolFinished,
)
from domain.model import Image, Message, ModelMessage, ToolAnswer, ToolMessage, UserMessage
from domain.nouns import Sha256
from domain.unseen import all_shown, shown
from memory.folding import Fold, fold
from memory.summary import summary

NEWEST_PICTURES: Final = 4
"""Pictures that the model still sees; older ones are links."""
FRESH_ROUNDS: Final = 10
"""Rounds of answers that keep their full length; they age ten at a time, so that the beginning of a
conversation stays the same for the provider's cache."""
OLD_ANSWER: Final = 1_500
"""Characters that are left of each long text in an aged answer."""

_SHA256 = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_UNANSWERED = "This call was never answered."

Outcome = ToolFinished | ToolFailed


async def recall(entries: Sequence[Entry], blobs: Blobs, *, whole: bool = False) -> list[Message]:
    """Project a run's log with its newest pictures; a picture that is gone stays a link."""
    pictures: dict[Sha256, bytes] = {}
    for sha256 in newest_pictures(entries):
        try:
            pictures[sha256] = await blobs.get(sha256)
        except NotFound:
            continue
    return conversation(entries, pictures, whole=whole)


def newest_pictures(entries: Sequence[Entry], most: int = NEWEST_PICTURES) -> list[Sha256]:
    """List the pictures worth showing, oldest first."""
    finished = (entry.event for entry in entries if isinstance(entry.event, ToolFinished))
    shown = [sha256 for event in finished for link in event.images if (sha256 := content_of(link))]
    newest = list(dict.fromkeys(reversed(shown)))[:most]
    return newest[::-1]


def content_of(link: Link) -> Sha256 | None:
    """Find the hash of the blob that a link opens."""
    found = _SHA256.search(link.href)
    return Sha256(found.group()) if found else None


def conversation(
    entries: Sequence[Entry], pictures: Mapping[Sha256, bytes], *, whole: bool = False
) -> list[Message]:
    """Turn one run's log into what the model has read and said so far.

    Unless it is told as a whole, a long one's beginning is folded, and old answers are shortened.
    """
    folded = Fold() if whole else fold(entries)
    before, after = entries[: folded.entries], entries[folded.entries :]
    earlier, rounds = _rounds(before), _rounds(entries)
    aged = 0 if whole else rounds // FRESH_ROUNDS * FRESH_ROUNDS - FRESH_ROUNDS - earlier
    told = _Telling(pictures, aged=aged)
    if before:
        told.messages.append(_beginning(before, folded.rounds, pictures))
    for entry in after:
        told.hear(entry)
    told.settle()
    return told.messages


def _rounds(entries: Sequence[Entry]) -> int:
    return sum(1 for entry in entries if isinstance(entry.event, ModelReplied) and entry.event.calls)


def _beginning(entries: Sequence[Entry], rounds: int, pictures: Mapping[Sha256, bytes]) -> UserMessage:
    """The user's own words, what is left of the folded rounds, and the newest pictures among them."""
    wishes = [wish(entry.event) for entry in entries if isinstance(entry.event, RunQueued)]
    outcomes = [entry.event for entry in entries if isinstance(entry.event, ToolFinished)]
    images = {image.content: image for each in outcomes for image in images_of(each, pictures)}
    return UserMessage(text="\n\n".join([*wishes, summary(entries, rounds)]), images=tuple(images.values()))


def images_of(outcome: ToolFinished, pictures: Mapping[Sha256, bytes]) -> list[Image]:
    """Give the pictures of an answer that are still shown."""
    found: list[Image] = []
    for link in outcome.images:
        sha256 = content_of(link)
        content = pictures.get(sha256) if sha256 else None
        if content is not None:
            png = content.startswith(b"\x89PNG")
            found.append(
                Image(media_type="image/png" if png else "image/jpeg", content=content, caption=link.rel)
            )
    return found


class _Telling:
    """The messages so far, the calls that still want their answers, and what was said aside meanwhile."""

    def __init__(self, pictures: Mapping[Sha256, bytes], aged: int) -> None:
        self.messages: list[Message] = []
        self._pictures = pictures
        self._aged = aged
        self._round = 0
        self._calls: tuple[Call, ...] = ()
        self._outcomes: dict[str, Outcome] = {}
        self._asides: list[str] = []
        self._early: list[str] | None = []
        """Notices from before the first answer: the house's words must not stand among the user's."""

    def hear(self, entry: Entry) -> None:
        match entry.event:
            case RunQueued() as queued:
                self._asides.append(wish(queued))
            case ModelReplied() as replied:
                self.settle()
                self._say(replied)
                self._asides, self._early = self._early or [], None
            case ToolFinished() | ToolFailed() as outcome:
                self._outcomes.setdefault(outcome.call_id, outcome)
            case ModelReminded(text=text):
                self._asides.append(text)
            case Notice(substitution=substitution, reason=reason):
                told = f"Notice: {substitution} ({reason})"
                (self._asides if self._early is None else self._early).append(told)
            case _:
                pass

    def settle(self) -> None:
        """Give the answers in the order of their calls, then what was said aside."""
        if self._calls:
            answers = tuple(self._answer(call) for call in self._calls)
            self.messages.append(ToolMessage(answers=answers))
            self._round += 1
        if self._asides:
            self.messages.append(UserMessage(text="\n\n".join(self._asides)))
        self._calls, self._outcomes, self._asides = (), {}, []

    def _say(self, replied: ModelReplied) -> None:
        # A call that nobody could read must not go back to the provider; the reminder after it says so.
        if replied.stopped == "malformed" or not (replied.text or replied.calls or replied.provider_content):
            return
        self._calls = replied.calls
        self.messages.append(
            ModelMessage(
                model=replied.model,
                text=replied.text,
                calls=replied.calls,
                provider_content=replied.provider_content,
            )
        )

    def _answer(self, call: Call) -> ToolAnswer:
        outcome = self._outcomes.get(call.call_id)
        if outcome is None:
            return ToolAnswer(
                call_id=call.call_id, tool=call.tool, failed=True, output={"message": _UNANSWERED}
            )
        if isinstance(outcome, ToolFailed):
            return ToolAnswer(
                call_id=call.call_id,
                tool=call.tool,
                failed=True,
                output={"kind": outcome.kind, "message": shown(outcome.message)},
            )
        output = {shown(name): all_shown(value) for name, value in told(outcome).items()}
        if self._round < self._aged:
            output = {name: shortened(value) for name, value in output.items()}
        return ToolAnswer(
            call_id=call.call_id,
            tool=call.tool,
            output=output,
            images=tuple(images_of(outcome, self._pictures)),
        )


def wish(queued: RunQueued) -> str:
    """Say what the user asked for, as the user would."""
    request = queued.request
    lines = [request.prompt.strip(), ""]
    if request.format:
        lines.append(f"Format: {request.format}")
    if request.seconds:
        lines.append(f"Length: {request.seconds:g} seconds")
    if request.quality != "standard":
        lines.append(f"Render quality: {request.quality}")
    if request.file_format != "mp4":
        lines.append(f"File format: {request.file_format}")
    if request.assets:
        lines.append(f"Assets to use: {', '.join(request.assets)}")
    if "plan" in request.approve:
        lines.append("Show me the plan first, and wait for my yes.")
    return "\n".join(lines).strip()


def told(outcome: ToolFinished) -> dict[str, JsonValue]:
    """Say what a call came to, without what is empty."""
    output: dict[str, JsonValue] = {"summary": outcome.summary, **outcome.data}
    if outcome.revision is not None:
        output["revision"] = outcome.revision
    if outcome.findings and "findings" not in output:
        output["findings"] = [
            finding.model_dump(mode="json", exclude_defaults=True) for finding in outcome.findings
        ]
    if outcome.images:
        output["pictures"] = [link.href for link in outcome.images]
    return output


def shortened(value: JsonValue, most: int = OLD_ANSWER) -> JsonValue:
    """Cut the long texts in a value and say how much is gone."""
    match value:
        case str() if len(value) > most:
            return f"{value[:most]}… ({len(value) - most} characters left out; call the tool again for them)"
        case list():
            return [shortened(item, most) for item in value]
        case dict():
            return {name: shortened(item, most) for name, item in value.items()}
        case _:
            return value
