"""Packages from the operator's index: resolved and fetched by pip, which builds and runs none of them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from domain.errors import ToolError, Unavailable
from domain.packages import Found, Locked
from domain.wheel import LARGEST_WHEEL, called, canonical, unpack

MOST_PACKAGES = 20
_ENTRY = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)((?:[<>=!~]=?[A-Za-z0-9.*]+,?)*)$")
_PIP = ("-I", "-m", "pip", "--isolated", "--no-input", "--disable-pip-version-check", "--no-cache-dir", "-q")
_PURE = ("--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none",
         "--python-version", "3.11")  # fmt: skip
"""Wheels of Python alone, for the oldest interpreter that a box may have."""
_AWAY = ("retrying (", "connection", "timed out", "max retries", "503 server error", "502 server error")
"""What pip says when the index is away, besides that it found nothing."""


class PackagesConfig(BaseModel):
    """Which packages films may use, and where they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    allowed: tuple[str, ...]
    """Names, each with a range of versions where it matters: `networkx`, `networkx>=3,<4`."""
    index: SecretStr
    """Address of the simple index (PEP 503); may hold a password."""
    hosts: tuple[str, ...] = ()
    """Other hosts that the index keeps its files on."""
    seconds: float = Field(default=120, gt=0)


def create(config: PackagesConfig) -> IndexPackages:
    """Make the finder.

    Raises ValueError for an allow-list that cannot be read.
    """
    return IndexPackages(config)


class IndexPackages:
    """The Packages seam over one index (see domain/packages.py)."""

    def __init__(self, config: PackagesConfig) -> None:
        self._config = config
        self._ranges: dict[str, str] = {}
        for entry in config.allowed:
            found = _ENTRY.fullmatch(entry)
            if found is None:
                raise ValueError(f"{entry!r} is no package of an allow-list: write 'name' or 'name>=1,<2'")
            self._ranges[canonical(found[1])] = found[2].rstrip(",")

    @property
    def allowed(self) -> tuple[str, ...]:
        return tuple(sorted(self._ranges))

    async def find(self, names: Sequence[str], kept: Sequence[str] = ()) -> tuple[Found, ...]:
        """Resolve first, hold what was found against the allow-list, and only then fetch it by its hash."""
        for name in names:
            self._check(name, "")
        with tempfile.TemporaryDirectory(prefix="packages-") as folder:
            place = Path(folder)
            ranges = [f"{name}{versions}" for name, versions in self._ranges.items() if versions]
            (place / "ranges").write_text("\n".join(ranges))
            wanted = [*dict.fromkeys([*names, *kept])]
            said = await self._pip(
                place, "install", "--dry-run", "--ignore-installed", "--report", "-", "--target",
                str(place / "nowhere"), "-c", str(place / "ranges"), "--", *wanted,
            )  # fmt: skip
            found = [self._resolved(each) for each in json.loads(said)["install"]]
            if len(found) > MOST_PACKAGES:
                raise ToolError(
                    "limit", f"that needs {len(found)} packages; at most {MOST_PACKAGES} are taken"
                )
            lines = [f"{each['name']}=={each['version']} --hash=sha256:{each['sha256']}" for each in found]
            (place / "hashes").write_text("\n".join(lines))
            await self._pip(
                place, "download", "--require-hashes", "--no-deps", "-r", str(place / "hashes"), "-d",
                str(place / "wheels"),
            )  # fmt: skip
            asked = {canonical(re.split(r"[<>=!~]", each)[0]) for each in wanted}
            return await asyncio.to_thread(_taken, place, found, asked)

    def _check(self, name: str, needed_by: str) -> None:
        if name not in self._ranges:
            why = f"{needed_by} needs it, but it" if needed_by else "it"
            raise ToolError(
                "denied",
                f"package {name!r}: {why} is not on the operator's list ({', '.join(self.allowed)}); "
                "do without",
            )

    def _resolved(self, told: dict[str, Any]) -> dict[str, Any]:
        """Read one package of pip's report; raises ToolError when it may not be used."""
        name, address = canonical(str(told["metadata"]["name"])), urlsplit(str(told["download_info"]["url"]))
        self._check(name, "" if told.get("requested") else "another package")
        hosts = {urlsplit(self._config.index.get_secret_value()).hostname, *self._config.hosts}
        if address.hostname not in hosts:
            raise ToolError("denied", f"package {name!r} lies at {address.hostname}, which is not the index")
        file = address.path.rpartition("/")[2]
        hashes = told["download_info"].get("archive_info", {}).get("hashes", {})
        try:
            called(file)
            sha256 = str(hashes["sha256"])
        except ValueError as error:
            raise ToolError("invalid", f"package {name!r}: {error}") from None
        except KeyError:
            raise ToolError("invalid", f"the index gives no SHA-256 of {file}; do without {name!r}") from None
        needs = [
            str(each) for each in told["metadata"].get("requires_dist", ()) if "extra ==" not in str(each)
        ]
        return {
            "name": name,
            "version": str(told["metadata"]["version"]),
            "file": file,
            "sha256": sha256,
            "needs": tuple(sorted({canonical(re.split(r"[\s;<>=!~(\[]", each)[0]) for each in needs})),
        }

    async def _pip(self, place: Path, command: str, *words: str) -> str:
        """Run pip with nothing of this server's environment and bounded files; gives what it prints.

        Raises ToolError with its last word, Unavailable when the index is away.
        """
        index = self._config.index.get_secret_value()
        argv = [
            sys.executable,
            *_PIP,
            command,
            *_PURE,
            "-i",
            index,
            "--retries",
            "1",
            "--timeout",
            "15",
        ]
        environment = {"HOME": str(place), "TMPDIR": str(place), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        process = await asyncio.create_subprocess_exec(
            "prlimit", f"--fsize={LARGEST_WHEEL + 1024 * 1024}", "--", *argv, *words,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            cwd=place, env=environment,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._config.seconds):
                out, err = await process.communicate()
        except TimeoutError:
            raise Unavailable(
                "packages", f"the index did not answer within {self._config.seconds:g} s"
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == 0:
            return out.decode()
        said = err.decode(errors="replace").replace(index, "the index")
        lines = [line for line in said.splitlines() if line.startswith("ERROR:")] or said.splitlines()[-1:]
        last = " ".join(lines)[:400] or f"pip ended with {process.returncode}"
        if any(word in said.lower() for word in _AWAY):
            raise Unavailable("packages", f"the index does not answer: {last}")
        raise ToolError("invalid", f"these packages cannot be had as pure wheels: {last}")


def _taken(place: Path, found: Sequence[dict[str, Any]], asked: set[str]) -> tuple[Found, ...]:
    """Read the wheels that were fetched, and unpack each on trial; raises ToolError for a bad one."""
    trial, taken = place / "trial", list[Found]()
    trial.mkdir()
    for each in found:
        wheel = place / "wheels" / str(each["file"])
        try:
            content = wheel.read_bytes()
            if hashlib.sha256(content).hexdigest() != each["sha256"]:
                raise ValueError(f"{wheel.name} is not what the index said it is")
            unpack(wheel, wheel.name, trial)
        except (OSError, ValueError) as error:
            raise ToolError("invalid", f"package {each['name']!r} was not taken: {error}") from None
        locked = Locked.model_validate({**each, "wanted": each["name"] in asked})
        taken.append(Found(locked, content))
    return tuple(sorted(taken, key=lambda each: each.locked.name))
