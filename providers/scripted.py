"""A model that says what it was told to say: for tests and demonstrations."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence

from pydantic import JsonValue

from domain.errors import DirectorError
from domain.event import Call
from domain.model import Delta, Message, Reply, ToolSpec
from domain.run import Usage

Line = Reply | DirectorError | Callable[[Sequence[Message]], Awaitable[Reply]]
"""What is said next: a reply, an error that is raised, or something that reads the conversation first."""


class Scripted:
    """Says its lines one after another; when they are used up it says that it is done."""

    folds = True

    def __init__(self, lines: Iterable[Line], *, name: str = "scripted") -> None:
        self.name = name
        self.heard: list[tuple[Message, ...]] = []
        """What it read before each line."""
        self.briefings: list[str] = []
        self._lines = list(lines)

    async def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        self.heard.append(tuple(messages))
        self.briefings.append(briefing)
        line = self._lines.pop(0) if self._lines else Reply(text="Done.", usage=Usage(turns=1))
        if isinstance(line, DirectorError):
            raise line
        reply = line if isinstance(line, Reply) else await line(messages)
        for word in reply.text.split(" ") if reply.text else ():
            yield Delta(text=f"{word} ")
        yield reply


def says(text: str, *calls: tuple[str, Mapping[str, JsonValue]]) -> Reply:
    """Write a line: a text and calls, each a tool's name and its arguments."""
    made = tuple(
        Call(call_id=f"{tool}-{index}", tool=tool, args=dict(args))
        for index, (tool, args) in enumerate(calls, start=1)
    )
    return Reply(text=text, calls=made, usage=Usage(turns=1, prompt_tokens=100, answer_tokens=10))


def create(lines: Iterable[Line] = ()) -> Scripted:
    """Make the model."""
    return Scripted(lines)
