"""Reading a run's promise out of what was asked and what the model planned, and telling it back."""

from __future__ import annotations

import re
from typing import Any, Final

from domain.promise import Promise, PromiseLine
from domain.run import Request

_HEADING: Final = re.compile(r"^[\s#*_-]*promise[\s*_:]*$", re.IGNORECASE)
_LINE: Final = re.compile(r"^\s*[-*•]\s*\**(?P<name>[A-Za-z-]+)\**\s*:\s*(?P<said>.*\S)?\s*$")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SECONDS: Final = re.compile(r"^\d+(?:\.\d+)?(?=\s*(?:s\b|sec|$))")
_FORMAT: Final = re.compile(r"\b(16:9|9:16|1:1)\b")
_CODE: Final = re.compile(r"\b[a-z]{2}\b")
_QUOTES: Final = "\"'“”„«»‘’`*"
MOST_TEXTS: Final = 60
LONGEST_TEXT: Final = 500


def stated(text: str) -> tuple[Promise, str] | None:
    """Read the newest block under a line `Promise`: what it says, and why it is less than before."""
    lines = text.splitlines()
    places = [at for at, line in enumerate(lines) if _HEADING.match(line)]
    if not places:
        return None
    said: dict[str, list[str]] = {}
    for line in lines[places[-1] + 1 :]:
        match = _LINE.match(line)
        if match is None:
            if line.strip() and said:
                break
            continue
        said.setdefault(match["name"].lower(), []).append(match["said"] or "")
    return (_promise(said), " ".join(said.get("because", ()))[:LONGEST_TEXT]) if said else None


def asked(request: Request) -> Promise:
    """Take over what the request itself fixes."""
    return Promise(seconds=request.seconds, format=request.format or "", assets=tuple(request.assets))


def merged(request: Request, planned: Promise) -> Promise:
    """Put a plan under its request: what the user fixed in numbers stands as the user fixed it."""
    fixed = asked(request)
    return planned.model_copy(
        update={
            "seconds": fixed.seconds or planned.seconds,
            "format": fixed.format or planned.format,
            "assets": tuple(dict.fromkeys((*fixed.assets, *planned.assets))),
        }
    )


def without(promise: Promise, broken: tuple[PromiseLine, ...]) -> Promise:
    """The promise as the film keeps it."""
    lost = {(line.what, line.promised) for line in broken}
    names = {line.what for line in broken}
    led = ("language", promise.languages[0]) not in lost if promise.languages else True
    return promise.model_copy(
        update={
            "seconds": None if "length" in names else promise.seconds,
            "format": "" if "format" in names else promise.format,
            "scenes": None if "scenes" in names else promise.scenes,
            "texts": tuple(each for each in promise.texts if ("text", each) not in lost),
            "languages": tuple(each for each in promise.languages if led and ("language", each) not in lost),
            "assets": tuple(each for each in promise.assets if ("asset", each) not in lost),
            "beat_sync": promise.beat_sync and "beat-sync" not in names,
        }
    )


def _promise(said: dict[str, list[str]]) -> Promise:
    def all_of(*names: str) -> list[str]:
        return [each for name in names for each in said.get(name, ()) if each]

    def first(pattern: re.Pattern[str], *names: str) -> str:
        found = (pattern.search(each) for each in all_of(*names))
        return next((match.group() for match in found if match), "")

    seconds, scenes = first(_SECONDS, "length"), first(_NUMBER, "scenes")
    fields: dict[str, Any] = {
        "seconds": float(seconds) if seconds else None,
        "format": first(_FORMAT, "format"),
        "scenes": int(float(scenes)) if scenes else None,
        "texts": tuple(dict.fromkeys(_texts(all_of("text", "texts"))))[:MOST_TEXTS],
        "languages": tuple(dict.fromkeys(_CODE.findall(" ".join(all_of("language", "languages")).lower()))),
        "assets": tuple(
            part.strip(f" {_QUOTES}")
            for line in all_of("asset", "assets") for part in line.split(",") if _is_named(part)
        ),
        "beat_sync": any(each.lower().startswith(("yes", "true")) for each in all_of("beat-sync")),
    }  # fmt: skip
    return Promise(**fields)


def _texts(lines: list[str]) -> list[str]:
    bare = [line.strip().strip(_QUOTES).strip()[:LONGEST_TEXT] for line in lines]
    return [each for each in bare if _is_named(each)]


def _is_named(said: str) -> bool:
    return said.strip(f" {_QUOTES}.-–—").lower() not in ("", "none", "no")
