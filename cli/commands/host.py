"""Set up an AI client (Claude, Cursor, VS Code, Gemini CLI, Codex) so that it makes films with Director."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cli.exits import OK
from cli.house import House
from domain.errors import Conflict, UserError

Style = Literal["mcpServers", "servers", "toml"]
NAME = "director"


@dataclass(frozen=True)
class Host:
    """A client, and where it keeps its servers."""

    title: str
    file: str
    """From the home folder; from the working folder when it begins with `./`."""
    style: Style = "mcpServers"
    command: str = ""
    """A line of its own that does the same; `{launch}` is how Director is started."""


HOSTS: dict[str, Host] = {
    "claude-code": Host("Claude Code", "./.mcp.json", command="claude mcp add director -- {launch}"),
    "claude-desktop": Host("Claude Desktop", ".config/Claude/claude_desktop_config.json"),
    "cursor": Host("Cursor", ".cursor/mcp.json"),
    "vscode": Host("VS Code", "./.vscode/mcp.json", style="servers"),
    "gemini": Host("Gemini CLI", ".gemini/settings.json", command="gemini mcp add director {launch}"),
    "codex": Host("Codex", ".codex/config.toml", style="toml", command="codex mcp add director -- {launch}"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director host`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    setup = actions.add_parser("setup", help="tell a client how Director is started")
    setup.add_argument("name", choices=sorted(HOSTS), help="the client")
    setup.add_argument("--print", action="store_true", help="show what would be written, and write nothing")
    bundle = actions.add_parser(
        "bundle", help="write an .mcpb file, which Claude Desktop installs by a click"
    )
    bundle.add_argument("path", type=Path, help="the file to write")


async def act(options: argparse.Namespace, house: House) -> int:
    """Write a client's settings, or show them."""
    if options.action == "bundle":
        write_bundle(options.path, house.version, launch())
        print(json.dumps({"written": str(options.path)}) if options.json else f"written: {options.path}")
        return OK
    host = HOSTS[options.name]
    file = place(host)
    if options.print:
        _show(host, file, as_json=options.json)
        return OK
    write(host, file, launch())
    told = {"host": options.name, "written": str(file)}
    print(json.dumps(told) if options.json else f"{host.title} knows Director now: {file}; start it anew")
    return OK


def _show(host: Host, file: Path, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"file": str(file), "entry": entry(host, launch()), "launch": launch()}))
        return
    if host.command:
        print(host.command.format(launch=shlex.join(launch())))
        return
    print(f"# in {file}")
    print(snippet(host, launch()))


def launch() -> list[str]:
    """How this very installation is started."""
    beside = Path(sys.executable).with_name("director")
    found = str(beside) if beside.is_file() else shutil.which("director")
    return [found or "director", "mcp"]


def place(host: Host) -> Path:
    """Where the client keeps its servers."""
    return Path(host.file) if host.file.startswith("./") else Path.home() / host.file


def entry(host: Host, argv: list[str]) -> dict[str, Any]:
    """What stands under Director's name."""
    told: dict[str, Any] = {"command": argv[0], "args": argv[1:]}
    return {"type": "stdio", **told} if host.style == "servers" else told


def snippet(host: Host, argv: list[str]) -> str:
    """The text that a client's file needs."""
    if host.style == "toml":
        words = f"command = {json.dumps(argv[0])}\nargs = {json.dumps(argv[1:])}\n"
        return f"[mcp_servers.{NAME}]\n{words}"
    return json.dumps({host.style: {NAME: entry(host, argv)}}, indent=2) + "\n"


def write(host: Host, file: Path, argv: list[str]) -> None:
    """Put Director into a client's file; everything else in it stays.

    Raises UserError for a file that is no JSON, and Conflict for one that has another entry by hand.
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if host.style == "toml":
        if f"[mcp_servers.{NAME}]" in text:
            raise Conflict("host_known", f"{str(file)!r} has an entry {NAME!r} already; remove it first")
        _replace(file, f"{text.rstrip()}\n\n{snippet(host, argv)}".lstrip())
        return
    try:
        held: Any = json.loads(text) if text.strip() else {}
    except ValueError as wrong:
        raise UserError("bad_file", f"{str(file)!r} is no JSON ({wrong}); mend it, or use --print") from None
    if not isinstance(held, dict) or not isinstance(held.get(host.style, {}), dict):  # pyright: ignore[reportUnknownMemberType]
        raise UserError("bad_file", f"{str(file)!r} holds no {host.style!r} object; mend it, or use --print")
    held.setdefault(host.style, {})[NAME] = entry(host, argv)  # pyright: ignore[reportUnknownMemberType]
    _replace(file, json.dumps(held, indent=2, ensure_ascii=False) + "\n")


def _replace(file: Path, text: str) -> None:
    """Write a file whole, or leave it as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write_bundle(path: Path, version: str, argv: list[str]) -> None:
    """Write the bundle: a manifest that starts this installation.

    Raises UserError for a path that cannot be written.
    """
    if path.suffix != ".mcpb" or not path.resolve().parent.is_dir():
        raise UserError(
            "bad_path", f"path is {str(path)!r}; give a file that ends in .mcpb, in a folder that exists"
        )
    manifest: dict[str, Any] = {
        "manifest_version": "0.3",
        "name": NAME,
        "display_name": "Director",
        "version": version,
        "description": "Makes finished films from prompts: scene code, drawn frames, checks, MP4.",
        "author": {"name": "Director"},
        "server": {
            "type": "binary",
            "entry_point": "director",
            "mcp_config": {"command": argv[0], "args": argv[1:], "env": {}},
        },
        "compatibility": {"platforms": ["linux"]},
    }
    start = f'#!/bin/sh\nexec {shlex.join(argv)} "$@"\n'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("manifest.json", json.dumps(manifest, indent=2) + "\n")
        script = zipfile.ZipInfo("director", (1980, 1, 1, 0, 0, 0))
        script.external_attr = 0o755 << 16
        bundle.writestr(script, start)
