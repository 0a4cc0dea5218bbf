"""A tool's answer as the REST routes need it: good, or the error of its kind."""

from __future__ import annotations

from typing import get_args

from domain.errors import Conflict, ToolError, ToolErrorKind
from tools.answer import Answer


def check_answer(answer: Answer) -> Answer:
    """Give back an answer that is good.

    Raises ToolError with the kind and the message of one that is not.
    """
    if not answer.failed:
        return answer
    for kind in get_args(ToolErrorKind):
        if answer.kind == kind:
            raise ToolError(kind, answer.summary)
    raise Conflict(f"tool_{answer.kind}", answer.summary)
