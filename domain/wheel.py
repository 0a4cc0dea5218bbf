"""Reading a package that somebody has packed: a wheel is looked through before a byte of it is unpacked."""

from __future__ import annotations

import re
import stat
import sys
import zipfile
from email.parser import BytesParser
from pathlib import Path, PurePosixPath

MOST_MEMBERS = 3_000
LARGEST_WHEEL = 20 * 1024 * 1024
"""Bytes of the file."""
LARGEST_UNPACKED = 80 * 1024 * 1024
"""Bytes of all its members."""
DEEPEST = 20
OURS = ("stage", "domain", "render", "scenes", "components", "film", "content")
"""Names that a film's own modules and ours have: a package of that name would take their place."""
_COMPILED = (".so", ".pyd", ".dll", ".dylib", ".exe", ".pyc")
_NAME = re.compile(r"^(?P<name>[A-Za-z0-9._]+)-(?P<version>[A-Za-z0-9.+!]+)-py3-none-any\.whl$")
_CHUNK = 1024 * 1024


def canonical(name: str) -> str:
    """Write a package's name in the one way that tells names apart (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def called(file: str) -> tuple[str, str]:
    """Read name and version off a wheel's file name (PEP 427).

    Raises ValueError for what is no pure wheel: only such run in every box.
    """
    found = _NAME.fullmatch(re.sub(r"-py2\.py3-", "-py3-", file))
    if found is None:
        raise ValueError(
            f"{file!r} is no pure wheel (…-py3-none-any.whl): it holds compiled parts or is none"
        )
    return canonical(found["name"]), found["version"]


def unpack(wheel: Path, file: str, folder: Path) -> list[str]:
    """Check a wheel that is called `file` and unpack its modules; gives their first names.

    Raises ValueError with the reason, and then leaves nothing of it behind that was not there before.
    """
    name, version = called(file)
    if wheel.stat().st_size > LARGEST_WHEEL:
        raise ValueError(f"{file} is larger than {LARGEST_WHEEL // 1024 // 1024} MiB")
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = _checked(archive, file)
            _identified(archive, members, name, version)
            _written(archive, members, file, folder)
    except (zipfile.BadZipFile, EOFError, RuntimeError, UnicodeError) as broken:
        raise ValueError(f"{file} is no wheel that can be read: {broken}") from None
    return sorted({PurePosixPath(each.filename).parts[0].removesuffix(".py") for each in members})


def _checked(archive: zipfile.ZipFile, file: str) -> list[zipfile.ZipInfo]:
    """Hold every member against the rules before anything is written."""
    members = [each for each in archive.infolist() if not each.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise ValueError(f"{file} holds {len(members)} files; at most {MOST_MEMBERS} are taken")
    if sum(each.file_size for each in members) > LARGEST_UNPACKED:
        raise ValueError(f"{file} unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MiB")
    seen: set[str] = set()
    for each in members:
        fault = _fault(each)
        if each.filename.casefold() in seen:
            fault = "stands in it twice"
        if fault:
            raise ValueError(f"{file}: {ascii(each.filename)[:100]} {fault}")
        seen.add(each.filename.casefold())
    return members


def _fault(member: zipfile.ZipInfo) -> str:
    path, name = PurePosixPath(member.filename), member.orig_filename
    kind = stat.S_IFMT(member.external_attr >> 16)
    first = path.parts[0].removesuffix(".py") if path.parts else ""
    rules = {
        "is no regular file": kind not in (0, stat.S_IFREG),
        "is encrypted": bool(member.flag_bits & 1),
        "leads out of its folder": path.is_absolute() or ".." in path.parts or not path.parts,
        "has a name that not every machine can keep": (
            not name.isascii() or not name.isprintable() or any(letter in name for letter in '\\:*?"<>|')
        ),
        "lies too deep": len(path.parts) > DEEPEST or len(name) > 300,
        "is compiled": path.suffix.lower() in _COMPILED,
        "would run by itself": path.suffix.lower() == ".pth"
        or path.name in ("sitecustomize.py", "usercustomize.py"),
        "belongs to an installer": first.endswith(".data"),
        "would take the place of what a film imports": first in OURS or first in sys.stdlib_module_names,
    }
    return next((words for words, holds in rules.items() if holds), "")


def _identified(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, version: str) -> None:
    """Raises ValueError when the wheel says inside that it is another one."""
    told = [each for each in members if each.filename.endswith(".dist-info/METADATA")]
    if len(told) != 1 or told[0].file_size > _CHUNK:
        raise ValueError(f"the wheel of {name} does not say what it is")
    with archive.open(told[0]) as opened:
        words = BytesParser().parsebytes(opened.read(_CHUNK), headersonly=True)
    said = canonical(str(words["Name"])), str(words["Version"])
    if said != (name, version):
        raise ValueError(f"the wheel of {name} {version} says inside that it is {said[0]} {said[1]}"[:300])


def _written(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], file: str, folder: Path) -> None:
    """Write the members; what is longer than it said ends everything."""
    made: list[Path] = []
    try:
        for each in members:
            target = folder / each.filename
            if target.exists():
                raise ValueError(f"{file}: {each.filename!r} is in another package too")
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            made.append(target)
            left = each.file_size
            with archive.open(each) as source, target.open("xb") as copy:
                while chunk := source.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise ValueError(f"{file}: {each.filename!r} is longer than it says")
                    copy.write(chunk)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
