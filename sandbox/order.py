"""What a container is made of: the engine's options for it, and the order that its keeper gets."""

from __future__ import annotations

import json
import secrets
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.sandbox import BoxLimits
from sandbox import collector, seccomp_json
from sandbox.guest import ENVIRONMENT
from sandbox.watchdog import FILES

MIB = 1024 * 1024
KEEPER = Path(__file__).with_name("keeper.py")
OVERHEAD_MB = 64
"""What the keeper, page tables and the kernel's own notes on the processes may take, MiB."""
SPARE_PROCESSES = 16
"""Threads of the runtime that starts a container count too; a guest is bound by its user's count."""
LABEL = "director.box"
_MASKED = (
    "/proc/asound /proc/acpi /proc/kcore /proc/keys /proc/latency_stats /proc/timer_list /proc/timer_stats "
    "/proc/sched_debug /proc/scsi /proc/interrupts /sys"
).split()
"""What the engine hides anyway, and all of /sys."""
_PROGRAMS = {"python": ["/usr/bin/python3", "-S", "-P"]}


def command(argv: Sequence[str]) -> list[str]:
    """Turn `python …` into the image's interpreter without `site`, user folders and the current directory."""
    if not argv:
        raise ValueError("argv is empty: name a command to run")
    name, *rest = argv
    return [*_PROGRAMS.get(name, [name]), *rest]


def options(
    limits: BoxLimits, *, uid: int, stager: int, stages: Mapping[str, int], processors: Sequence[int]
) -> dict[str, Any]:
    """Write the HostConfig of a container; `stages` are read-only folders and their sizes in bytes."""
    shared = max(16, limits.work_mb // 4) * MIB
    staged = sum(stages.values())
    memory = (limits.memory_mb + limits.work_mb + OVERHEAD_MB) * MIB + shared + staged
    own = f"uid={uid},gid={uid},mode=0755"
    tmpfs = {"/box": f"rw,nosuid,nodev,noexec,size={limits.work_mb}m,nr_inodes={2 * FILES},{own}"}
    for folder, size in stages.items():
        tmpfs[folder] = f"rw,nosuid,nodev,noexec,size={size},uid={stager},gid={stager},mode=0755"
    return {
        "NetworkMode": "none",
        "ReadonlyRootfs": True,
        "Privileged": False,
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges:true", f"seccomp={seccomp_json.profile()}"],
        "Init": True,
        "IpcMode": "private",
        "CgroupnsMode": "private",
        "LogConfig": {"Type": "none", "Config": {}},
        "RestartPolicy": {"Name": "no"},
        "Memory": memory,
        "MemorySwap": memory,
        "PidsLimit": limits.processes + SPARE_PROCESSES,
        "NanoCpus": round(limits.cpus * 1e9),
        "CpusetCpus": ",".join(map(str, processors)),
        "ShmSize": shared,
        "OomScoreAdj": 500,
        "Tmpfs": tmpfs,
        "MaskedPaths": list(_MASKED),
        "Ulimits": [
            {"Name": "nofile", "Soft": 256, "Hard": 256},
            {"Name": "core", "Soft": 0, "Hard": 0},
        ],
    }


def container(image: str, host: dict[str, Any], uid: int, labels: Mapping[str, str]) -> dict[str, Any]:
    """Write what the engine is asked to create."""
    return {
        "Image": image,
        "Entrypoint": ["/usr/bin/python3", "-I", "-S", "-c", KEEPER.read_text(encoding="utf-8")],
        "Cmd": [],
        "User": f"{uid}:{uid}",
        "WorkingDir": "/box",
        "Hostname": "box",
        "Env": ["PATH=/usr/bin:/bin", "HOME=/box", "LANG=C.UTF-8", "HOSTNAME"],  # the last takes it away
        "Labels": dict(labels),
        "OpenStdin": True,
        "StdinOnce": True,
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "NetworkDisabled": True,
        "HostConfig": host,
    }


def order(
    argv: list[str], limits: BoxLimits, *, mark: bytes, contents: str, stdin: int | None, collect: bool
) -> bytes:
    """Write the keeper's order; without a length of `stdin` the guest gets the input itself, and no clock."""
    cpu = max(1, round(limits.cpu_seconds or 4 * limits.seconds))
    rlimits = {
        "NPROC": limits.processes + 2,  # process 1 and the keeper are of the same user
        "FSIZE": (limits.work_mb + 1) * MIB,
        "CORE": 0,
        "DATA": (limits.memory_mb + 1024) * MIB,
        "MSGQUEUE": 0,
    }
    told = {
        "argv": argv,
        "environment": ENVIRONMENT,
        "rlimits": {name: (value, value) for name, value in rlimits.items()} | {"CPU": (cpu, cpu + 1)},
        "memory_kb": limits.memory_mb * 1024,
        "files": FILES,
        "seconds": None if stdin is None else limits.seconds,
        "stdin": stdin,
        "collect": collect,
        "output": limits.output_mb * MIB,
        "entries": collector.ENTRIES,
        "depth": collector.DEPTH,
        "contents": contents,
        "mark": mark.hex(),
    }
    content = json.dumps(told).encode()
    return struct.pack(">I", len(content)) + content


def new_mark() -> bytes:
    """Draw a mark; it begins with a byte that no line of text ends with."""
    return b"\0" + secrets.token_bytes(31)
