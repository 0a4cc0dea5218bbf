"""A text as numbered lines, and edits of it by line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import ToolError

NEWLINE = "\n"


class Edit(BaseModel):
    """One replacement; line numbers are those of the file before any edit of the call."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    start_line: int = Field(ge=1)
    """First line replaced, from 1."""
    end_line: int = Field(ge=-1)
    """Last line replaced; start_line - 1 inserts before start_line; -1 is the file's last line."""
    new_content: str
    """Whole lines put in their place; empty deletes them."""


@dataclass(frozen=True)
class Text:
    """A file's lines without their ends."""

    lines: tuple[str, ...]
    ending: str = NEWLINE
    closed: bool = True
    """Whether the last line has an end."""

    @classmethod
    def of(cls, text: str) -> Text:
        """Take a text apart; only line feeds end lines."""
        ending = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else NEWLINE
        parts = text.split(ending)
        closed = parts[-1] == ""
        return cls(tuple(parts[:-1] if closed else parts), ending, closed)

    @property
    def text(self) -> str:
        """The text again."""
        joined = self.ending.join(self.lines)
        return joined + self.ending if self.lines and self.closed else joined


def numbered(lines: tuple[str, ...], first: int) -> str:
    """Lines with their numbers before them."""
    width = len(str(first + len(lines)))
    return "\n".join(f"{number:>{width}}| {line}" for number, line in enumerate(lines, start=first))


def apply(text: Text, edits: list[Edit]) -> tuple[Text, int, int]:
    """Make all edits or none; gives the new text and the first and last line of it that changed.

    Raises ToolError("invalid", …) for edits out of range, upside down or over each other.
    """
    spans = _checked(text, edits)
    lines: list[str] = []
    clock = 0
    first, last = 0, 0
    for start, end, edit in spans:
        lines.extend(text.lines[clock : start - 1])
        fresh = _lines_of(edit.new_content)
        first = first or len(lines) + 1
        lines.extend(fresh)
        last = len(lines)
        clock = end
    lines.extend(text.lines[clock:])
    return Text(tuple(lines), text.ending, text.closed or clock >= len(text.lines)), first, max(first, last)


def _checked(text: Text, edits: list[Edit]) -> list[tuple[int, int, Edit]]:
    count = len(text.lines)
    spans: list[tuple[int, int, Edit]] = []
    for number, edit in enumerate(edits, start=1):
        end = count if edit.end_line == -1 else edit.end_line
        where = f"edit {number} (lines {edit.start_line} to {edit.end_line})"
        if edit.start_line > count + 1:
            raise ToolError("invalid", f"{where} starts after the end; the file has {count} lines")
        if end > count:
            raise ToolError(
                "invalid", f"{where} ends after the end; the file has {count} lines, -1 is the last"
            )
        if end < edit.start_line - 1:
            way_out = f"end_line {edit.start_line - 1} inserts before line {edit.start_line}"
            raise ToolError("invalid", f"{where} ends before it starts; {way_out}")
        if end == edit.start_line - 1 and not edit.new_content:
            raise ToolError("invalid", f"{where} inserts nothing; give new_content")
        spans.append((edit.start_line, end, edit))
    spans.sort(key=lambda span: (span[0], span[1]))
    for one, two in pairwise(spans):
        if two[0] <= one[1] or one[:2] == two[:2]:
            raise ToolError(
                "invalid",
                f"edits of lines {one[0]} to {one[1]} and {two[0]} to {two[1]} overlap; join them into one",
            )
    return spans


def _lines_of(content: str) -> list[str]:
    if not content:
        return []
    return content.replace("\r\n", NEWLINE).removesuffix(NEWLINE).split(NEWLINE)
