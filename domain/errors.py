"""Every error that Director raises on purpose, by who can mend it.

DirectorError
├── ToolError        the model: another argument or another step helps
├── UserError        the caller over HTTP, MCP or the command line
│   ├── NotFound     it does not exist, or it is somebody else's
│   ├── Conflict     somebody was faster, or the state does not allow it
│   ├── Denied       the caller may not do this
│   └── LimitReached a size, a count or a rate was exceeded
└── Unavailable      a part is away: only retry policies and /ready see it

Anything else is a bug: nothing catches it but the last line of a door, a tool call, a run or a job.
"""

from __future__ import annotations

from typing import Literal

ToolErrorKind = Literal["invalid", "missing", "conflict", "denied", "limit", "timeout", "unavailable"]


class DirectorError(Exception):
    """Something went wrong that Director knows by name."""


class ToolError(DirectorError):
    """A tool call that the model can mend; the message names the value and the way out."""

    def __init__(self, kind: ToolErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind: ToolErrorKind = kind
        self.message = message


class UserError(DirectorError):
    """A request that its caller can mend; `code` is stable, the message names the value and the way out."""

    status = 422

    def __init__(self, code: str, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after_s = retry_after_s


class NotFound(UserError):
    """The thing does not exist, or belongs to somebody else: the answer is the same."""

    status = 404


class Conflict(UserError):
    """Somebody was faster, or the state of the thing does not allow this."""

    status = 409


class Denied(UserError):
    """The caller is known, or not, and may not do this."""

    status = 403


class LimitReached(UserError):
    """A size, a count or a rate was exceeded."""

    status = 413


class Unavailable(DirectorError):
    """A part that Director needs is away; `part` names it and the message says how to bring it back."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part
        self.message = message
