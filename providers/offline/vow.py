"""What the offline director promises of a film, in the words that a run reads."""

from __future__ import annotations

import re
from typing import Final

from domain.model import UserMessage
from domain.promise import HEADING, Promise, written
from providers.offline.history import History
from providers.offline.plan import Plan

_BROKEN: Final = "does not keep its promise"
_BECAUSE: Final = "- Because:"
WHY: Final = "this template shows it in other words, and my rules have no place for it"


def vow(made: Plan) -> str:
    """Promise what a plan holds: length, format, scenes, languages, and the words of title and points."""
    wish = made.wish
    texts = (wish.title, wish.second_title, *(point.title for point in wish.points))
    return written(
        Promise(
            seconds=made.seconds,
            format=wish.frame or "16:9",
            scenes=len(made.shots) or None,
            texts=tuple(dict.fromkeys(text for text in texts if text)),
            languages=tuple(dict.fromkeys(each for each in (wish.language, wish.second_language) if each)),
            assets=tuple(wish.assets),
        )
    )


def restated(past: History) -> str:
    """Say what holds in place of a promise that the finished film does not keep; empty when it does."""
    last = past.messages[-1]
    if not isinstance(last, UserMessage) or _BROKEN not in last.text:
        return ""
    block = re.search(rf"^{HEADING}$.*?(?=^{_BECAUSE})", last.text, re.MULTILINE | re.DOTALL)
    return f"The film is not all that I promised.\n\n{block.group()}{_BECAUSE} {WHY}" if block else ""
