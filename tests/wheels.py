"""Wheels that tests build, and places to get them from: a shelf in this process, and a real simple index."""

from __future__ import annotations

import hashlib
import http.server
import threading
import zipfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

from domain.errors import ToolError
from domain.packages import Found, Locked
from domain.wheel import called

WORDS = "def words(name):\n    return f'Hello, {name}'\n"


def wheel(
    name: str,
    version: str = "1.0",
    files: Mapping[str, str | bytes] | None = None,
    needs: Sequence[str] = (),
    says: str = "",
) -> bytes:
    """Pack a pure wheel; `says` is the name that it gives itself inside, its own unless said."""
    modules = files if files is not None else {f"{name}/__init__.py": WORDS}
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {says or name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {each}\n" for each in needs)
    page = BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in modules.items():
            archive.writestr(path, content)
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return page.getvalue()


def file_of(name: str, version: str = "1.0") -> str:
    """The file name of such a wheel."""
    return f"{name}-{version}-py3-none-any.whl"


class ShelfPackages:
    """The Packages seam over wheels in memory: one version of each, and what needs what is known."""

    def __init__(self, *names: str) -> None:
        self._names = names

    @property
    def allowed(self) -> tuple[str, ...]:
        return tuple(sorted(self._names))

    async def find(self, names: Sequence[str], kept: Sequence[str] = ()) -> tuple[Found, ...]:
        """Pack each that was asked for."""
        found: list[Found] = []
        for name in sorted({*names, *(each.partition("==")[0] for each in kept)}):
            if name not in self._names:
                raise ToolError("denied", f"package {name!r}: it is not on the operator's list; do without")
            content = wheel(name)
            sha256 = hashlib.sha256(content).hexdigest()
            locked = Locked(name=name, version="1.0", file=file_of(name), sha256=sha256, wanted=True)
            found.append(Found(locked, content))
        return tuple(found)


class _Page(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def index(folder: Path, files: Mapping[str, bytes], *, wrong: Sequence[str] = ()) -> Generator[str]:
    """Serve files as a simple index (PEP 503) on this machine; `wrong` ones are announced by a false hash."""
    by_name: dict[str, list[str]] = {}
    for file, content in files.items():
        try:
            name = called(file)[0]
        except ValueError:
            name = file.partition("-")[0].lower().replace("_", "-")
        place = folder / "simple" / name
        place.mkdir(parents=True, exist_ok=True)
        (place / file).write_bytes(content)
        told = hashlib.sha256(b"another" if file in wrong else content).hexdigest()
        by_name.setdefault(name, []).append(f'<a href="{file}#sha256={told}">{file}</a>')
    for name, links in by_name.items():
        (folder / "simple" / name / "index.html").write_text(f"<html><body>{''.join(links)}</body></html>")
    handler = partial(_Page, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/simple"
        server.shutdown()
