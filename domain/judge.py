"""A second pair of eyes: a model that was not there when the film was made, and that decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.finding import Finding
from domain.nouns import Noun
from domain.run import Usage


class Opinion(Noun):
    """What a judge says of a few frames: advice, beside the findings, which stand as they are."""

    text: str
    model: str
    usage: Usage = Usage()


class Judge(Protocol):
    """Looks at a contact sheet."""

    async def look(self, brief: str, question: str, sheet: bytes, findings: Sequence[Finding]) -> Opinion:
        """Answer a question about a contact sheet (JPEG), knowing the brief and the findings only.

        Raises Unavailable when no answer is to be had in time.
        """
        ...
