"""What is said when: captions read from SRT, VTT, or words with their times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from stage.listed import listed
from stage.mistakes import Wrong, notebook

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = rf"{_TIME}\s*-->\s*{_TIME}"
_INNER = f"<{_TIME}>"
_TAG = r"</?[a-zA-Z][^>]*>|\{\\[^}]*\}"
MOST_WORDS = 6
"""Words gathered into one cue when only words are given."""
PAUSE = 0.6
"""Seconds of silence that end a cue."""
_ENDS = (".", "!", "?", "…", "؟", "。", "！", "？", "۔")

Said = str | Iterable[tuple[float, float, str] | Mapping[str, object]]
"""SRT, VTT, a .srt or .vtt file, (start, end, text), or words with their times."""


@dataclass(frozen=True)
class Cue:
    """What is said from one moment to another, seconds; `words` are (text, start, end)."""

    start: float
    end: float
    text: str
    words: tuple[tuple[str, float, float], ...] = ()

    def written(self, fps: float) -> dict[str, object]:
        """Write it as the composition holds it, in frames."""
        found: dict[str, object] = {"start": _frame(self.start, fps), "end": _frame(self.end, fps)}
        found["text"] = self.text
        if self.words:
            found["words"] = [
                {"text": text, "start": _frame(start, fps), "end": _frame(end, fps)}
                for text, start, end in self.words
            ]
        return found


def cues(what: str, value: object) -> tuple[Cue, ...]:
    """Read cues: SRT or VTT text, a .srt or .vtt file, (start, end, text), or words with their times.

    Raises Wrong.
    """
    if isinstance(value, str):
        return _ordered(what, _read(what, value))
    items = listed(what, value, "SRT or VTT, (start, end, text), or words with times")
    if items and all(_is_word(each) for each in items):
        return _ordered(what, gathered([_word(what, each) for each in items]))
    return _ordered(what, [each if isinstance(each, Cue) else _triple(what, each) for each in items])


def gathered(words: Iterable[tuple[str, float, float]]) -> list[Cue]:
    """Gather words into cues, at pauses, ends of sentences, and after a few words."""
    found: list[Cue] = []
    held: list[tuple[str, float, float]] = []
    for word in words:
        if held and (len(held) >= MOST_WORDS or word[1] - held[-1][2] > PAUSE or held[-1][0].endswith(_ENDS)):
            found.append(_joined(held))
            held = []
        held.append(word)
    return [*found, _joined(held)] if held else found


def _joined(words: list[tuple[str, float, float]]) -> Cue:
    return Cue(words[0][1], words[-1][2], " ".join(word[0] for word in words), tuple(words))


def _ordered(what: str, found: list[Cue]) -> tuple[Cue, ...]:
    for cue in found:
        if not 0 <= cue.start < cue.end:
            raise Wrong(
                f"{what} has a cue from {cue.start:g} to {cue.end:g} s", "end each cue after it begins"
            )
    return tuple(sorted(found, key=lambda cue: cue.start))


def _read(what: str, value: str) -> list[Cue]:
    if "-->" not in value and value.strip().lower().endswith((".srt", ".vtt")):
        value = _file(what, value.strip())
    found: list[Cue] = []
    for block in re.split(r"\n\s*\n", value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")):
        lines = block.strip("\n\ufeff").split("\n")
        at = next((at for at, line in enumerate(lines) if re.search(_TIMES, line)), None)
        if at is None:
            continue
        match = re.search(_TIMES, lines[at])
        assert match is not None
        start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        text = "\n".join(line.strip() for line in lines[at + 1 :] if line.strip())
        if text:
            found.append(_timed(start, end, text))
    if not found and value.strip():
        raise Wrong(
            f"{what} has no cue that can be read: {value[:40]!r}",
            "write '00:00:01,000 --> 00:00:02,500' above each text",
        )
    return found


def _timed(start: float, end: float, text: str) -> Cue:
    """Read a cue's text with the times inside it, as VTT may have them."""
    pieces = re.split(_INNER, text)
    plain = [re.sub(_TAG, "", piece) for piece in pieces[::5]]
    whole = " ".join("".join(plain).split()) if len(plain) > 1 else "".join(plain).strip()
    if len(plain) == 1:
        return Cue(start, end, whole)
    times = [start, *(_seconds(pieces[at + 1 : at + 5]) for at in range(0, len(pieces) - 1, 5)), end]
    words = [
        (part.strip(), times[at], max(times[at], times[at + 1]))
        for at, part in enumerate(plain)
        if part.strip()
    ]
    return Cue(start, end, whole, tuple(words))


def _file(what: str, path: str) -> str:
    root = notebook().root
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or not root:
        raise Wrong(f"{what} is {path!r}", "give a path in the project, or the text itself")
    try:
        return Path(root, *parts).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Wrong(f"{what} is {path!r}, which cannot be read", "add the file, as UTF-8") from None


def _seconds(parts: Iterable[str | None]) -> float:
    hours, minutes, seconds, rest = parts
    fraction = int((rest or "0").ljust(3, "0")) / 1000
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + fraction


def _is_word(value: object) -> bool:
    return isinstance(value, Mapping) and ("word" in value or "text" in value)


def _word(what: str, value: object) -> tuple[str, float, float]:
    said = cast(Mapping[str, object], value)
    text = said.get("word", said.get("text"))
    start, end = said.get("start"), said.get("end")
    if not isinstance(text, str) or not _is_time(start) or not _is_time(end):
        raise Wrong(f"{what} holds {value!r}", 'give words as {"word": "Hi", "start": 0.2, "end": 0.5}')
    return text.strip(), cast(float, start), cast(float, end)


def _triple(what: str, value: object) -> Cue:
    if isinstance(value, list | tuple):
        parts = tuple(cast(Iterable[object], value))
        if len(parts) == 3 and _is_time(parts[0]) and _is_time(parts[1]) and isinstance(parts[2], str):
            return Cue(cast(float, parts[0]), cast(float, parts[1]), parts[2].replace("\0", ""))
    raise Wrong(f"{what} holds {value!r}", 'give cues as (start, end, "text"), in seconds')


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 86_400


def _frame(seconds: float, fps: float) -> float:
    return round(seconds * fps, 3)
