"""What Landlock alone takes away from whatever the launcher becomes."""

import os
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from sandbox.box import LAUNCHER
from sandbox.launcher import LANDLOCK_NET, LANDLOCK_SCOPED, landlock_version

TRIES = """
import os, socket, sys
def tcp():
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), 2).close()
def listening():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
def abstract():
    with socket.socket(socket.AF_UNIX) as line:
        line.connect("\\0" + sys.argv[3])
def signalling():
    os.kill(int(sys.argv[4]), 0)
through = []
for attempt in (tcp, listening, abstract, signalling):
    try:
        attempt()
        through.append(attempt.__name__)
    except PermissionError:
        pass
print(*through)
"""
LOCKED = "import runpy, sys; runpy.run_path(sys.argv[1])['lock']()\n" + TRIES
ALL = "tcp listening abstract signalling"


@contextmanager
def doors() -> Generator[list[str]]:
    """Sockets and a process that a guest without any wall would reach."""
    name = f"landlock-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(f"\0{name}")
        abstract.listen()
        yield [str(LAUNCHER), str(tcp.getsockname()[1]), name, str(os.getpid())]


def through(code: str) -> str:
    """Say what a program of this machine, with no other wall around it, gets through to."""
    with doors() as facts:
        done = subprocess.run([sys.executable, "-c", code, *facts], capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.mark.skipif(landlock_version() < LANDLOCK_SCOPED, reason="this kernel's Landlock has no scopes")
def test_what_is_locked_reaches_nobody() -> None:
    assert through(LOCKED) == ""


def test_without_the_lock_the_same_program_reaches_everybody() -> None:
    assert through(TRIES) == ALL


def test_a_kernel_without_landlock_is_told_by_its_version() -> None:
    assert 0 <= landlock_version() < 100
    assert LANDLOCK_NET < LANDLOCK_SCOPED
