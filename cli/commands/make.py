"""Make a film from a prompt; the last line tells where it is."""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import cast

from rich.console import Console

from cli.asking import Asking
from cli.client import Client, Json
from cli.exits import FINDINGS, OK
from cli.house import House
from cli.server import join, revive
from cli.show import Show
from domain.engine import SUFFIXES, Format
from domain.errors import UserError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director make`."""
    parser.add_argument("prompt", help="what the film is, in your own words")
    parser.add_argument(
        "--format", choices=("16:9", "9:16", "1:1"), help="shape of the frame; from the prompt unless said"
    )
    parser.add_argument("--seconds", type=float, help="length of the film; from the prompt unless said")
    parser.add_argument("--quality", choices=("draft", "standard", "high"), default="standard")
    parser.add_argument(
        "--file-format", choices=tuple(SUFFIXES), help="kind of file; mp4 (H.264) unless said"
    )
    parser.add_argument(
        "--asset", type=Path, action="append", default=[], help="a logo, picture, sound or font"
    )
    parser.add_argument("--project", help="refine the film of this project")
    parser.add_argument(
        "--plan", action="store_true", help="show the plan, and wait for a yes before work begins"
    )
    parser.add_argument("--yes", action="store_true", help="say yes to all that the run asks")
    parser.add_argument(
        "--out", type=Path, help="folder for the film; a new one in the workspace unless said"
    )


async def act(options: argparse.Namespace, house: House) -> int:
    """Post the prompt, follow the run, fetch the film."""
    _check(options)
    client = await join(house)
    async with client:
        uploaded = [await _upload(client, file, options.project) for file in options.asset]
        body: Json = {"prompt": options.prompt, "quality": options.quality, "assets": list(uploaded)}
        for name in ("format", "seconds", "file_format"):
            if getattr(options, name) is not None:
                body[name] = getattr(options, name)
        if options.plan:
            body["approve"] = ["plan"]
        if options.project:
            body["project_id"] = options.project
        started = await client.post(
            "/api/generate/refine" if options.project else "/api/generate/start", body
        )
        finished = await _follow(client, house, str(started["run_id"]), options)
        return await _deliver(client, house, options, started, finished)


def _check(options: argparse.Namespace) -> None:
    """Raises UserError for what can be known to fail before a film is made."""
    try:
        options.prompt.encode()
    except UnicodeEncodeError as broken:
        raise UserError(
            "no_text", f"prompt: is no UTF-8 text at position {broken.start}; send plain text"
        ) from None
    if options.seconds is not None and not math.isfinite(options.seconds):
        raise UserError("no_length", f"seconds: is {options.seconds}; give a number of seconds, as in 12")
    for file in options.asset:
        if not file.is_file():
            raise UserError("no_such_file", f"{str(file)!r} is no file; --asset takes a file that is there")
    if options.out is not None:
        _make_folder(options.out)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise UserError(
            "no_folder",
            f"--out: the folder {str(folder)!r} cannot be made: {refused.strerror}; name another",
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError("no_folder", f"--out: the folder {str(folder)!r} cannot be written; name another")


async def _upload(client: Client, file: Path, project_id: str | None) -> str:
    return str((await client.upload(file, project_id))["asset_id"])


async def _follow(client: Client, house: House, run_id: str, options: argparse.Namespace) -> Json:
    """Show the run as it goes; an interrupt cancels it."""
    show = Show(Console(quiet=options.json, stderr=False))
    terminal = None if options.json or not sys.stdin.isatty() else sys.stdin.fileno()
    asking = Asking(client, show.ask, yes=options.yes, terminal=terminal)
    finished: Json = {}
    try:
        async for sent in client.events(f"/api/generate/{run_id}/stream", lambda: revive(house, client)):
            show.event(sent)
            asking.event(sent.type, sent.data)
            if sent.type == "run.finished":
                finished = sent.data
    except BaseException:
        asking.close()
        show.close()
        if not finished:
            await client.post("/api/generate/cancel", {"run_id": run_id})
        raise
    return finished


async def _deliver(
    client: Client, house: House, options: argparse.Namespace, started: Json, finished: Json
) -> int:
    links = {str(link["rel"]): str(link["href"]) for link in _links(finished)}
    project = await client.get(f"/api/projects/{started['project_id']}")
    folder: Path = options.out or house.films / folder_name(str(project["name"]), str(started["project_id"]))
    good = finished.get("status") == "succeeded" and "film" in links
    paths: Json = {}
    if not options.json:
        print(f"project: {started['project_id']}")  # first: a film that cannot be fetched is still there
    if "film" in links:
        folder.mkdir(parents=True, exist_ok=True)
        film = f"film{await _suffix(client, links['film'])}"
        for rel, name in (("film", film), ("sheet", "sheet.jpg"), ("poster", "poster.jpg")):
            if rel in links:
                await client.download(links[rel], folder / name)
                paths[rel] = str(folder / name)
    if options.json:
        ended = {"state": finished.get("status"), "status": finished.get("status")}
        told = {name: finished.get(name) for name in ("reason", "promise", "findings")}
        print(json.dumps({**started, **ended, **told, **paths}))
        return OK if good else FINDINGS
    for rel in ("sheet", "film"):
        if rel in paths:
            print(f"{rel}: {paths[rel]}")
    return OK if good else FINDINGS


async def _suffix(client: Client, film: str) -> str:
    """Ask what kind of file a render gave."""
    render = await client.get(f"{film.removesuffix('/download')}/status")
    output = render.get("output")
    return SUFFIXES[cast(Format, output["format"])] if isinstance(output, dict) else ".mp4"


def _links(finished: Json) -> list[Json]:
    links = finished.get("links")
    return [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []


def folder_name(name: str, project_id: str) -> str:
    """Name a film's folder after the film, in plain letters, made unique by the end of the project's id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40]
    return f"{words or 'film'}-{project_id[-6:]}"
