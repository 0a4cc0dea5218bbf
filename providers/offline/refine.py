"""Refining and correcting: the film that exists is changed where the user asked, and rendered again."""

from __future__ import annotations

import re
from typing import Any, Final

from pydantic import JsonValue

from providers.offline.conduct import MOST_TRIES, Ask, Move, finish, or_stop
from providers.offline.history import History
from providers.offline.orders import Orders, orders
from providers.offline.plan import Plan, film_edits, line_of, plan_again
from providers.offline.request import request_of
from providers.offline.source import Edit, assigned, changes, edit, points_in
from providers.offline.wish import Intent, Point, Wish

_FILE: Final = re.compile(r"^- (\S+\.\w+)$", re.M)
_TEMPLATE: Final = re.compile(r"begun from template '([\w-]+)'")
_INTENTS: Final[dict[str, Intent]] = {"basic": "title", "product": "product", "explainer": "explain"}
_STRUCTURE: Final = frozenset({"POINTS", "SECONDS", "SECOND_TITLE", "SUBTITLE"})
"""Words whose change may need other scenes, or other lengths of them."""
_FRAME: Final = re.compile(r"^WIDTH, HEIGHT, FPS = \d+, \d+, (\d+(?:\.\d+)?)$", re.M)
_OWN: Final = re.compile(
    r"opening|hero|question|second|points|features|journey|closing|in_a_line|said_\w+|rows_\d+_to_\d+|all_points|"
    r"all_\d+"
)


def refine(past: History, briefing: str) -> Move:
    """Change what the user asked for and nothing else."""
    prompt, asked = request_of(past.request)
    wish = _plain(prompt, asked)
    files = _FILE.findall(briefing)
    if "content.py" not in files or "film.py" not in files:
        text = "This film was not made from my templates, so I can only check and render it again."
        return finish(past, wish.model_copy(update={"asides": (text,)}), 0)
    missing = [
        each
        for each in asked.get("assets", ())
        if not any(said.call.args.get("source") == each for said in past.said)
    ]
    if missing:
        return Move(
            "I bring in what you gave me.", tuple(("add_asset", {"source": each}) for each in missing)
        )
    begun = max((each.place for each in past.all("add_asset")), default=-1)
    words, film = (past.read_since(path, begun, first=True) for path in ("content.py", "film.py"))
    if words is None or film is None:
        reads: tuple[Ask, ...] = (
            ("read_file", {"file_path": "content.py"}),
            ("read_file", {"file_path": "film.py"}),
        )
        return or_stop(past, "read_file", Move("I read what the film says now.", reads))
    known = {name: each.value for name, each in assigned(words).items()}
    made = _ordered(past, prompt, asked, known)
    told = wish.model_copy(
        update={
            "title": str(made.words.get("TITLE", known.get("TITLE", ""))) or "The film",
            "asides": (*_told(made), *made.refused),
        }
    )
    if not made and not missing:
        return finish(past, told, 0) if past.reminders else Move(" ".join(made.refused))
    calls = _writes(past, briefing, files, words, film, made, known, begun)
    if calls:
        return Move(f"I change it: {'; '.join(made.told) or 'the new pictures and sounds'}.", calls)
    return finish(past, told, 0)


def _plain(prompt: str, asked: dict[str, Any]) -> Wish:
    said: dict[str, Any] = {name: asked[name] for name in ("quality", "file_format") if name in asked}
    return Wish(prompt=prompt, title="The film", **said)


def correct(past: History) -> Move:
    """Mend what the checks complain about, and nothing else."""
    prompt, asked = request_of(past.request)
    return finish(past, _plain(prompt, asked), 0)


def _ordered(past: History, prompt: str, asked: dict[str, Any], known: dict[str, Any]) -> Orders:
    made = orders(prompt, known)
    if "seconds" in asked and asked["seconds"] != known.get("SECONDS"):
        made.words["SECONDS"] = asked["seconds"]
        made.told.append(f"the film lasts {asked['seconds']:g} seconds now")
    if "frame" in asked:
        frame = orders(str(asked["frame"]), {}).frame
        made.frame = frame or made.frame
    for added in past.all("add_asset"):
        kind, path = added.text("kind"), added.text("path")
        name = (
            "SOUND" if kind == "audio" else "PICTURE" if "PICTURE" in known and "logo" not in path else "LOGO"
        )
        if kind != "font":
            made.words[name] = path
            made.told.append(f"{path} is in the film")
    if made and made.refused and made.told:
        made.refused = [each for each in made.refused if not each.startswith("I found nothing")]
    return made


def _told(made: Orders) -> tuple[str, ...]:
    line = "; ".join(made.told)
    return (f"{line[0].upper()}{line[1:]}.",) if line else ()


def _writes(
    past: History,
    briefing: str,
    files: list[str],
    words: str,
    film: str,
    made: Orders,
    known: dict[str, Any],
    begun: int,
) -> tuple[Ask, ...]:
    after = {**known, **made.words}
    new = _plan(briefing, after)
    edits: list[Edit] = changes(words, {**made.words, **_line(new, known, after)})
    edits += _frame(words, made)
    film_new = _film(film, new) if _STRUCTURE & made.words.keys() else []
    calls: list[Ask] = []
    if film_new:
        done = {
            str(each.call.args.get("component_name"))
            for each in past.said
            if each.call.tool == "create_component"
        }
        for shot in new.shots:
            if shot.code and f"scenes/{shot.module}.py" not in files and shot.module not in done:
                args: dict[str, JsonValue] = {
                    "component_name": shot.module,
                    "component_type": "scene",
                    "code": shot.code,
                }
                calls.append(("create_component", args))
    written = {str(each.call.args.get("file_path")) for each in past.all("atomic_edit", after=begun)}
    for path, wanted in (("content.py", sorted(edits, key=_first)), ("film.py", film_new)):
        if wanted and path not in written and past.failures("atomic_edit", file_path=path) < MOST_TRIES:
            calls.append(("atomic_edit", {"file_path": path, "edits": list[JsonValue](wanted)}))
    return tuple(calls)


def _first(each: Edit) -> int:
    return int(str(each["start_line"]))


def _line(new: Plan, known: dict[str, Any], after: dict[str, Any]) -> dict[str, object]:
    """The line that a film with time to spare says word by word follows the subtitle."""
    old = known.get("LINE")
    changed = known.get("SUBTITLE") != after.get("SUBTITLE")
    needed = not old and any(shot.module == "in_a_line" for shot in new.shots)
    return {"LINE": line_of(new.wish)} if changed or needed else {}


def _frame(words: str, made: Orders) -> list[Edit]:
    match = _FRAME.search(words)
    if made.frame is None or match is None:
        return []
    number = words[: match.start()].count("\n") + 1
    return [edit(number, number, f"WIDTH, HEIGHT, FPS = {made.frame[0]}, {made.frame[1]}, {match[1]}")]


def _film(film: str, new: Plan) -> list[Edit]:
    """Edits of film.py, if its scenes are still those that this director knows, and they change."""
    used = re.findall(r"^\s*film\.add\((\w+)\.build", film, re.M)
    if not used or not all(_OWN.fullmatch(module) for module in used):
        return []
    edits = film_edits(film, new)
    lines = film.split("\n")
    fresh = [
        each
        for each in edits
        if "\n".join(lines[_first(each) - 1 : int(str(each["end_line"]))]) != each["new_content"]
    ]
    return edits if any("share(" in str(each["new_content"]) for each in fresh) else []


def _plan(briefing: str, known: dict[str, Any]) -> Plan:
    """The plan of a film as its constants tell it."""
    found = _TEMPLATE.search(briefing)
    template = found[1] if found else "basic"
    points = tuple(
        Point(title=str(each.get("title", "")), text=str(each.get("text", "")))
        for each in points_in(known.get("POINTS"))
    )
    text = {
        name: str(known.get(name) or "")
        for name in (
            "TITLE",
            "SECOND_TITLE",
            "KICKER",
            "SUBTITLE",
            "BRAND",
            "CALL",
            "LINK",
            "LANGUAGE",
            "SECOND_LANGUAGE",
        )
    }
    wish = Wish(
        prompt=text["TITLE"],
        intent=_INTENTS.get(template, "title"),
        language=text["LANGUAGE"] or "en",
        title=text["TITLE"],
        second_title=text["SECOND_TITLE"],
        second_language=text["SECOND_LANGUAGE"],
        kicker=text["KICKER"],
        subtitle=text["SUBTITLE"],
        points=points,
        brand=text["BRAND"],
        call=text["CALL"],
        link=text["LINK"],
        seconds=float(known.get("SECONDS") or 12),
    )
    return plan_again(wish, template)
