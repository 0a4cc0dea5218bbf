"""The conversation so far: what was asked, what was called, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue

from domain.event import Call
from domain.model import Message, ModelMessage, ToolAnswer, ToolMessage, UserMessage
from providers.offline.source import unnumbered

WRITES = (
    "scaffold_project",
    "create_component",
    "atomic_edit",
    "delete_file",
    "restore_version",
    "add_asset",
)


@dataclass(frozen=True)
class Said:
    """A call and its answer."""

    place: int
    """Its number among all calls of the run, from 0."""
    call: Call
    answer: ToolAnswer

    @property
    def ok(self) -> bool:
        return not self.answer.failed

    def text(self, name: str) -> str:
        """A field of the answer, as text."""
        value = self.answer.output.get(name)
        return value if isinstance(value, str) else ""

    def lines(self, name: str) -> list[str]:
        """A field of the answer, as lines."""
        value = self.answer.output.get(name)
        return [str(line) for line in value] if isinstance(value, list) else []

    @property
    def trouble(self) -> str:
        """Why it failed."""
        error = self.answer.output.get("error")
        told = error.get("message") if isinstance(error, dict) else self.answer.output.get("message")
        return str(told or "")


def _wrote(said: Said) -> bool:
    """Tell whether a call changed the project; mending does where there was something to mend."""
    return said.call.tool in WRITES or (said.call.tool == "mend_findings" and bool(said.lines("mended")))


class History:
    """A run's conversation, read."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.said: list[Said] = []
        calls: tuple[Call, ...] = ()
        for message in messages:
            if isinstance(message, ModelMessage):
                calls = message.calls
            elif isinstance(message, ToolMessage):
                for call, answer in zip(calls, message.answers, strict=False):
                    self.said.append(Said(len(self.said), call, answer))

    @cached_property
    def request(self) -> str:
        """What the user wrote."""
        return next((each.text for each in self.messages if isinstance(each, UserMessage)), "")

    @cached_property
    def reminders(self) -> int:
        """How often the user's place was taken to say something since the last tool answered."""
        count = 0
        for message in self.messages[1:]:
            if isinstance(message, ToolMessage):
                count = 0
            elif isinstance(message, UserMessage):
                count += 1
        return count

    def last(self, tool: str, *, after: int = -1, ok: bool = True) -> Said | None:
        """The newest call of a tool after a place; only successful ones unless said."""
        found = [
            each
            for each in self.said
            if each.call.tool == tool and each.place > after and (each.ok or not ok)
        ]
        return found[-1] if found else None

    def all(self, tool: str, *, after: int = -1) -> list[Said]:
        """All successful calls of a tool after a place."""
        return [each for each in self.said if each.call.tool == tool and each.place > after and each.ok]

    def failures(self, tool: str, **args: JsonValue) -> int:
        """How often a tool has failed with such arguments."""
        return sum(
            1
            for each in self.said
            if each.call.tool == tool
            and not each.ok
            and all(each.call.args.get(key) == value for key, value in args.items())
        )

    @cached_property
    def written(self) -> int:
        """The place of the newest change of the project; -1 when there is none."""
        return max((each.place for each in self.said if each.ok and _wrote(each)), default=-1)

    def file(self, path: str) -> str | None:
        """A file as it was read since the project last changed; None when it was not, or not whole."""
        return self.read_since(path, self.written)

    def read_since(self, path: str, place: int, *, first: bool = False) -> str | None:
        """A file as it was read after a place, the last time or the first."""
        pieces: dict[int, str] = {}
        for each in self.all("read_file", after=place):
            if each.text("file_path") == path:
                line = int(str(each.call.args.get("start_line", 1)))
                if not first or line not in pieces:
                    pieces[line] = unnumbered(each.text("content"))
        return "".join(pieces[line] for line in sorted(pieces)) if 1 in pieces else None
