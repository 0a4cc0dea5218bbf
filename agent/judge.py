"""A judge made of a model: one question, one picture, no tools, and no memory of the run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Final

from domain.errors import Unavailable, UserError
from domain.finding import Finding
from domain.judge import Opinion
from domain.model import Image, Model, Reply, UserMessage
from domain.unseen import shown
from memory.brief import findings_as_lines

WITHIN_S: Final = 60.0
LONGEST: Final = 2_000
"""Characters of an opinion; more was not asked for."""
MOST_FINDINGS: Final = 20
_PROMPT: Final = Path(__file__).parent / "prompts" / "judging.md"


class ModelJudge:
    """Asks a model anew each time; the model is only loaded when somebody asks."""

    def __init__(self, model: Callable[[], Model], within_s: float = WITHIN_S) -> None:
        self._model = model
        self._within_s = within_s

    async def look(self, brief: str, question: str, sheet: bytes, findings: Sequence[Finding]) -> Opinion:
        model, reply = self._model(), None
        lines = findings_as_lines(findings)[:MOST_FINDINGS] or ["none"]
        text = "\n".join(
            [
                "## Brief",
                shown(brief),
                "",
                "## Findings of the checks",
                *lines,
                "",
                "## Question",
                shown(question),
            ]
        )
        asked = UserMessage(text=text, images=(Image(media_type="image/jpeg", content=sheet),))
        instructions = _PROMPT.read_text(encoding="utf-8").strip()
        try:
            async with (
                asyncio.timeout(self._within_s),
                aclosing(model.reply(instructions, (asked,), ())) as said,
            ):
                async for piece in said:
                    if isinstance(piece, Reply):
                        reply = piece
        except TimeoutError:
            raise Unavailable("judge", f"{model.name} gave no answer within {self._within_s:g} s") from None
        except UserError as refused:
            raise Unavailable("judge", refused.message) from refused
        if reply is None or not reply.text.strip() or reply.stopped in ("blocked", "malformed"):
            raise Unavailable("judge", f"{model.name} gave no answer that can be read")
        return Opinion(text=reply.text.strip()[:LONGEST], model=model.name, usage=reply.usage)
