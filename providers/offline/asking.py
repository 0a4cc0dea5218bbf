"""Users who want to see the plan first: that they say so, what they read, and what they change in it."""

from __future__ import annotations

import re
from typing import Any, Final

from domain.model import UserMessage
from providers.offline.history import History
from providers.offline.plan import Plan, Shot
from providers.offline.wish import Point, Wish

_PLAN: Final = r"(?:plan|storyboard|outline|konzept|entwurf|الخطة|المخطط|خطة)"
_FIRST: Final = (
    r"(?:first|before (?:you|we|it|anything|the|making|starting)|beforehand|upfront|up front|"
    r"zuerst|erst|vorher|vorab|bevor|أولا|أولاً|اولا|قبل)"
)
_WANTED: Final = re.compile(
    rf"(?:^|(?<=[.!?؟\n;,]))[^.!?؟\n;]*(?<!\w)(?:{_PLAN}\b[^.!?؟\n;]*(?<!\w){_FIRST}|{_FIRST}(?!\s+{_PLAN})\b[^.!?؟\n;]*(?<!\w){_PLAN})"
    rf"(?!\w)[^.!?؟\n;]*[.!?؟]?",
    re.I,
)
_SHOWS: Final = re.compile(
    r"(?<!\w)(?:(?:show|send|tell|give|present)\s+(?:me|us)|(?:let|want|like|need)\b.*\b(?:see|look|read|approve|"
    r"agree|check|review|confirm)|(?:my|our)\s+(?:ok|okay|yes|approval|go)|(?:zeig\w*|schick\w*)\s+(?:mir|uns)|"
    r"(?:möchte|will|wollen|möchten)\b.*(?:sehen|freigeben|prüfen)|أرني|ارني|أرنا|اعرض\s+(?:لي|علي|عليّ|لنا)|"
    r"(?:أريد|اريد|أود)\s.*(?:أرى|رؤية|الموافقة))(?!\w)",
    re.I,
)
_FIELD: Final = re.compile(r"^\s*(Title|Length|Format)\s*:\s*(.+?)\s*$", re.I | re.M)
_LINE: Final = re.compile(r"^\s*[-•]\s+(.+?)\s*$", re.M)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
FRAMES: Final = ("16:9", "9:16", "1:1")


def without(past: History) -> tuple[bool, History]:
    """Whether the user wants to see the plan first, and the conversation without that sentence."""
    request = past.request
    wanted = [match for match in _WANTED.finditer(request) if _SHOWS.search(match[0])]
    if not wanted:
        return False, past
    for match in reversed(wanted):
        request = f"{request[: match.start()]} {request[match.end() :]}"
    place = next(at for at, each in enumerate(past.messages) if isinstance(each, UserMessage))
    messages = list(past.messages)
    messages[place] = UserMessage(text=request.strip() or past.request)
    return True, History(messages)


def told(made: Plan) -> str:
    """A plan as its user reads it, and may change it."""
    frame = made.wish.frame or "16:9"
    lines = [f"Title: {made.name}", f"Length: {made.seconds:g} seconds", f"Format: {frame}"]
    if made.wish.points:
        lines += ["Points:", *(f"- {each.title}" for each in made.wish.points)]
    scenes = [f"{at}. {_scene(shot)}" for at, shot in enumerate(made.shots, start=1)]
    return "\n".join([*lines, "Scenes:", *scenes])


def _scene(shot: Shot) -> str:
    name = shot.module.replace("_", " ") or "scene"
    return f"{name}: {shot.says}" if shot.says else name


def agreed(past: History, wish: Wish) -> Wish:
    """The wish as the plan says it that the user agreed to."""
    said = past.last("propose_plan")
    if said is None or said.text("plan") == said.call.args.get("plan"):
        return wish
    plan = said.text("plan")
    new: dict[str, Any] = {}
    for match in _FIELD.finditer(plan):
        name, value = match[1].lower(), match[2]
        number = _NUMBER.search(value)
        if name == "title":
            new["title"] = value
        elif name == "length" and number is not None:
            new["seconds"] = min(max(float(number[0]), 1), 600)
        elif name == "format" and value in FRAMES:
            new["frame"] = value
    if points := [Point(title=each[1]) for each in _LINE.finditer(plan)]:
        before = {each.title: each for each in wish.points}
        new["points"] = tuple(before.get(each.title, each) for each in points)
    return wish.model_copy(update=new)
