"""See what is remembered of your films and of you, mend it, take it along, have it forgotten."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from urllib.parse import quote

from cli.client import Client, Json
from cli.exits import OK
from cli.house import House
from cli.server import join
from domain.errors import UserError
from domain.note import LONGEST_TEXT

KINDS = ("color", "font", "style", "tone", "rule", "decision", "fact")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director memory`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list house styles and lessons, or a film's notes")
    listing.add_argument("--project", help="the film whose notes are meant")
    show = actions.add_parser("show", help="show one of them, or a film's DIRECTION.md")
    show.add_argument("id", help="id of a note, style, lesson or film")
    add = actions.add_parser("add", help="have a house style remembered, or a note of a film")
    add.add_argument("text")
    add.add_argument("--project", help="the film that it is about; all films unless said")
    add.add_argument("--kind", choices=KINDS, default="rule", help="what a note is about (%(default)s)")
    add.add_argument("--about", default="", help="what a note settles: accent, music")
    edit = actions.add_parser("edit", help="say one of them otherwise")
    edit.add_argument("id")
    edit.add_argument("text")
    forget = actions.add_parser("forget", help="forget some of them for good")
    forget.add_argument("id", nargs="+")
    accept = actions.add_parser("accept", help="agree to what the agent proposed to remember of a film")
    accept.add_argument("project")
    accept.add_argument("id", nargs="*", help="the proposals; all of them unless said")
    export = actions.add_parser("export", help="write everything that is remembered of you as JSON")
    export.add_argument("file", nargs="?", help="where to; to standard output unless said")
    actions.add_parser("rebuild", help="make the handbook's index anew")


async def act(options: argparse.Namespace, house: House) -> int:
    """Do what is asked with memory."""
    if options.action in ("add", "edit"):
        _check(options.text)
    async with await join(house) as client:
        told = await _ask(client, options)
    if options.action == "export" and options.file:
        path = Path(options.file)
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(path)
    elif options.json or options.action == "export":
        print(json.dumps(told, ensure_ascii=False, indent=None if options.json else 2))
    else:
        print("\n".join(_lines(options.action, told)))
    return OK


def _check(text: str) -> None:
    """Raises UserError for what is no text, none at all, or too much of it."""
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        raise UserError(
            "bad_text", f"the text is no UTF-8 at position {broken.start}; give plain text"
        ) from None
    if not 0 < len(text.strip()) <= LONGEST_TEXT:
        raise UserError("bad_text", f"the text has {len(text.strip())} letters; give 1 to {LONGEST_TEXT}")


async def _ask(client: Client, options: argparse.Namespace) -> Json:
    match options.action:
        case "list" if options.project:
            return await client.get(_project(options.project))
        case "list":
            return await client.get("/api/memory")
        case "show":
            return await _show(client, options.id)
        case "add" if options.project:
            note: Json = {"kind": options.kind, "text": options.text, "about": options.about}
            return await client.post(_project(options.project), note)
        case "add":
            return await client.post("/api/memory", {"text": options.text})
        case "edit":
            return await client.patch(_one(options.id), {"text": options.text})
        case "forget":
            for each in options.id:
                await client.delete(_one(each))
            return {"forgotten": list(options.id)}
        case "accept":
            ids: Json = {"note_ids": list(options.id)} if options.id else {}
            return await client.post(f"{_project(options.project)}/accept", ids)
        case "export":
            return await client.get("/api/memory/export")
        case _:
            return await client.post("/api/memory/rebuild", {})


async def _show(client: Client, name: str) -> Json:
    try:
        return await client.get(_one(name))
    except UserError as unknown:
        if unknown.code != "memory_not_found":
            raise
    try:
        return await client.get(_project(name))
    except UserError:
        raise UserError("memory_not_found", f"{name[:80]!r} is no note, style, lesson or film") from None


def _lines(action: str, told: Json) -> list[str]:
    """Write an answer for people."""
    notes = told.get("notes")
    if action == "show" and "direction" in told:
        return [str(told["direction"]).rstrip()]
    if isinstance(notes, list):
        return [_note(each) for each in notes] or ["nothing is remembered of this film"]
    items = told.get("items")
    if isinstance(items, list):
        return [_lesson(each) for each in items] or ["no house styles and no lessons yet"]
    if action == "forget":
        return [f"forgotten: {each}" for each in _names(told)]
    if "note_id" in told:
        return [_note(told)]
    if "lesson_id" in told:
        return [_lesson(told)]
    return [", ".join(f"{name}: {value}" for name, value in told.items() if value != "")]


def _names(told: Json) -> list[str]:
    found = told["forgotten"]
    return [str(each) for each in found] if isinstance(found, list) else []


def _note(each: object) -> str:
    assert isinstance(each, dict)
    note: Json = each  # pyright: ignore[reportUnknownVariableType]
    topic = f" {note['topic']}" if note["topic"] else ""
    reason = f" (because {note['reason']})" if note["reason"] else ""
    state = f"  {note['state']}" if "state" in note else ""
    return f"{note['note_id']}{state}  {note['kind']}{topic}: {note['text']}{reason} [{note['by']}]"


def _lesson(each: object) -> str:
    assert isinstance(each, dict)
    lesson: Json = each  # pyright: ignore[reportUnknownVariableType]
    code = f" {lesson['code']}" if lesson["code"] else ""
    held = f" [held {lesson['score']}×, {lesson['source']}]"
    return f"{lesson['lesson_id']}  {lesson['kind']}{code}: {lesson['text']}{held}"


def _one(name: str) -> str:
    return f"/api/memory/{quote(name, safe='')}"


def _project(name: str) -> str:
    return f"/api/projects/{quote(name, safe='')}/memory"
