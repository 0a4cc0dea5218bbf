"""Files of the user's machine over stdio: assets come in by path, films go out to one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.mcp_door.catalog import SAVING
from api.mcp_door.wire import Message, within
from domain.engine import SUFFIXES, TYPES

_BRINGING = "add_asset"
_FILM = ("COMPLETED", "FAILED_CHECKS")


class Refused(Exception):
    """A call that this side cannot make; `result` tells the model why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.result = {"resultType": "complete", "content": [{"type": "text", "text": text}], "isError": True}


@dataclass(frozen=True)
class Errand:
    """What is to be done when the answer comes."""

    save_to: Path | None = None


class Files:
    """Carries files between this process, with its user's rights, and the server.

    A server elsewhere cannot read this machine's files, so they are sent to it. Nothing is overwritten.
    """

    def __init__(self, http: httpx.AsyncClient, *, remote: bool) -> None:
        self._http = http
        self._remote = remote

    async def before(self, message: Message) -> tuple[Message, Errand]:
        """Take out of a call what this side does.

        Raises Refused.
        """
        params = within(message, "params")
        changed = dict(within(params, "arguments"))
        if not changed:
            return message, Errand()
        errand = Errand()
        if params.get("name") == SAVING and "save_to" in changed:
            errand = Errand(save_to=target(changed.pop("save_to")))
        source = changed.get("source")
        if (
            params.get("name") == _BRINGING
            and self._remote
            and isinstance(source, str)
            and source.startswith("/")
        ):
            changed["source"] = await self._upload(Path(source), changed.get("project_id"))
        return {**message, "params": {**params, "arguments": changed}}, errand

    async def after(self, errand: Errand, result: Message) -> Message:
        """Do what is left to do with an answer, and tell of it."""
        render = within(result, "structuredContent", "render")
        if errand.save_to is None or result.get("isError"):
            return result
        if render.get("status") not in _FILM or not render.get("url"):
            return _with(result, "The film is not there yet; nothing was written.")
        path, suffix = errand.save_to, SUFFIXES[render.get("format", "mp4")]
        if path.is_dir():
            path = path / f"film-{str(render['render_id'])[-8:]}{suffix}"
        elif path.suffix.lower() != suffix:
            wrong = f"The film is a {render['format']} and {path.name!r} does not end in {suffix}; call again"
            return _with(result, f"{wrong} with another save_to. Nothing was written.")
        try:
            await self._download(render["url"], path)
        except FileExistsError:
            return _with(result, f"{path} is there already and was left as it is; give another save_to")
        except OSError as wrong:
            return _with(result, f"the film could not be written to {path}: {wrong.strerror or wrong}")
        except httpx.HTTPError as wrong:
            return _with(
                result, f"the film could not be fetched: {wrong or type(wrong).__name__}; call again"
            )
        link = {"type": "resource_link", "uri": path.as_uri(), "name": path.name, "mimeType": TYPES[suffix]}
        told = _with(result, f"The film is written to {path} ({path.stat().st_size} bytes).")
        return {**told, "content": [*told["content"], link]}

    async def _upload(self, path: Path, project_id: object) -> str:
        if not path.is_file() or path.is_symlink():
            raise Refused(f"missing: {str(path)!r} is no plain file of this machine")
        form = {"project_id": project_id} if isinstance(project_id, str) else {}
        try:
            with path.open("rb") as content:
                answer = await self._http.post(
                    "/api/assets/upload", data=form, files={"file": (path.name, content)}
                )
        except OSError as wrong:
            raise Refused(f"missing: {str(path)!r} cannot be read: {wrong.strerror}") from None
        except httpx.HTTPError as wrong:
            raise Refused(f"unavailable: the server does not take {path.name!r}: {wrong}") from None
        if not answer.is_success:
            raise Refused(f"invalid: {answer.json().get('detail', answer.text[:200])}")
        return str(answer.json()["asset_id"])

    async def _download(self, address: str, path: Path) -> None:
        """Write a film whole, or nothing; what is there stays."""
        if path.exists():
            raise FileExistsError(path)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            async with self._http.stream("GET", address) as answer:
                answer.raise_for_status()
                with part.open("xb") as file:
                    async for piece in answer.aiter_bytes():
                        file.write(piece)
            os.link(part, path)
        finally:
            part.unlink(missing_ok=True)


def target(given: object) -> Path:
    """Where a film is to go.

    Raises Refused for what is no absolute path, lies in no folder, or is there already.
    """
    if not isinstance(given, str) or not given.strip() or "\0" in given:
        raise Refused("invalid: save_to: give an absolute path")
    path = Path(given).expanduser()
    if not path.is_absolute():
        raise Refused(f"invalid: save_to: {given[:200]!r} is no absolute path")
    if path.is_dir():
        return path
    if not path.parent.is_dir():
        raise Refused(f"missing: save_to: there is no folder {str(path.parent)!r}")
    if path.suffix.lower() not in TYPES:
        raise Refused(f"invalid: save_to: {path.name!r} does not end in {', '.join(TYPES)}")
    if path.exists():
        raise Refused(f"conflict: save_to: {str(path)!r} is there already; give another name")
    return path


def _with(result: Message, text: str) -> Message:
    return {**result, "content": [*result.get("content", []), {"type": "text", "text": text}]}
