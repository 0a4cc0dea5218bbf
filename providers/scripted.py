"""A model that says what it was told to say: for tests and demonstrations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence

from domain.errors import DirectorError
from domain.event import Call
from domain.model import Delta, Message, Reply, ToolSpec
from domain.run import Usage

Line = Reply | DirectorError | Callable[[Sequence[Message]], Reply]
"""What is said next: a reply, an error that is raised, or something that reads the conversation first."""


class Scripted:
    """Says its lines one after another; when they are used up it says that it is done."""

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
        await asyncio.sleep(0)
        if isinstance(line, DirectorError):
            raise line
        reply = line if isinstance(line, Reply) else line(messages)
        for word in reply.text.split(" ") if reply.text else ():
            yield Delta(text=f"{word} ")
        yield reply


def says(text: str, *calls: tuple[str, dict[str, object]], turn: int = 0) -> Reply:
    """Write a line: a text and calls, each a tool's name and its arguments."""
    made = tuple(
        Call.model_validate({"call_id": f"call-{turn}-{index}" if turn else f"{tool}-{index}", "tool": tool,
                             "args": args})
        for index, (tool, args) in enumerate(calls, start=1)
    )  # fmt: skip
    return Reply(text=text, calls=made, usage=Usage(turns=1, prompt_tokens=100, answer_tokens=10))


def create(lines: Iterable[Line] = ()) -> Scripted:
    """Make the model."""
    return Scripted(lines)
