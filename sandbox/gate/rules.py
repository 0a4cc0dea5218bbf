"""What may be asked of the engine: a request is read, written anew by our own order, and must be the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.sandbox import BoxLimits
from sandbox.argv import RESERVED
from sandbox.container import FIRST_UID, MAPPED_UID, MAPPED_UIDS, UIDS, UNPACK
from sandbox.engine import Facts
from sandbox.order import LABEL, MIB, OVERHEAD_MB, SPARE_PROCESSES, container, options

BOX = r"director-box-[0-9a-f]{16}"
_FOLDER = re.compile(r"/[A-Za-z0-9][\w.-]{0,63}")
_STAGE = re.compile(r"rw,nosuid,nodev,noexec,size=(\d{1,15}),uid=(\d+),gid=\2,mode=0755")
_WORK = re.compile(r"rw,nosuid,nodev,noexec,size=(\d{1,9})m,.*")


class Refused(Exception):
    """A request that the gate does not let through; its text names the value and the way out."""

    def __init__(self, message: str, status: int = 403) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Most(BaseModel):
    """How much of the engine's machine the boxes may take."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    boxes: int = Field(default=32, ge=1)
    """Boxes at the same time."""
    memory_mb: int = Field(default=8192, ge=64)
    """Memory of one box with its work folder and inputs, MiB."""
    processes: int = Field(default=512, ge=1)
    """Processes of one box."""


@dataclass(frozen=True)
class Asked:
    """The numbers of a box, read from a request: all that a caller may choose."""

    limits: BoxLimits
    uid: int
    stager: int
    stages: Mapping[str, int]
    processors: tuple[int, ...]


def box(body: object, facts: Facts, most: Most, installation: str) -> dict[str, Any]:
    """Give the request that the engine gets: the caller's numbers in our own words.

    Raises Refused when the caller's request is not the same, or asks for too much.
    """
    try:
        asked = _read(cast(Any, body), facts)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ValidationError) as wrong:
        raise Refused(
            f"this is no box ({type(wrong).__name__} {str(wrong)[:80]!r}): the gate makes director-sandbox "
            "boxes as sandbox/order.py writes them, and no other container"
        ) from None
    host = options(
        asked.limits,
        uid=asked.uid,
        stager=asked.stager,
        stages=asked.stages,
        processors=asked.processors,
    )
    if facts.runtime:
        host["Runtime"] = facts.runtime
    written = container(facts.image, host, asked.uid, {LABEL: installation})
    _compare(cast(dict[str, Any], body), written)
    _bound(host, most)
    return written


def stager(body: object, facts: Facts) -> int:
    """Give the user who unpacks a box's inputs.

    Raises Refused for any other command, user or right.
    """
    asked: dict[str, Any] = cast(Any, body) if isinstance(body, dict) else {}
    user = first_uid(facts) - 1
    plain = not asked.get("Privileged") and not asked.get("Env") and not asked.get("Tty")
    if asked.get("Cmd") != UNPACK or asked.get("User") != f"{user}:{user}" or not plain:
        raise Refused(f"the gate starts nothing in a box but {' '.join(UNPACK)!r}, as user {user}")
    return user


def first_uid(facts: Facts) -> int:
    """The first user of boxes on this engine."""
    return MAPPED_UID if facts.is_mapped else FIRST_UID


def _read(body: dict[str, Any], facts: Facts) -> Asked:
    host = body["HostConfig"]
    folders: dict[str, str] = {**host["Tmpfs"]}
    work = int(_number(_WORK, folders.pop("/box")))
    stages = {name: int(_number(_STAGE, folders[name])) for name in folders}
    for name in stages:
        if not _FOLDER.fullmatch(name) or name[1:] in RESERVED:
            raise ValueError(f"folder {name!r}")
    shared = max(16, work // 4) * MIB
    memory = (host["Memory"] - shared - sum(stages.values())) // MIB - work - OVERHEAD_MB
    processes = host["PidsLimit"] - SPARE_PROCESSES
    limits = BoxLimits(memory_mb=memory, work_mb=work, processes=processes, cpus=host["NanoCpus"] / 1e9)
    uid = int(body["User"].partition(":")[0])
    first = first_uid(facts)
    if not first <= uid < first + (MAPPED_UIDS if facts.is_mapped else UIDS):
        raise ValueError(f"user {uid}")
    processors = tuple(int(each) for each in host["CpusetCpus"].split(","))
    if not all(0 <= each < facts.processors for each in processors):
        raise ValueError(f"processors {processors}")
    return Asked(limits, uid, first - 1, stages, processors)


def _number(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"tmpfs {text[:60]!r}")
    return found[1]


def _compare(body: dict[str, Any], written: dict[str, Any]) -> None:
    """Hold a request against what we would have written; whose label it bears does not matter."""
    theirs: dict[str, Any] = {**body, "Labels": None, "HostConfig": None}
    ours: dict[str, Any] = {**written, "Labels": None, "HostConfig": None}
    strange = _differences(theirs, ours) + _differences(body["HostConfig"], written["HostConfig"])
    if strange:
        raise Refused(
            f"this box has its own idea of {', '.join(strange)[:200]}: the gate lets only boxes through that "
            "sandbox/order.py writes; are server and gate of the same version?"
        )


def _differences(theirs: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    return sorted(
        name for name in theirs.keys() | ours.keys() if theirs.get(name, ...) != ours.get(name, ...)
    )


def _bound(host: dict[str, Any], most: Most) -> None:
    if host["Memory"] > most.memory_mb * MIB:
        raise Refused(
            f"this box wants {host['Memory'] // MIB} MiB of memory, the gate gives at most {most.memory_mb}: "
            "start the gate with more --memory-mb"
        )
    if host["PidsLimit"] > most.processes:
        raise Refused(
            f"this box wants {host['PidsLimit']} processes, the gate gives at most {most.processes}: "
            "start the gate with more --processes"
        )
